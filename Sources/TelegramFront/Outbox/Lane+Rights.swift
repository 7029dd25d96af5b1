extension Lane {
    /// Takes out what `mayHave` is false of: it is not sent any more, also not after a restart, before it is wished for again.
    ///
    /// What is on its way follows when that has ended, unless that has yet to be looked at: then it waits for this.
    mutating func withdraw(from chat: Int64, unless mayHave: (Slot) -> Bool) -> [Deed] {
        let onWay = inFlight.flatMap { $0.isReopening ? nil : $0.key }
        if let index = waiting.firstIndex(where: { $0.slot.key == onWay && !mayHave($0.slot) }) {
            waiting[index].isWithdrawn = true
        }
        let refused = waiting.map(\.slot).filter { $0.key != onWay && !mayHave($0) }
        guard !refused.isEmpty else { return [] }
        waiting.removeAll { $0.slot.key != onWay && !mayHave($0.slot) }
        var deeds = refused.map { Deed.note($0.withdrawn) }
        if waiting.isEmpty, loss != nil {
            // Nothing waits for the chat.
            loss = nil
            deeds.append(.lose(chat: chat, nil))
        }
        return deeds + [.tell(.withdrawn(chat, count: refused.count))]
    }

    /// What is on its way was looked at, and goes; false when it was taken out.
    mutating func reopen() -> Bool {
        guard let key = inFlight?.key, waiting.contains(where: { $0.slot.key == key }) else { return false }
        inFlight?.isReopening = false
        return true
    }

    /// Has what was withdrawn while it was on its way, and has arrived with buttons all the same, lose these.
    mutating func takeButtons(_ index: Int) -> [Deed] {
        guard waiting[index].isWithdrawn, let shown = waiting[index].slot.shown, !shown.buttons.isEmpty else {
            return []
        }
        waiting[index].isWithdrawn = false
        waiting[index].slot.wanted = shown
        (waiting[index].slot.wanted.buttons, waiting[index].slot.priority) = ([], .final)
        return [.want(waiting[index].slot)]
    }

    /// Takes out what was withdrawn while it was on its way, as far as it has come.
    mutating func withdrawEnded() -> [Deed] {
        let ended = waiting.filter(\.isWithdrawn).map(\.slot)
        waiting.removeAll(where: \.isWithdrawn)
        return ended.map { .note($0.withdrawn) }
    }
}
