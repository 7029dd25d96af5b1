import GRDB

/// Somebody, or a group, that was let in.
public struct PairingRow: Hashable, Sendable {
    /// What is let in.
    public enum Kind: String, Hashable, Sendable {
        case user, chat
    }

    /// What it is.
    public var kind: Kind
    /// What Telegram calls it.
    public var id: Int64
    /// What people call it.
    public var name: String
    /// Who let it in.
    public var by: String
    /// When that was, in milliseconds since 1970.
    public var at: Int64

    /// Creates a row.
    public init(_ kind: Kind, id: Int64, name: String, by: String = "", at: Int64 = 0) {
        self.kind = kind
        self.id = id
        self.name = name
        self.by = by
        self.at = at
    }
}

extension PairingRow {
    /// Nil for a kind that this version does not know.
    init?(_ row: Row) {
        guard let kind = Kind(rawValue: row["kind"]) else { return nil }
        self.init(kind, id: row["id"], name: row["name"], by: row["let_in_by"], at: row["let_in_at"])
    }
}
