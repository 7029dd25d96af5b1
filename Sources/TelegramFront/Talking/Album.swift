/// An album of one person, whose messages are dealt with together.
struct Album: Hashable, Sendable {
    /// How long its messages are waited for, which people send together.
    static let patience = Duration.seconds(1)

    var id: String
    var user: Int64?
}

extension KeptUpdate {
    /// The album of its message, while it is not settled who belongs to it; nil for all else.
    var album: Album? {
        guard case .message(let message) = kind, let id = message.albumID, message.album == nil else { return nil }
        return Album(id: id, user: message.from?.id)
    }

    /// One update that says what all of `updates` say, which are messages of one album, or one that was joined before; nil
    /// for none.
    static func joined(_ updates: [KeptUpdate]) -> KeptUpdate? {
        let messages = updates.compactMap { update -> (update: KeptUpdate, message: BotMessage)? in
            if case .message(let message) = update.kind { (update, message) } else { nil }
        }.sorted { $0.message.id < $1.message.id }
        guard var (joined, first) = messages.first else { return nil }
        first.album = (first.album ?? []) + messages.dropFirst().map(\.message)
        joined.kind = .message(first)
        return joined
    }
}
