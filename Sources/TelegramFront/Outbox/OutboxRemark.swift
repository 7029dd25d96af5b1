import Logging

/// What the owner of an ``Outbox`` should know, or do something about.
public enum OutboxRemark: Hashable, Sendable {
    /// Nothing goes to this chat before a moment in milliseconds since 1970, because Telegram says so.
    case held(chat: Int64, until: Int64)
    /// A group goes on in another chat: what is bound to the old one has to be bound to the new one, here and in the store.
    ///
    /// Messages of the old one cannot be changed any more: what is due is new again, and what is not is over. Until the
    /// store knows, the outbox goes on in the new chat by itself.
    case migrated(from: Int64, to: Int64)
    /// A topic has gone; what belongs there stands in the general one.
    case topicGone(ChatAddress)
    /// The bot may not write in this chat, or it is not there; what is due there waits. In Telegram's words.
    case chatLost(Int64, reason: String)
    /// The chat that was lost can be written to.
    case chatBack(Int64)
    /// So many messages will not be sent, because the chat was lost for too long.
    case abandoned(Int64, count: Int, reason: String)
    /// So many messages that have waited will not be sent, because whoever is in the chat may not have them any more.
    case withdrawn(Int64, count: Int)
    /// A message will not be sent, in no form.
    case notSent(key: String, chat: Int64, reason: String)
    /// The same of one that nobody waits for.
    case leftOut(key: String, reason: String)
    /// A message of ``Slot/Delivery/once`` may have arrived or not, and is not repeated.
    case uncertain(key: String, reason: String)
}

extension OutboxRemark {
    /// For the log, in words.
    var summary: String {
        switch self {
        case .held: "Telegram lets nothing be sent to a chat for a while"
        case .migrated: "a group goes on in another chat"
        case .topicGone: "a topic has gone: what belongs there goes to the general one"
        case .chatLost: "a chat cannot be written to: what is for it waits"
        case .chatBack: "a chat can be written to again"
        case .abandoned: "messages will not be sent: their chat cannot be written to any more"
        case .withdrawn: "messages will not be sent: whoever is in their chat may not have them any more"
        case .notSent, .leftOut: "a message will not be sent"
        case .uncertain: "a message may have been sent or not, and is not repeated"
        }
    }

    /// For the log, what it is about.
    var metadata: Logger.Metadata {
        switch self {
        case .held(let chat, let moment): ["chat": "\(chat)", "until": "\(moment)"]
        case .migrated(let old, let new): ["from": "\(old)", "to": "\(new)"]
        case .topicGone(let address): ["chat": "\(address.chat)", "topic": "\(address.topic ?? 0)"]
        case .chatLost(let chat, let reason): ["chat": "\(chat)", "reason": "\(reason)"]
        case .chatBack(let chat): ["chat": "\(chat)"]
        case .abandoned(let chat, let count, let reason):
            ["chat": "\(chat)", "messages": "\(count)", "reason": "\(reason)"]
        case .withdrawn(let chat, let count): ["chat": "\(chat)", "messages": "\(count)"]
        case .notSent(let key, let chat, let reason): ["slot": "\(key)", "chat": "\(chat)", "reason": "\(reason)"]
        case .leftOut(let key, let reason), .uncertain(let key, let reason):
            ["slot": "\(key)", "reason": "\(reason)"]
        }
    }
}
