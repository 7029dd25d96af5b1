extension Lane {
    /// Why a message is not sent that its chat may not have any more.
    static let rightLost = "whoever is in the chat may not have it any more"

    /// Takes out what `mayHave` is false of: it is not sent any more, also not after a restart.
    mutating func withdraw(from chat: Int64, unless mayHave: (Slot) -> Bool) -> [Deed] {
        let refused = waiting.map(\.slot).filter { !mayHave($0) }
        guard !refused.isEmpty else { return [] }
        waiting.removeAll { !mayHave($0.slot) }
        var deeds = refused.map { Deed.note($0.failed(Self.rightLost)) }
        if waiting.isEmpty, loss != nil {
            // Nothing waits for the chat.
            loss = nil
            deeds.append(.lose(chat: chat, nil))
        }
        return deeds + [.tell(.withdrawn(chat, count: refused.count))]
    }
}
