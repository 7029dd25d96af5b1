/// What a core says of itself and of the client.
public struct ControlGreeting: Hashable, Sendable {
    /// The version of the protocol that is spoken.
    public var protocolVersion: Int
    /// The version of the program that hosts the core.
    public var version: String
    /// What the client is taken for.
    public var role: PeerRole
    /// Who hosts the core.
    public var host: ControlHost
    /// The settings by which the core works, by their paths, as files have them, with nil for those that are not set; nil
    /// from a core that does not tell.
    public var settings: [String: String?]?
    /// What counts in sessions for which nobody chose; nil from a core that does not tell.
    public var standard: SessionStandard?

    init(_ response: ControlCall.Initialize.Response) {
        protocolVersion = response.protocol
        version = response.server.version
        role = response.role == "person" ? .person : .agent(reason: response.reason ?? "this is an agent")
        host = ControlHost(pid: response.host.pid, kind: HostKind(rawValue: response.host.kind) ?? .other)
        settings = response.settings
        standard = response.standard?.standard
    }
}
