import Synchronization

/// What the ``Hub`` knows of notifications that is on no disk.
struct Announcing {
    /// How many are held back at most for those who are attached.
    static let mostHeld = 100

    /// Wakes who tells what waits; one reader.
    let bell: AsyncStream<Void>
    let ring: AsyncStream<Void>.Continuation
    /// What is to be said by the core itself, as soon as that can be kept.
    var later: [Announcement] = []
    /// Held back by quiet, while somebody else brings them to people that are not attached.
    private(set) var held: [Announcement] = []
    /// Those that are being told at terminals and not noted as told yet.
    private var claimed: Set<KeptAnnouncement.ID> = []
    private var readers: [Reader] = []

    /// Somebody who brings notifications to people.
    private struct Reader {
        let changes: AsyncStream<Void>.Continuation
        let end: Subscribers.End
    }

    init() { (bell, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Somebody brings notifications to people from now on, until the stream is dropped: then what waits is for terminals
    /// again, also for those that have come meanwhile.
    mutating func follow() -> AsyncStream<Void> {
        let (stream, changes) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        changes.yield()
        let end = Subscribers.End()
        changes.onTermination = { [ring] _ in
            // The stream itself tells only behind this that it has ended.
            end.hasCome.store(true, ordering: .sequentiallyConsistent)
            ring.yield()
        }
        readers.append(Reader(changes: changes, end: end))
        return stream
    }

    /// Wakes who brings notifications to people; returns whether there is anybody.
    mutating func wakeReaders() -> Bool {
        readers.removeAll { $0.end.hasCome.load(ordering: .sequentiallyConsistent) }
        for reader in readers { reader.changes.yield() }
        return !readers.isEmpty
    }

    mutating func hold(_ announcement: Announcement) {
        held.append(announcement)
        // Whoever follows has all of them.
        if held.count > Self.mostHeld { held.removeFirst() }
    }

    /// Takes it on to tell it; false when somebody else does.
    mutating func claim(_ id: KeptAnnouncement.ID) -> Bool { claimed.insert(id).inserted }

    mutating func release(_ ids: [KeptAnnouncement.ID]) { claimed.subtract(ids) }

    mutating func takeHeld() -> [Announcement] {
        defer { held = [] }
        return held
    }

    mutating func takeLater() -> [Announcement] {
        defer { later = [] }
        return later
    }

    mutating func finish() {
        ring.finish()
        for reader in readers { reader.changes.finish() }
        readers = []
    }
}
