import Conversation

/// Where a reader has stopped, as JSON.
struct BookmarkForm: Codable, Sendable {
    var cursor: Int64
    var turn: Int64?
    /// Missing for nothing.
    var heard: Int?

    init(_ bookmark: Bookmark) {
        cursor = bookmark.cursor.rawValue
        turn = bookmark.turn?.rawValue
        heard = bookmark.heard
    }

    var bookmark: Bookmark {
        Bookmark(
            Cursor(rawValue: cursor), turn: turn.map(Turn.ID.init(rawValue:)), heard: max(0, heard ?? 0))
    }
}
