/// Names a snapshot; can be kept in a database, and outlives the program.
///
/// Its snapshot is kept for two weeks at least. As text it is `KIND.WEEK.NAME`.
public struct SnapshotID: RawRepresentable, Hashable, Sendable {
    /// How the state of a directory is kept, and so what it can be compared with.
    enum Kind: String {
        /// A tree of what a git repository does not ignore.
        case repository = "r"
        /// A tree of a directory that is in no repository.
        case directory = "d"
        /// Names, sizes, times and hashes.
        case listing = "l"
    }

    /// The text to keep.
    public var rawValue: String

    /// Takes a text that was kept; whether it names a snapshot turns out when it is used.
    public init(rawValue: String) { self.rawValue = rawValue }

    init(_ kind: Kind, week: Int, name: String) { rawValue = "\(kind.rawValue).\(week).\(name)" }

    /// What the text says; `nil` when it is none of ours.
    var parts: (kind: Kind, week: Int, name: String)? {
        let fields = rawValue.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, let kind = Kind(rawValue: fields[0]), let week = Int(fields[1]),
            !fields[2].isEmpty, fields[2].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        return (kind, week, fields[2])
    }
}
