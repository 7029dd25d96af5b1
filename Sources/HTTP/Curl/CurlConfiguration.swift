/// How a client reaches servers.
public struct CurlConfiguration: Sendable {
    /// Through what.
    public enum Proxy: Sendable {
        /// As `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` say.
        case environment
        /// Through none.
        case none
        /// Through the one at `url`, which may hold a name and a password, but for the hosts of `except`, separated by
        /// commas.
        case url(String, except: String = "")
    }

    /// Through what servers are reached.
    public var proxy: Proxy
    /// A file of certificates, in PEM, to trust in place of the system's.
    public var authorities: String?
    /// What the client calls itself; `nil` for nothing.
    public var userAgent: String?
    /// How long a connection may lie idle and be used again; servers end those that lie for long.
    public var idleConnectionAge: Duration
    /// How many idle connections are kept.
    public var idleConnections: Int

    /// Creates a configuration.
    public init(
        proxy: Proxy = .environment, authorities: String? = nil, userAgent: String? = nil,
        idleConnectionAge: Duration = .seconds(60), idleConnections: Int = 64
    ) {
        self.proxy = proxy
        self.authorities = authorities
        self.userAgent = userAgent
        self.idleConnectionAge = idleConnectionAge
        self.idleConnections = idleConnections
    }
}

extension CurlConfiguration.Proxy: Discreet {
    /// Without the URL.
    public var description: String {
        switch self {
        case .environment: "the proxy of the environment"
        case .none: "no proxy"
        case .url: "a proxy"
        }
    }
}
