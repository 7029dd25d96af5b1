import Conversation
import TestSupport

/// Records of one session, written turn by turn, 10 ms apart.
struct WrittenHistory {
    let session: SessionID
    private(set) var records: [Conversation.Record] = []
    private var waiting = SessionState.Waiting(id: Message.ID(rawValue: 0), message: .test(""))
    private var turn = Turn.ID(rawValue: 0)

    init(session: SessionID) { self.session = session }

    private var next: Int64 { Int64(records.count) + 1 }

    mutating func add(_ event: Event) {
        records.append(
            Record(
                cursor: Conversation.Cursor(rawValue: next), session: session,
                time: Timestamp(millisecondsSince1970: next * 10), event: event))
    }

    /// A message and its turn.
    mutating func begin() {
        waiting = SessionState.Waiting(id: Message.ID(rawValue: next), message: .test("message \(next)"))
        add(.accepted(waiting.id, waiting.message))
        start()
    }

    /// The second attempt at the last message.
    mutating func beginAgain() {
        waiting.attempt = 2
        start()
    }

    private mutating func start() {
        turn = Turn.ID(rawValue: next)
        add(.started(Turn(id: turn, waiting)))
    }

    mutating func stage(
        _ role: Role, _ product: StageReport.Product = .plan(""), next: Role?, used input: Int = 0, _ output: Int = 0,
        in time: Int64 = 0, agent: String = "codex"
    ) {
        let usage = Usage(inputTokens: input, outputTokens: output)
        add(
            .stage(
                turn,
                StageReport(role: role, product: product, next: next, agent: agent, usage: usage, durationMs: time)))
    }

    mutating func end(
        _ status: Outcome.Status, used input: Int = 0, _ output: Int = 0, in time: Int64 = 0, agent: String? = "codex",
        runsAgain: Bool = false
    ) {
        let usage = Usage(inputTokens: input, outputTokens: output)
        add(
            .finished(turn, Outcome(status: status, durationMs: time, usage: usage, runsAgain: runsAgain, agent: agent))
        )
    }

    /// A message with a turn of one stage.
    mutating func turn(
        _ status: Outcome.Status, used input: Int, _ output: Int, in time: Int64 = 0, agent: String? = "codex"
    ) {
        begin()
        end(status, used: input, output, in: time, agent: agent)
    }
}
