/// Something that Telegram tells a bot.
public struct BotUpdate: Hashable, Sendable {
    /// What it tells.
    ///
    /// A message is much to hold for every task that deals with one: it is kept once, beside them.
    public indirect enum Kind: Hashable, Sendable {
        case message(BotMessage)
        /// A message was changed; not a new one.
        case edited(BotMessage)
        /// A button was pressed.
        case pressed(ButtonPress)
        /// The bot was let into a chat or thrown out of it.
        case membership(ChatMembership)
        /// Of a kind that this program does not ask for, or in a shape that it does not know.
        case unknown
    }

    /// Counts up by one, but may begin anew after a week without any.
    public var id: Int64
    /// What it tells.
    public var kind: Kind

    /// Creates an update.
    public init(id: Int64, kind: Kind) {
        self.id = id
        self.kind = kind
    }
}

extension BotUpdate: Decodable {
    /// The kinds that are asked for, as `allowed_updates` names them.
    static let asked = ["message", "edited_message", "callback_query", "my_chat_member"]

    private enum Key: String, CodingKey {
        case id = "update_id"
        case message
        case edited = "edited_message"
        case pressed = "callback_query"
        case membership = "my_chat_member"
    }

    /// Decodes whatever has an id: one odd update must not hold up all others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        id = try container.decode(Int64.self, forKey: .id)
        func decoded<Value: Decodable>(_ key: Key) -> Value? {
            // What does not decode is unknown.
            (try? container.decodeIfPresent(Value.self, forKey: key)) ?? nil
        }
        if let message: BotMessage = decoded(.message) {
            kind = .message(message)
        } else if let message: BotMessage = decoded(.edited) {
            kind = .edited(message)
        } else if let press: ButtonPress = decoded(.pressed) {
            kind = .pressed(press)
        } else if let membership: ChatMembership = decoded(.membership) {
            kind = .membership(membership)
        } else {
            kind = .unknown
        }
    }
}

/// A list of updates of which some may be unreadable.
struct BotUpdates: Decodable, Sendable {
    /// Those that have an id, in the order they came.
    var readable: [BotUpdate] = []
    /// How many have none.
    var unreadable = 0

    /// The numbers that an update can have; as many bits as other numbers of the Bot API have at most.
    private static let possible: Range<Int64> = 0..<1 << 52

    private struct Anything: Decodable {}

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            guard let update = try? container.decode(BotUpdate.self) else {
                // The container stays where it is when an element does not decode.
                _ = try container.decode(Anything.self)
                unreadable += 1
                continue
            }
            // One that is confirmed by asking for the next number; below zero that would mean something else.
            if Self.possible.contains(update.id) { readable.append(update) } else { unreadable += 1 }
        }
    }
}
