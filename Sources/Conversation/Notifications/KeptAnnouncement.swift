/// A notification as it is kept, with all that was said under its key since.
public struct KeptAnnouncement: Hashable, Sendable, Identifiable {
    /// How long what is said under the same key is a repeat, in milliseconds from the first time: what goes on is told
    /// once an hour.
    package static let repeatSpan: Int64 = 3_600_000

    /// Its place among all notifications.
    public var id: Int64
    /// Grows with every notification and every repeat, so that a reader finds what is new to it.
    public var change: Int64
    /// What was said last, with the priority of the first time.
    public var announcement: Announcement
    /// How often it was said.
    public var count: Int
    /// When it was said first.
    public var firstAt: Timestamp
    /// When it was said last.
    public var lastAt: Timestamp
    /// Whether somebody was told.
    public var isTold: Bool

    /// Creates one from its parts.
    public init(
        id: Int64, change: Int64, _ announcement: Announcement, count: Int = 1, firstAt: Timestamp, lastAt: Timestamp,
        isTold: Bool = false
    ) {
        self.id = id
        self.change = change
        self.announcement = announcement
        self.count = count
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.isTold = isTold
    }

    /// Whether `other`, said at `time`, is the same once more.
    ///
    /// One that matters more than before is told anew, and so is one that goes on after ``repeatSpan``.
    public func isRepeated(by other: Announcement, at time: Timestamp) -> Bool {
        let age = time.millisecondsSince1970 - firstAt.millisecondsSince1970
        return other.key == announcement.key && other.priority >= announcement.priority
            && (-Self.repeatSpan..<Self.repeatSpan).contains(age)
    }

    /// Takes in that `other` was said at `time`, as the change with this number: the newest words count.
    public mutating func count(_ other: Announcement, at time: Timestamp, change: Int64) {
        let priority = announcement.priority
        announcement = other
        announcement.priority = priority
        count += 1
        lastAt = time
        self.change = change
    }
}
