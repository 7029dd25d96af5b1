public import Conversation
import GRDB

/// A message of a bot: what it should show, and how far it has come.
public struct SlotRow: Hashable, Sendable {
    /// How it gets to the chat.
    public enum Delivery: String, Hashable, Sendable, CaseIterable {
        /// As often as it takes, since it does no harm.
        case filled
        /// Begun at most once.
        case once
        /// Again when it may have arrived or not.
        case repeated
    }

    /// How far it has come.
    public enum Stage: Hashable, Sendable {
        case new
        /// It may be in the chat; its number is not known.
        case begun
        /// It is in the chat under that number.
        case placed(Int64)
        /// It will not be sent, and why not.
        case failed(String)
        /// Its chat may not have it: it is not sent before it is put again.
        case withdrawn
    }

    /// Names it for its bot.
    public var key: String
    /// Where it is.
    public var chat: Int64
    /// The topic in the chat; nil for none.
    public var topic: Int64?
    /// How it gets there.
    public var delivery: Delivery
    /// What goes first, the lowest number before all.
    public var priority: Int
    /// What it should show, as JSON that is the same for the same content.
    public var wanted: String
    /// What it shows, as such JSON; nil for nothing yet.
    public var shown: String?
    /// How far it has come.
    public var stage: Stage
    /// Whether people hear of it.
    public var isLoud: Bool
    /// The message that it answers.
    public var replyTo: Int64?
    /// Whose conversation it shows, with which it is forgotten; nil for none's.
    public var session: SessionID?

    /// Creates a row.
    public init(
        key: String, chat: Int64, topic: Int64? = nil, delivery: Delivery = .filled, priority: Int = 0, wanted: String,
        shown: String? = nil, stage: Stage = .new, isLoud: Bool = false, replyTo: Int64? = nil,
        session: SessionID? = nil
    ) {
        self.key = key
        self.chat = chat
        self.topic = topic
        self.delivery = delivery
        self.priority = priority
        self.wanted = wanted
        self.shown = shown
        self.stage = stage
        self.isLoud = isLoud
        self.replyTo = replyTo
        self.session = session
    }
}

extension SlotRow {
    init(_ row: Row) {
        self.init(
            key: row["key"], chat: row["chat"], topic: row["topic"],
            delivery: Delivery(rawValue: row["delivery"]) ?? .once, priority: row["priority"], wanted: row["wanted"],
            shown: row["shown"], stage: Stage(row), isLoud: row["is_loud"], replyTo: row["reply_to"],
            session: (row["session"] as String?).map(SessionID.init(rawValue:)))
    }
}

extension SlotRow.Stage {
    /// By which reason what was withdrawn is told from what has failed.
    static let withdrawal = "whoever is in the chat may not have it any more"

    fileprivate init(_ row: Row) {
        switch (row["stage"] as String, row["message_id"] as Int64?) {
        case ("new", _): self = .new
        case ("placed", let message?): self = .placed(message)
        case ("failed", _) where (row["reason"] as String?) == Self.withdrawal: self = .withdrawn
        case ("failed", _): self = .failed(row["reason"] ?? "")
        case (_, _): self = .begun
        }
    }

    /// As the column `stage` has it.
    var name: String {
        switch self {
        case .new: "new"
        case .begun: "begun"
        case .placed: "placed"
        case .failed, .withdrawn: "failed"
        }
    }

    /// The number of the message, where it is known.
    var message: Int64? {
        if case .placed(let message) = self { message } else { nil }
    }

    /// Why it failed.
    var reason: String? {
        switch self {
        case .failed(let reason): reason
        case .withdrawn: Self.withdrawal
        case .new, .begun, .placed: nil
        }
    }
}
