/// A place where messages are written.
public struct BotChat: Hashable, Sendable, Codable {
    /// The kinds of places.
    public enum Kind: String, Hashable, Sendable, Codable {
        case `private`, group, supergroup, channel
        /// One that this program does not know.
        case other

        /// Reads any word.
        public init(from decoder: any Decoder) throws {
            self = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .other
        }
    }

    /// Positive for a person, negative for groups and channels; at most 52 bits.
    public var id: Int64
    /// What kind of place it is.
    public var kind: Kind
    /// The name of a group or channel; nil for a person.
    public var title: String?
    /// Whether it has topics.
    public var isForum: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, title
        case kind = "type"
        case isForum = "is_forum"
    }

    /// Creates a chat.
    public init(id: Int64, kind: Kind, title: String? = nil, isForum: Bool? = nil) {
        self.id = id
        self.kind = kind
        self.title = title
        self.isForum = isForum
    }

    /// Whether several people may write there.
    public var isGroup: Bool { kind == .group || kind == .supergroup }
}
