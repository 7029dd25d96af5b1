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

    init(_ response: ControlCall.Initialize.Response) {
        protocolVersion = response.protocol
        version = response.server.version
        role = response.role == "person" ? .person : .agent(reason: response.reason ?? "this is an agent")
        host = ControlHost(pid: response.host.pid, kind: HostKind(rawValue: response.host.kind) ?? .other)
    }
}
