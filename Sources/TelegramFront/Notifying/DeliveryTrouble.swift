import Conversation

/// What people are told of messages that do not arrive.
struct DeliveryTrouble {
    /// What is held for no longer nobody needs to know.
    private static let shortHold: Int64 = 60_000

    let bot: Int64

    /// The notification of `remark`, made at `now`, in milliseconds since 1970; nil for what is no concern of people.
    ///
    /// Of what tells of notifications nothing is told: that might not arrive either.
    func announcement(of remark: OutboxRemark, at now: Int64, owner: Int64?) -> Announcement? {
        func announce(
            _ priority: Announcement.Priority, _ chat: Int64, _ key: String, _ text: (_ place: String) -> String
        ) -> Announcement {
            let place = chat == owner ? "the owner's chat" : chat > 0 ? "the chat with \(chat)" : "the group \(chat)"
            return Announcement(priority, key: self.key(of: chat) + key, text(place), of: "telegram")
        }
        switch remark {
        case .held(let chat, let moment):
            guard moment - now > Self.shortHold else { return nil }
            return announce(.warning, chat, "held") {
                "Telegram lets nothing be sent to \($0) for \(Elapsed(moment - now)); what is for it waits."
            }
        case .chatLost(let chat, let reason):
            return announce(chat == owner ? .important : .warning, chat, "lost") {
                "Nothing can be written to \($0); what is for it waits for 30 days. \(reason)"
            }
        case .chatBack(let chat):
            return announce(.info, chat, "back") { "What waited for \($0) is sent now." }
        case .abandoned(let chat, let count, let reason):
            let messages = count == 1 ? "1 message" : "\(count) messages"
            return announce(.warning, chat, "abandoned") {
                "\(messages) for \($0) will not be sent: nothing could be written there for 30 days. \(reason)"
            }
        case .notSent(let key, let chat, let reason):
            guard !Notifier.isOwn(key) else { return nil }
            // No key of that chat: it can be told there.
            var told = announce(.warning, chat, "") { "A message for \($0) will not be sent, in no form. \(reason)" }
            told.key = "telegram/\(bot)/unsent/\(key)"
            return told
        case .migrated, .topicGone, .withdrawn, .leftOut, .uncertain: return nil
        }
    }

    /// Whether `announcement` says that `chat` cannot be written to: it is not told there, where it would only come when
    /// that is over, or be the reason for another one.
    func isOf(_ chat: Int64, _ announcement: Announcement) -> Bool { announcement.key.hasPrefix(key(of: chat)) }

    private func key(of chat: Int64) -> String { "telegram/\(bot)/chat/\(chat)/" }
}
