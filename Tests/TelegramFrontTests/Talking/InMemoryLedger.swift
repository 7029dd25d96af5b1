import Conversation
import Locking
import TestSupport

@testable import TelegramFront

/// Keeps how far sessions are shown, beside the messages. An actor, because watches come and go.
actor InMemoryLedger: ChatLedger, AttachmentLedger {
    /// What was kept together.
    struct Put: Sendable {
        var slots: [Slot]
        var cursor: ChatCursor
        /// In milliseconds since 1970.
        var at: Int64
    }

    private let outbox: InMemoryOutboxStore
    private let now: @Sendable () -> Int64
    private var kept: [ChatCursor] = []
    private var attached: [ChatAddress: SessionID] = [:]
    private(set) var puts: [Put] = []
    /// How often it fails before it keeps anything.
    private var failures = 0

    init(beside outbox: InMemoryOutboxStore, now: @escaping @Sendable () -> Int64) {
        self.outbox = outbox
        self.now = now
    }

    func fail(times: Int) { failures = times }

    /// As when the session is deleted.
    func forget(_ session: SessionID) { kept.removeAll { $0.session == session } }

    func cursors(of bot: Int64) -> [ChatCursor] { kept }

    func begin(_ cursor: ChatCursor, bot: Int64) -> ChatCursor {
        if let made = kept.first(where: { $0.session == cursor.session && $0.address == cursor.address }) {
            return made
        }
        kept.append(cursor)
        return cursor
    }

    func attachments(of bot: Int64) -> [ChatAddress: SessionID] { attached }

    func attach(
        _ cursor: ChatCursor, isOwn: Bool, leaving left: ChatCursor?, telling slots: [Slot], bot: Int64
    ) async -> [Slot] {
        attached[cursor.address] = isOwn ? nil : cursor.session
        _ = begin(cursor, bot: bot)
        if let index = kept.firstIndex(where: { $0.session == left?.session && $0.address == left?.address }) {
            kept[index].awaited = max(kept[index].awaited, left?.awaited ?? .start)
        }
        return await outbox.put(slots, bot: bot)
    }

    func slots(under prefix: String, bot: Int64) async -> [Slot] {
        await outbox.slots.filter { $0.key.hasPrefix(prefix) }
    }

    func leave(
        _ cursor: ChatCursor, isOwn: Bool, isBarred: Bool, telling slots: [Slot], bot: Int64
    ) async -> [Slot] {
        guard isBarred || attached[cursor.address].map({ $0 != cursor.session }) ?? !isOwn else { return [] }
        kept.removeAll { $0.session == cursor.session && $0.address == cursor.address }
        return await outbox.put(slots, bot: bot)
    }

    func put(_ slots: [Slot], upTo cursor: ChatCursor, bot: Int64) async throws -> [Slot] {
        guard failures == 0 else {
            failures -= 1
            throw Trouble()
        }
        var new = cursor
        if let old = kept.first(where: { $0.session == cursor.session && $0.address == cursor.address }) {
            new.awaited = old.awaited
        }
        kept.removeAll { $0.session == cursor.session && $0.address == cursor.address }
        kept.append(new)
        puts.append(Put(slots: slots, cursor: cursor, at: now()))
        return await outbox.put(slots, bot: bot)
    }
}

/// Something that nobody expects.
struct Trouble: Error {}

/// What a bot remembers, as the database does.
actor InMemoryMemory: BotMemory {
    private let now: @Sendable () -> Int64
    private var welcomedAt: Int64?
    private var told: String?
    private var before: Predecessor?
    private var notes: [String: String] = [:]
    private var failures = 0

    init(now: @escaping @Sendable () -> Int64) { self.now = now }

    func welcomed(of bot: Int64) -> Int64? { welcomedAt }

    func noteWelcome(of bot: Int64) throws {
        guard failures == 0 else {
            failures -= 1
            throw Trouble()
        }
        (welcomedAt, before) = (now(), nil)
    }

    /// How often it fails before it notes a welcome.
    func fail(times: Int) { failures = times }

    func predecessor(of bot: Int64) -> Predecessor? { before }
    func setPredecessor(_ name: String) { before = Predecessor(name, welcome: "\(now())") }
    func note(_ name: String, of bot: Int64) -> String? { notes[name] }
    func write(_ text: String?, as name: String, of bot: Int64) { notes[name] = text }
    func commands(of bot: Int64) -> String? { told }
    func noteCommands(_ commands: String, of bot: Int64) { told = commands }
    func rename(_ chat: Int64, to new: Int64, of bot: Int64) {}
}

/// Those that a test lets in, and no codes.
struct FixedGuests: Guests {
    var who: Access
    /// How often it fails before it tells anything.
    let failures = Locked(0)

    func access() throws -> Access {
        try failures.withLock { failures in
            guard failures == 0 else {
                failures -= 1
                throw Trouble()
            }
        }
        return who
    }

    func redeem(_ text: String, of user: BotUser, in chat: BotChat) -> Pairing? { nil }
}
