import Conversation

/// Notes what people are told. An actor, because that comes from any task.
actor RecordingDoor: NotificationDoor {
    private(set) var all: [Announcement] = []

    func notify(_ announcement: Announcement) { all.append(announcement) }

    func notificationChanges() -> AsyncStream<Void> { AsyncStream { _ in } }
}
