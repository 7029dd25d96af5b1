/// What changed in a directory since a snapshot.
public struct ChangeReport: Hashable, Sendable {
    /// All files that changed, in the order of their paths.
    public var files: [ChangedFile]
    /// All of it for a reader: the files, what was not compared, and the unified diff, as far as there is room.
    public var text: String
    /// Whether the text leaves something out; it says what.
    public var isTruncated: Bool

    /// Whether nothing changed.
    public var isEmpty: Bool { files.isEmpty }
}
