import Conversation
import TelegramFront

/// Notifications as the database keeps them, and the door by which they come; outlives every bot.
actor InMemoryDesk: NotificationDesk, NotificationDoor {
    private(set) var all: [KeptAnnouncement] = []
    private var change: Int64 = 0
    private var taken: Int64 = 0
    private(set) var state: String?
    var quietUntil: Int64?
    private var wentOn = Activity()
    private var followers: [AsyncStream<Void>.Continuation] = []
    /// What was said while nobody brought it to people.
    private(set) var unheard: [Announcement] = []
    /// Whether nothing can be kept, as when the disk is full.
    private var isFull = false
    /// How often that was so.
    private(set) var refusals = 0
    private let slots: InMemoryOutboxStore
    private let now: @Sendable () -> Int64

    init(_ slots: InMemoryOutboxStore, now: @escaping @Sendable () -> Int64) {
        (self.slots, self.now) = (slots, now)
    }

    /// Whether everything was taken in.
    var isSettled: Bool { taken == change }

    func notify(_ announcement: Announcement) {
        change += 1
        let time = Timestamp(millisecondsSince1970: now())
        if let index = all.lastIndex(where: { $0.isRepeated(by: announcement, at: time) }) {
            all[index].count(announcement, at: time, change: change)
        } else {
            all.append(
                KeptAnnouncement(
                    id: Int64(all.count + 1), change: change, announcement, firstAt: time, lastAt: time))
        }
        if !ring() { unheard.append(announcement) }
    }

    func say(_ text: String, _ priority: Announcement.Priority = .info) {
        notify(Announcement(priority, key: text, text, of: "test"))
    }

    func beQuiet(until time: Int64?) {
        quietUntil = time
        ring()
    }

    func setFull(_ isFull: Bool) { self.isFull = isFull }

    func goOn(_ activity: Activity) { wentOn = activity }

    func notificationChanges() -> AsyncStream<Void> {
        let (stream, follower) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        follower.yield()
        followers.append(follower)
        return stream
    }

    @discardableResult private func ring() -> Bool {
        followers.removeAll { if case .terminated = $0.yield() { true } else { false } }
        return !followers.isEmpty
    }

    func mail(for bot: Int64) -> NotificationMail {
        NotificationMail(
            kept: all.filter { $0.change > taken }.sorted { $0.change < $1.change }, dropped: 0,
            quietUntil: quietUntil, state: state)
    }

    func activity(since time: Int64, exceptWith owner: Int64) -> Activity { wentOn }

    func put(_ slots: [Slot], _ state: String, after mail: NotificationMail, bot: Int64) async throws -> [Slot] {
        guard !isFull else {
            refusals += 1
            throw Trouble()
        }
        taken = mail.kept.last?.change ?? taken
        self.state = state
        for kept in mail.kept {
            if let index = all.firstIndex(where: { $0.id == kept.id }) { all[index].isTold = true }
        }
        return await self.slots.put(slots, bot: bot)
    }
}

/// What a core has people told comes here.
extension InMemoryDesk: NotificationLedger {
    func keep(_ announcement: Announcement, at time: Timestamp) throws -> KeptAnnouncement {
        notify(announcement)
        guard let kept = all.last(where: { $0.announcement.key == announcement.key }) else { throw Trouble() }
        return kept
    }

    /// The bot brings all of it.
    func standing() -> NotificationStanding { NotificationStanding() }

    func noteTold(_ ids: [KeptAnnouncement.ID], dropped: Int) {}

    func keepQuiet(until time: Timestamp?) { beQuiet(until: time?.millisecondsSince1970) }
}

/// A desk that a mortal program uses: it dies before or after what it writes is on disk.
struct MortalDesk: NotificationDesk {
    let base: InMemoryDesk
    let mortal: Mortal

    func mail(for bot: Int64) async throws -> NotificationMail {
        try await mortal.step()
        return await base.mail(for: bot)
    }

    func activity(since time: Int64, exceptWith owner: Int64) async throws -> Activity {
        await base.activity(since: time, exceptWith: owner)
    }

    func put(_ slots: [Slot], _ state: String, after mail: NotificationMail, bot: Int64) async throws -> [Slot] {
        try await mortal.step()
        let kept = try await base.put(slots, state, after: mail, bot: bot)
        try await mortal.step()
        return kept
    }
}

/// An owner and nobody else.
struct OnlyOwner: Guests {
    let owner: Int64

    func access() async throws -> Access { Access(chat: owner) }
    func redeem(_ text: String, of user: BotUser, in chat: BotChat) async throws -> Pairing? { nil }
}
