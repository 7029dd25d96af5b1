import Conversation

/// One session as it is shown in one chat: a fold of its records, which says what messages should be there.
///
/// The same records lead to the same messages under the same keys. Whoever has kept ``told`` together with the messages,
/// and ``resume``, goes on after a restart with a new view that takes the records after ``resume``: nothing is shown
/// twice, and nothing is left out but remarks that nobody keeps.
struct ChatView {
    /// Where it is shown, which changes when a group gets another number.
    var context: ViewContext
    /// The agent that answers, as far as is known; only for the progress of turns.
    var agent: String?
    /// What was asked for in this chat.
    var ownChanges = OwnChanges()

    var state: SessionState
    var asked = AskedApprovals()
    var remarks = TurnRemarks()
    private var notices = NoticeKeys()

    private let toldBefore: Cursor
    private var last: Cursor
    /// The last record that was taken.
    var read: Cursor { last }
    /// The last place behind which all messages can be made anew: nothing ran and nothing waited.
    private(set) var resume: Cursor

    /// A view of `session` that takes the records after `resume`, of which the messages of those up to `told` are known.
    init(of session: SessionID, after resume: Cursor, told: Cursor, in context: ViewContext) {
        self.context = context
        self.resume = resume
        (toldBefore, last) = (max(told, resume), resume)
        state = SessionState(id: session)
    }

    /// The last record of which the messages were given.
    var told: Cursor { max(toldBefore, asked.held?.before ?? last) }

    /// Whether the progress of a turn is shown, which changes with time.
    var isRunning: Bool { state.running != nil }

    /// Whether nothing that was said in this chat waits for an answer, and no turn runs.
    var isThrough: Bool {
        state.running == nil && asked.held == nil && !state.waiting.contains { context.isSaidHere($0.message) }
    }

    /// The messages to put because of `record`, in order.
    mutating func take(_ record: Record) -> [Slot] {
        let isNews = !record.event.isDurable || record.cursor > toldBefore
        let slots = flush(before: record) + shown(record, isNews: isNews)
        last = max(last, record.cursor)
        if state.running == nil, state.waiting.isEmpty, asked.held == nil { resume = last }
        return isNews ? Self.latest(slots) : []
    }

    /// What was asked just now, and not answered by a rule at once: to be called when no record follows immediately.
    mutating func flush() -> [Slot] {
        guard let approval = asked.release() else { return [] }
        return ApprovalView(approval: approval, context: context).slots
            + [ApprovalView(approval: approval, context: context).call(replyTo: place(of: approval.turn))]
    }

    /// The progress of the running turn as it is at `now`; nil when none runs.
    func refresh(at now: Timestamp) -> Slot? {
        guard let running = state.running else { return nil }
        let view = ProgressView(
            running: running, agent: agent, waiting: state.waiting.count, remarks: remarks.lines,
            isHeldUp: remarks.isHeldUp, context: context)
        var slot = context.slot("\(running.turn.id)/1", view.content(at: now))
        slot.priority = .progress
        return slot
    }

    // MARK: Records

    /// Each message once: what is answered as soon as it is asked is shown with its answer.
    private static func latest(_ slots: [Slot]) -> [Slot] {
        slots.enumerated().filter { index, slot in !slots[(index + 1)...].contains { $0.key == slot.key } }.map(
            \.element)
    }

    private mutating func flush(before record: Record) -> [Slot] {
        if case .approval(_, let approval) = record.event, approval.isAutomatic, approval.id == asked.held?.approval.id
        {
            _ = asked.release(isShown: false)
        }
        return flush()
    }

    private mutating func shown(_ record: Record, isNews: Bool) -> [Slot] {
        switch record.event {
        case .accepted(let id, let message):
            let ahead = state.waiting.count + (isRunning ? 1 : 0)
            state.apply(record)
            return echo(id, message, .waits(ahead))
        case .revised(let id, _):
            state.apply(record)
            return revised(id)
        case .dropped(let ids):
            return dropped(ids, record)
        case .started(let turn):
            state.apply(record)
            remarks = TurnRemarks()
            // Who comes upon it is told of its beginning later than it was.
            resume = min(resume, Cursor(rawValue: turn.id.rawValue - 1))
            let said = turn.attempt == 1 ? echo(turn.message, turn.request, .runs) : []
            return said + (refresh(at: record.time).map { [$0] } ?? [])
        case .steered(_, let id):
            let message = state.waiting.first { $0.id == id }?.message
            state.apply(record)
            return message.map { echo(id, $0, .steered) } ?? []
        case .unsteered(_, let id):
            let message = state.running?.steered.first { $0.id == id }?.message
            state.apply(record)
            return message.map { echo(id, $0, .unsteered) } ?? []
        case .stopping:
            state.apply(record)
            return []
        case .delta, .action, .stage:
            state.apply(record)
            remarks.isHeldUp = false
            return []
        case .approval(_, let approval):
            state.apply(record)
            return shown(approval, isNews: isNews)
        case .finished(let id, let outcome):
            return finished(id, outcome, record)
        case .changed(let change):
            state.apply(record)
            guard !ownChanges.take(change, at: record.cursor) else { return [] }
            return NoticeView(context: context).slot(change, at: record.cursor).map { [$0] } ?? []
        case .shared(let file):
            return [SharedFileView(context: context).slot(file, at: record.cursor)]
        case .notice(let notice):
            // Notifications have a way of their own to whom they are for.
            return notice.announced == nil ? shown(notice, record) : []
        case .deleted:
            state.apply(record)
            remarks = TurnRemarks()
            return shown(.deleted, record)
        }
    }

    private mutating func shown(_ notice: Notice, _ record: Record) -> [Slot] {
        guard let running = state.running else {
            return NoticeView(context: context).slots(notice, key: notices.key(of: record), isLoud: false)
        }
        guard notice.level != .info else {
            remarks.add(notice.text)
            return []
        }
        remarks.isHeldUp = true
        let isSilent = record.time.milliseconds(since: running.lastEventAt) >= context.silentAfter()
        return NoticeView(context: context).slots(notice, key: notices.key(of: record), isLoud: isSilent)
    }
}
