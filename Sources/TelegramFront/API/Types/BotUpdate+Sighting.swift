extension BotUpdate.Kind {
    /// The place that it tells of; nil where it tells of none.
    public var chat: BotChat? {
        switch self {
        case .message(let message), .edited(let message): message.chat
        case .pressed(let press): press.message?.chat
        case .membership(let membership): membership.chat
        case .unknown: nil
        }
    }

    /// The chat that the bot is in, as this shows; nil where it shows nothing of that.
    var reachable: Int64? {
        if case .membership(let membership) = self, membership.isOut { return nil }
        return chat?.id
    }

    /// The person that it tells of; nil for bots, and for those who hide behind a group or a channel.
    public var person: BotUser? {
        let user: BotUser? =
            switch self {
            case .message(let message), .edited(let message): message.isAnonymous ? nil : message.from
            case .pressed(let press): press.from
            case .membership(let membership): membership.from
            case .unknown: nil
            }
        return user.flatMap { $0.isBot ? nil : $0 }
    }
}
