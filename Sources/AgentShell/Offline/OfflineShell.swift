public import Conversation
import Locking

/// The agent inside `cm`: answers by rules, without model, key or network.
///
/// Always there.
public struct OfflineShell: AgentShell {
    /// `offline`.
    public let name = "offline"
    private let introduction: String
    /// The sessions that were told what it is: a thread lasts for one turn, as it cannot be resumed.
    private let introduced = Locked<Set<SessionID>>([])

    /// Creates the agent; `introduction` says what it is and how to get a real one.
    public init(introduction: String) { self.introduction = introduction }

    /// Its rules know none.
    public var playsRoles: Bool { false }

    /// It knows sentences, and no more of them than was said.
    public var answersByRules: Bool { true }

    /// Does nothing: it is always ready.
    public func prepare() async throws {}

    /// A thread that knows its session, and of the past only whether the introduction was said there.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        OfflineThread(
            session: request.session, introduction: introduction, operations: request.operations,
            introduced: introduced)
    }

    /// Always ready.
    public func status() async -> ShellStatus {
        ShellStatus(name: name, isRunning: true, isReady: true, detail: "built in, answers by rules")
    }
}
