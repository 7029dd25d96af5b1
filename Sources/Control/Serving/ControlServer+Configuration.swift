#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
public import Conversation

extension ControlServer {
    /// What a server is told when it starts.
    public struct Configuration: Sendable {
        /// The program's version.
        public var version: String
        /// This process.
        public var host: ControlHost
        /// The user whose processes may connect.
        public var userID: UInt32
        /// What the process is that connected; asked once for each, before anything it says is read.
        public var judge: @Sendable (_ pid: Int32) async -> PeerRole = { _ in .person }
        /// Whether a session gave this key to its agents; whoever shows one is treated as an agent.
        public var isKey: @Sendable (_ key: String, _ session: SessionID) async -> Bool = { _, _ in false }
        /// The tools that the agents of a session may call.
        public var tools: @Sendable (_ session: SessionID) -> any ToolSource = { _ in NoTools() }
        /// The settings by which the core works, for persons; see ``ControlGreeting/settings``.
        public var settings: @Sendable () -> [String: String?]? = { nil }
        /// What counts in sessions for which nobody chose, for persons; see ``ControlGreeting/standard``.
        public var standard: @Sendable () -> SessionStandard? = { nil }
        /// Lets the core go for the sake of a monitor that wants to host it; returns when that was decided.
        ///
        /// Throws ``HandOverRefusal``. Not asked of a monitor, which refuses.
        public var handOver: @Sendable (_ to: ClientName) async throws -> Void = { _ in
            throw HandOverRefusal("this process cannot hand its core over")
        }
        /// Puts sessions away and takes others in; nil where nobody does.
        public var shelf: (any SessionShelf)?
        /// How long clients have, at the end, to take what is still for them.
        public var patience = Duration.seconds(5)
        /// The most bytes a line of a client may have.
        public var lineLimit = 40 << 20

        /// Creates a configuration in which every process of the user whose this one is belongs to a person.
        public init(version: String, host: ControlHost) {
            self.version = version
            self.host = host
            userID = getuid()
        }
    }
}
