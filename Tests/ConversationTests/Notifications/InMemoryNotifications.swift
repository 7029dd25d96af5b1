import Conversation

/// Keeps notifications as the database does, and outlives every core.
actor InMemoryNotifications: NotificationLedger {
    struct Broken: Error {}

    private(set) var all: [KeptAnnouncement] = []
    private var changes: Int64 = 0
    private var quietUntil: Timestamp?
    private var isBroken = false
    private var dropped = 0

    var texts: [String] { all.map(\.announcement.text) }

    func breakDown() { isBroken = true }

    func drop(_ count: Int) { dropped = count }

    func keep(_ announcement: Announcement, at time: Timestamp) throws -> KeptAnnouncement {
        if isBroken { throw Broken() }
        changes += 1
        if let index = all.lastIndex(where: { $0.isRepeated(by: announcement, at: time) }) {
            all[index].count(announcement, at: time, change: changes)
            return all[index]
        }
        let kept = KeptAnnouncement(
            id: Int64(all.count + 1), change: changes, announcement, firstAt: time, lastAt: time)
        all.append(kept)
        return kept
    }

    func standing() -> NotificationStanding {
        NotificationStanding(waiting: all.filter { !$0.isTold }, dropped: dropped, quietUntil: quietUntil)
    }

    func noteTold(_ ids: [KeptAnnouncement.ID], dropped: Int) {
        self.dropped -= dropped
        for index in all.indices where ids.contains(all[index].id) { all[index].isTold = true }
    }

    func keepQuiet(until time: Timestamp?) { quietUntil = time }
}
