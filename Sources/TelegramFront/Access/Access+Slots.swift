import Conversation

extension Access {
    /// Whether `slot`, which has waited, may still go to its chat: to a group that is let in, or to a person who is, and who
    /// may be in the session that it shows, and in that which an answer tells of.
    ///
    /// What is told in passing is for strangers, and notifications are for whoever sees what the owner sees.
    ///
    /// What only takes buttons away goes to anybody: else they stay for good.
    func admits(_ slot: Slot) -> Bool {
        guard !slot.onlyLosesButtons else { return true }
        let chat = slot.address.chat
        guard chat > 0 else { return isLetIn(chat) }
        guard !slot.isPassing else { return true }
        guard admits(chat) else { return false }
        if Notifier.isOwn(slot.key) { return role(of: chat) == .admin }
        return [SlotKey(slot.key).session, slot.session].compactMap(\.self).allSatisfy { admits(chat, to: $0) }
    }
}
