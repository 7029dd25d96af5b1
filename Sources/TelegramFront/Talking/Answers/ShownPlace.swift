import Conversation

/// What a message of the bot shows of a session, as its key tells.
struct ShownPlace: Hashable, Sendable {
    /// What is shown.
    enum Part: Hashable, Sendable {
        /// What an agent asks: in full, in the short message by which people hear of it, or in its file.
        case approval(Approval.ID)
        /// A turn: its progress, its answer or its end.
        case turn(Turn.ID)
    }

    let session: SessionID
    let part: Part

    /// Reads `key`; nil for a message that shows something else.
    init?(_ key: String) {
        let key = SlotKey(key)
        guard let session = key.session, let number = Int64(key.name.dropFirst()), number > 0 else { return nil }
        self.session = session
        switch key.name.first {
        case "a": part = .approval(Approval.ID(rawValue: number))
        case "t": part = .turn(Turn.ID(rawValue: number))
        default: return nil
        }
    }
}
