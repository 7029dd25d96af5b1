import BenchSupport
import Conversation

/// From the start of a client to the last of 10,000 events that were before it.
struct ReplayMeasure {
    private static let count = 10_000
    private static let runs = 10

    func take() async throws {
        try await World.run(history: Self.history) { world in
            let crew = Crew(world)
            var times: [Double] = []
            for _ in 0..<Self.runs {
                times += try await crew.figures(crew.start("replay-once", Self.count)).milliseconds
            }
            Report.row("attach and read \(Self.count) events", "ms", times)
        }
    }

    /// One turn with many actions.
    private static var history: [Record] {
        let message = Message.bench("work"), id = Message.ID(rawValue: 1), turn = Turn.ID(rawValue: 2)
        let actions = (0..<count - 3).map { number in
            Event.action(
                turn,
                Action(
                    id: "\(number)", kind: .command, title: "grep -rn 'something of \(number)' Sources Tests | head",
                    status: .completed))
        }
        let events: [Event] =
            [.accepted(id, message), .started(Turn(id: turn, SessionState.Waiting(id: id, message: message)))]
            + actions + [.finished(turn, Outcome(status: .ok))]
        return events.enumerated().map { index, event in
            Record(
                cursor: Cursor(rawValue: Int64(index + 1)), session: World.session,
                time: Timestamp(millisecondsSince1970: 1), event: event)
        }
    }
}
