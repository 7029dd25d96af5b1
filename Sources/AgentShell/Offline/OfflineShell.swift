public import Conversation

/// The agent inside `cm`: answers by rules, without model, key or network.
///
/// Always there.
public struct OfflineShell: AgentShell {
    /// `offline`.
    public let name = "offline"
    private let introduction: String

    /// Creates the agent; `introduction` says what it is and how to get a real one.
    public init(introduction: String) { self.introduction = introduction }

    /// Its rules know none.
    public var playsRoles: Bool { false }

    /// Does nothing: it is always ready.
    public func prepare() async throws {}

    /// A thread that knows its session and nothing of the past.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        OfflineThread(
            session: request.session, rules: OfflineRules(introduction: introduction, operations: request.operations))
    }

    /// Always ready.
    public func status() async -> ShellStatus {
        ShellStatus(name: name, isRunning: true, isReady: true, detail: "built in, answers by rules")
    }
}
