import GRDB

/// Somebody, or a chat, that a bot has heard of.
public struct SeenRow: Hashable, Sendable {
    /// What it is.
    public enum Kind: String, Hashable, Sendable {
        case user, chat
    }

    /// What it is.
    public var kind: Kind
    /// What Telegram calls it.
    public var id: Int64
    /// The type of a chat, in Telegram's words; empty for a person.
    public var type: String
    /// What people call it.
    public var name: String

    /// Creates a row.
    public init(_ kind: Kind, id: Int64, type: String = "", name: String) {
        self.kind = kind
        self.id = id
        self.type = type
        self.name = name
    }
}

extension SeenRow {
    /// Nil for a kind that this version does not know.
    init?(_ row: Row) {
        guard let kind = Kind(rawValue: row["kind"]) else { return nil }
        self.init(kind, id: row["id"], type: row["type"], name: row["name"])
    }
}
