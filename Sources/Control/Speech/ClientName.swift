/// What a client calls itself.
public struct ClientName: Codable, Hashable, Sendable {
    /// The program and what it does, for example `cm chat`.
    public var name: String
    /// Its version.
    public var version: String

    /// Creates a name from its parts.
    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}
