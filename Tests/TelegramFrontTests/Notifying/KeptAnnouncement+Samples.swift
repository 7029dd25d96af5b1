import Conversation

extension KeptAnnouncement {
    /// A notification of a test, told to nobody.
    static func test(
        _ id: Int64, _ priority: Announcement.Priority = .info, _ text: String = "", count: Int = 1, at time: Int64 = 0
    ) -> KeptAnnouncement {
        let moment = Timestamp(millisecondsSince1970: time)
        return KeptAnnouncement(
            id: id, change: id, Announcement(priority, key: "k\(id)", text.isEmpty ? "event \(id)" : text, of: "test"),
            count: count, firstAt: moment, lastAt: moment)
    }
}
