import Conversation

/// Names the messages of notices, which have no place of their own in the journal.
struct NoticeKeys {
    private var last: (cursor: Cursor, time: Timestamp)?
    private var count = 1

    /// The key of the notice in `record`: another one for each, also after a restart.
    mutating func key(of record: Record) -> String {
        if let last, last == (record.cursor, record.time) { count += 1 } else { count = 1 }
        last = (record.cursor, record.time)
        let key = "n\(record.cursor.rawValue)/\(record.time.millisecondsSince1970)"
        return count == 1 ? key : "\(key)/n\(count)"
    }
}
