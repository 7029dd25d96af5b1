import Conversation
import TestSupport

/// Reads a whole journal and says where it breaks a promise.
struct Audit {
    private struct Fate {
        var session: SessionID
        /// What was said, as it was changed last.
        var text: String
        var attempts = 0
        /// How many of them the core cut off in good order.
        var spared = 0
        var isDropped = false
        var isAnswered = false
        /// The turn that it is part of without being its message.
        var turn: Turn.ID?
        /// The message whose developer has heard it in a stage that is done, and with whose answer it is answered.
        var carrier: Message.ID?
    }

    private struct Open {
        var turn: Turn
        var hasActed = false
        var isStopping = false
    }

    private(set) var problems: [String] = []
    private var fates: [Message.ID: Fate] = [:]
    private var open: [SessionID: Open] = [:]
    private var asked: [Approval.ID: SessionID] = [:]
    private var answered: [Approval.ID: Approval.Answer] = [:]
    private var lastFirstStart: [SessionID: Message.ID] = [:]

    init(_ records: [Record]) {
        for (index, record) in records.enumerated() {
            if record.cursor.rawValue != Int64(index) + 1 { blame(record, "is out of place") }
            take(record)
        }
        for turn in open.values { problems.append("\(turn.turn.id) never ended") }
        for (id, fate) in fates where !fate.isDropped && !fate.isAnswered {
            problems.append("message \(id.rawValue) was forgotten")
        }
    }

    private mutating func blame(_ record: Record, _ problem: String) { problems.append("\(record): \(problem)") }

    private mutating func take(_ record: Record) {
        switch record.event {
        case .accepted(let id, let message):
            fates[id] = Fate(session: record.session, text: message.text)
        case .revised(let id, let text):
            revise(id, text, record)
        case .dropped(let ids):
            for id in ids { drop(id, record) }
        case .started(let turn):
            start(turn, record)
        case .action(let id, let action):
            if open[record.session]?.turn.id != id { blame(record, "acts outside its turn") }
            if action.kind.acts, !action.role.readsOnly { open[record.session]?.hasActed = true }
        case .stage(let id, let report):
            if open[record.session]?.turn.id != id { blame(record, "reports outside its turn") }
            open[record.session]?.hasActed = false
            if report.role == .developer { carry(steeredInto: id, by: open[record.session]?.turn.message) }
        case .approval(let id, let approval):
            // What is asked can be answered later; all else is part of its turn.
            let isOpen = open[record.session]?.turn.id == id
            if !isOpen, approval.answer?.basis != .person { blame(record, "asks outside its turn") }
            if isOpen { open[record.session]?.hasActed = true }
            answer(approval, record)
        case .finished(let id, let outcome):
            finish(id, outcome, record)
        case .steered(let turn, let id):
            steer(id, into: turn, record)
        case .unsteered(let turn, let id):
            if fates[id]?.turn != turn { blame(record, "takes back what was not given") }
            fates[id]?.turn = nil
        case .stopping(let id, _):
            if open[record.session]?.turn.id != id { blame(record, "stops what does not run") }
            if open[record.session]?.isStopping == true { blame(record, "stops twice") }
            open[record.session]?.isStopping = true
        case .delta, .changed, .shared, .notice:
            break
        case .deleted:
            blame(record, "is no news for a journal")
        }
    }

    private mutating func revise(_ id: Message.ID, _ text: String, _ record: Record) {
        guard let fate = fates[id], fate.session == record.session, !fate.isDropped, !fate.isAnswered,
            fate.turn == nil, fate.carrier == nil, fate.attempts == 0
        else { return blame(record, "changes what does not wait") }
        if fate.text == text { blame(record, "changes nothing") }
        fates[id]?.text = text
    }

    private mutating func answer(_ approval: Approval, _ record: Record) {
        guard approval.answer != nil else {
            if approval.id.rawValue != record.cursor.rawValue { blame(record, "has a wrong name") }
            asked[approval.id] = record.session
            return
        }
        defer { answered[approval.id] = approval.answer }
        if let note = approval.answer?.note, let earlier = answered[approval.id] {
            // What may not have been heard is told once more, by a message.
            if earlier.note != nil || earlier.decision != approval.answer?.decision || earlier.basis != .person {
                blame(record, "tells again what was not allowed")
            }
            if note.rawValue <= record.cursor.rawValue { blame(record, "has a note from before") }
        } else if asked.removeValue(forKey: approval.id) != record.session {
            blame(record, "answers what is not asked")
        }
    }

    private mutating func carry(steeredInto turn: Turn.ID, by message: Message.ID?) {
        for (id, fate) in fates where fate.turn == turn { fates[id]?.carrier = message }
    }

    private mutating func drop(_ id: Message.ID, _ record: Record) {
        guard let fate = fates[id], !fate.isDropped, !fate.isAnswered, fate.carrier == nil,
            open[record.session]?.turn.message != id
        else {
            return blame(record, "drops what does not wait")
        }
        fates[id]?.isDropped = true
    }

    private mutating func steer(_ id: Message.ID, into turn: Turn.ID, _ record: Record) {
        guard let fate = fates[id], !fate.isDropped, !fate.isAnswered, fate.turn == nil, fate.attempts == 0 else {
            return blame(record, "steers by what does not wait")
        }
        if open[record.session]?.turn.id != turn { blame(record, "steers what does not run") }
        fates[id]?.turn = turn
    }

    private mutating func start(_ turn: Turn, _ record: Record) {
        if open[record.session] != nil { blame(record, "starts beside another") }
        open[record.session] = Open(turn: turn)
        guard let fate = fates[turn.message], fate.session == record.session else {
            return blame(record, "answers nothing")
        }
        if fate.isDropped || fate.isAnswered || fate.turn != nil || fate.carrier != nil {
            blame(record, "answers what was settled")
        }
        if turn.text != fate.text { blame(record, "answers another text than the last one") }
        if turn.attempt != fate.attempts + 1 || turn.attempt - fate.spared > 2 { blame(record, "is a wrong attempt") }
        fates[turn.message]?.attempts = turn.attempt
        guard turn.attempt == 1 else { return }
        if let last = lastFirstStart[record.session], last.rawValue > turn.message.rawValue {
            blame(record, "overtakes another")
        }
        lastFirstStart[record.session] = turn.message
    }

    private mutating func finish(_ id: Turn.ID, _ outcome: Outcome, _ record: Record) {
        guard let running = open.removeValue(forKey: record.session), running.turn.id == id else {
            return blame(record, "ends what does not run")
        }
        if outcome.runsAgain {
            if running.hasActed { blame(record, "repeats what had acted") }
            let crashes = running.turn.attempt - (fates[running.turn.message]?.spared ?? 0)
            if outcome.isSpared {
                fates[running.turn.message]?.spared += 1
            } else if crashes != 1 {
                blame(record, "repeats a second time")
            }
            if running.isStopping { blame(record, "repeats what was stopped") }
        } else {
            fates[running.turn.message]?.isAnswered = true
        }
        for (message, fate) in fates where fate.carrier == running.turn.message {
            fates[message]?.isAnswered = !outcome.runsAgain
        }
        for (message, fate) in fates where fate.turn == id && fate.carrier == nil {
            fates[message]?.turn = nil
            fates[message]?.isAnswered = !outcome.runsAgain
        }
    }
}
