/// What was said in turns, for people.
public struct History {
    /// Messages and answers, oldest first; one may have several lines.
    public private(set) var lines: [String] = []

    private let now: Timestamp
    private var accepted: [Message.ID: Message] = [:]

    /// Tells what `records` hold, at the time `now`.
    public init(_ records: [Record], at now: Timestamp) {
        self.now = now
        let unsteered = records.compactMap { record -> Message.ID? in
            if case .unsteered(_, let id) = record.event { id } else { nil }
        }
        for record in records { add(record, refused: Set(unsteered)) }
    }

    private mutating func add(_ record: Record, refused: Set<Message.ID>) {
        let age = "\(Elapsed(now.milliseconds(since: record.time))) ago"
        switch record.event {
        case .accepted(let id, let message):
            accepted[id] = message
        case .started(let turn):
            lines.append("\(turn.request.heading(at: age)): \(turn.shown)")
        case .steered(_, let id):
            // One that the agent refused has a turn of its own.
            guard let message = accepted[id], !refused.contains(id) else { return }
            lines.append("\(message.heading(at: "\(age), into the turn")): \(message.shown)")
        case .finished(_, let outcome):
            let failure = outcome.error.map { " [\(outcome.status.rawValue): \($0.message)]" } ?? ""
            let by = outcome.stoppedBy.map { " by \($0)" } ?? ""
            let mark = outcome.status == .cancelled ? " [cancelled\(by)]" : failure
            lines.append("\(outcome.agent ?? "agent"):\(mark) \(outcome.said ?? outcome.text)")
        case .dropped, .unsteered, .stopping, .delta, .action, .approval, .stage, .changed, .shared, .notice, .revised,
            .deleted:
            break
        }
    }
}
