/// Where the notifications of a workspace are kept, with the quiet that somebody asked for.
///
/// A port: the database conforms. Each method is one transaction, on disk when it returns.
public protocol NotificationLedger: Sendable {
    /// Keeps `announcement`, or counts it where it repeats one, and returns it as it is kept then.
    ///
    /// At most ``NotificationStanding/mostWaiting`` wait: beyond that the oldest of the lowest priority is dropped and
    /// counted.
    func keep(_ announcement: Announcement, at time: Timestamp) async throws -> KeptAnnouncement

    /// What waits, and whether people want to be left alone.
    func standing() async throws -> NotificationStanding

    /// Notes that somebody was told of these, and of how many were `dropped`.
    func noteTold(_ ids: [KeptAnnouncement.ID], dropped: Int) async throws

    /// Holds back all but the urgent until `time`; nil ends it.
    func keepQuiet(until time: Timestamp?) async throws
}

/// What of the notifications is still to be told.
public struct NotificationStanding: Hashable, Sendable {
    /// How many wait at most for somebody to be there.
    public static let mostWaiting = 200

    /// Those that nobody was told, oldest first.
    public var waiting: [KeptAnnouncement]
    /// How many were dropped since somebody was told of that.
    public var dropped: Int
    /// Until when only the urgent is told; nil, or in the past, for no quiet.
    public var quietUntil: Timestamp?

    /// Creates it from its parts.
    public init(waiting: [KeptAnnouncement] = [], dropped: Int = 0, quietUntil: Timestamp? = nil) {
        self.waiting = waiting
        self.dropped = dropped
        self.quietUntil = quietUntil
    }
}

/// The door through which whatever runs beside conversations reaches people.
///
/// A port: ``Hub`` conforms.
public protocol NotificationDoor: Sendable {
    /// Tells people, now or when they are there; on disk when it returns.
    ///
    /// Throws ``HubError`` when it could not be kept; nobody is told then.
    func notify(_ announcement: Announcement) async throws

    /// An element whenever there may be something new for who brings notifications to people that are not attached.
    ///
    /// As long as it is read, what is kept waits for its reader.
    func notificationChanges() async -> AsyncStream<Void>
}
