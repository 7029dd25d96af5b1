public import Conversation

/// The agent inside `cm`: answers by rules, without model, key or network. Always there.
public struct OfflineShell: AgentShell {
    public let name = "offline"
    private let introduction: String

    /// Creates the agent; `introduction` says what it is and how to get a real one.
    public init(introduction: String) { self.introduction = introduction }

    public func prepare() async throws {}

    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        OfflineThread(
            session: request.session, rules: OfflineRules(introduction: introduction, operations: request.operations))
    }

    public func status() async -> ShellStatus {
        ShellStatus(name: name, isRunning: true, isReady: true, detail: "built in, answers by rules")
    }
}
