import Conversation
import Locking

/// Where a session talks to a command; holds nothing but the turn that runs.
///
/// A class with a lock: an interrupt can come at any moment.
final class CommandThread: AgentThread {
    private let name: String
    /// Where its commands run, an absolute path; nil for the shell's own place.
    private let directory: String?
    private let start: @Sendable (CommandTurn) -> Void
    private let turn = Locked<CommandTurn?>(nil)

    /// Creates a thread whose turns are run by `start`, which returns at once.
    init(name: String, in directory: String?, start: @escaping @Sendable (CommandTurn) -> Void) {
        self.name = name
        self.directory = directory
        self.start = start
    }

    var id: String? { nil }

    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        let (turn, events) = CommandTurn.make(request.text, in: directory)
        self.turn.withLock { $0 = turn }
        start(turn)
        try await turn.waitForStart()
        return events
    }

    func steer(_ text: String) async throws { throw AgentError(.refused, "\(name) cannot be steered") }

    func interrupt() async { turn.withLock(\.self)?.interrupt() }

    /// It keeps nothing but a turn that runs.
    func close() async { await interrupt() }

    /// It asks nothing.
    func answer(_ request: String, _ decision: ApprovalDecision) async {}
}
