import Conversation

extension ChatView {
    /// The message of somebody else; none for one that was written in this chat.
    func echo(_ id: Message.ID, _ message: Message, _ fate: EchoView.Fate) -> [Slot] {
        guard !context.isSaidHere(message) else { return [] }
        return [EchoView(context: context).slot(id, message, fate)]
    }

    /// The message of somebody else that waits, with its new text.
    func revised(_ id: Message.ID) -> [Slot] {
        guard let index = state.waiting.firstIndex(where: { $0.id == id }) else { return [] }
        return echo(id, state.waiting[index].message, .waits(index + (isRunning ? 1 : 0)))
    }

    /// What was asked for in this chat is known to have come to `made`, nil for nothing.
    mutating func settle(_ change: SessionChange, made: SessionChange?) -> [Slot] {
        guard let others = ownChanges.settle(change, made: made) else { return [] }
        return NoticeView(context: context).slot(others.change, at: others.cursor).map { [$0] } ?? []
    }

    mutating func dropped(_ ids: [Message.ID], _ record: Record) -> [Slot] {
        let dropped = state.waiting.filter { ids.contains($0.id) }
        state.apply(record)
        return dropped.flatMap { echo($0.id, $0.message, .dropped) }
            + [NoticeView(context: context).slot(dropped: ids.count, at: record.cursor)]
    }

    mutating func finished(_ id: Turn.ID, _ outcome: Outcome, _ record: Record) -> [Slot] {
        let replyTo = place(of: id)
        state.apply(record)
        remarks = TurnRemarks()
        let end = TurnEndView(
            turn: id, outcome: outcome, replyTo: replyTo, waiting: state.waiting.count, context: context)
        // What a crash has cut off can still be answered.
        let open = state.approvals.filter { $0.turn == id }
        for approval in open { asked.note(approval.id) }
        return end.slots + open.flatMap { ApprovalView(approval: $0, isCutOff: true, context: context).slots }
    }

    mutating func shown(_ approval: Approval, isNews: Bool) -> [Slot] {
        guard approval.answer != nil else {
            asked.ask(approval, isNews: isNews, before: told)
            return []
        }
        let wasShown = asked.forget(approval.id)
        guard wasShown || !approval.isAutomatic else {
            let status = approval.status.rawValue
            remarks.add("\(approval.id) \(status) by \(approval.answer?.by ?? "")")
            return []
        }
        let view = ApprovalView(approval: approval, context: context)
        return view.slots + [view.call(replyTo: place(of: approval.turn))]
    }

    /// The message in the chat that `turn`, while it runs, answers.
    func place(of turn: Turn.ID) -> Int64? {
        guard let running = state.running?.turn, running.id == turn else { return nil }
        return context.place(of: running.request)
    }
}
