import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// A chat that was lost, or was due something at the start, whose people lose the right to some of it.
@Suite(.timeLimit(.minutes(1))) struct LostRightTests {
    private let clock = ManualClock()
    private let rig: OutboxRig
    private let ann: FakeUser
    private let chat: FakeChat
    /// The starts of the keys that may not go.
    private let refused = Locked<[String]>([])

    init() throws {
        rig = try OutboxRig(clock: clock)
        ann = rig.telegram.addUser("Ann")
        chat = rig.telegram.privateChat(with: ann)
    }

    private func outbox() throws -> Outbox {
        try rig.outbox(rights: { [refused] in
            let keys = refused.withLock(\.self)
            return { slot in !keys.contains { slot.key.hasPrefix($0) } }
        })
    }

    private var wishes: [Slot] {
        [
            Slot("own/1", at: chat.address, SlotContent("own 1"), priority: .progress),
            Slot("other/1", at: chat.address, SlotContent("other 1")),
            Slot("other/end", at: chat.address, SlotContent("other end"), delivery: .once, isLoud: true),
            Slot("own/2", at: chat.address, SlotContent("own 2")),
            Slot("other/call", at: chat.address, SlotContent("other call"), delivery: .repeated, isLoud: true),
        ]
    }

    private func withdrawn() async -> [String] {
        await rig.store.slots.filter { $0.stage == .withdrawn }.map(\.key)
    }

    /// Runs an outbox while `body` runs whose chat was lost and has let the bot in again, but what begins with `start` may
    /// not go there any more.
    private func returning(without start: String, _ body: (Outbox) async throws -> Void) async throws {
        let outbox = try outbox()
        rig.telegram.removeBot(from: chat, by: ann)
        try await rig.running(outbox) {
            try await outbox.put(wishes)
            _ = try await eventually("the chat is lost") { await rig.store.losses[chat.address.chat] }
            refused.withLock { $0 = [start] }
            rig.telegram.addBot(to: chat, by: ann)
            try await body(outbox)
        }
    }

    @Test func `what may not go any more is given up before a lost chat is tried, and the rest goes`() async throws {
        let id = chat.address.chat
        try await returning(without: "other/") { outbox in
            try await outbox.hear(from: id)
            try await rig.store.settled()
        }
        #expect(chat.texts == ["own 2", "own 1"])
        #expect(await withdrawn() == ["other/1", "other/end", "other/call"])
        let remarks = await rig.remarks.all
        #expect(remarks.dropFirst() == [.withdrawn(id, count: 3), .chatBack(id)])
    }

    @Test func `where nothing may go any more nobody asks, not even after a restart`() async throws {
        let id = chat.address.chat
        try await returning(without: "") { _ in
            let calls = rig.telegram.calls.count
            // At the next try, as nobody is heard from.
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60) - clock.now.offset)
            try await rig.store.settled()
            #expect(rig.telegram.calls.count == calls)
            _ = try await eventually("it is no more lost") { await rig.store.losses.isEmpty ? true : nil }
        }
        let remarks = await rig.remarks.all
        #expect(remarks.dropFirst() == [.withdrawn(id, count: 5)])
        refused.withLock { $0 = [] }
        let second = try outbox()
        try await rig.running(second) {
            try await second.put([Slot("later", at: chat.address, SlotContent("later"))])
            try await rig.store.settled()
        }
        #expect(chat.texts == ["later"])
    }

    @Test func `what is due from before the start is looked at in any chat, and given up once`() async throws {
        let other = rig.telegram.privateChat(with: rig.telegram.addUser("Bob"))
        _ = await rig.store.put(wishes + [Slot("bob", at: other.address, SlotContent("hello"))], bot: 0)
        refused.withLock { $0 = ["own/", "other/"] }
        for _ in 1...2 {
            let outbox = try outbox()
            try await rig.running(outbox) { try await rig.store.settled() }
        }
        #expect(chat.texts.isEmpty && other.texts == ["hello"])
        #expect(await withdrawn().count == 5)
        let remarks = await rig.remarks.all
        #expect(remarks == [.withdrawn(chat.address.chat, count: 5)])
    }

    @Test
    func `what was given up is sent when it is wished for again and may go, as an answer in place of its progress`()
        async throws
    {
        let id = chat.address.chat
        try await returning(without: "") { outbox in
            try await outbox.hear(from: id)
            try await rig.store.settled()
            refused.withLock { $0 = [] }
            try await outbox.put([Slot("own/1", at: chat.address, SlotContent("the answer"))])
            try await rig.store.settled()
        }
        #expect(chat.texts == ["the answer"])
        #expect(await withdrawn().count == 4)
    }

    @Test func `what waits in a chat is given up when that is asked for, and what is wished for then goes`()
        async throws
    {
        let other = rig.telegram.privateChat(with: rig.telegram.addUser("Bob")), id = chat.address.chat
        rig.telegram.inject(.tooManyRequests(retryAfter: 30), into: "sendMessage", times: 2)
        let outbox = try outbox()
        try await rig.running(outbox) {
            try await outbox.put(wishes + [Slot("other/bob", at: other.address, SlotContent("hello"))])
            _ = try await eventually("both chats are held") { await rig.store.holds.count == 2 ? true : nil }
            refused.withLock { $0 = ["other/"] }
            try await outbox.withdraw(from: id)
            // That of the other chat is looked at when its pause is over.
            #expect(await withdrawn() == ["other/1", "other/end", "other/call"])
            try await outbox.put([Slot("revoked", at: chat.address, SlotContent("no more"))])
            await clock.sleeping(until: .seconds(30))
            clock.advance(by: .seconds(30))
            try await rig.store.settled()
        }
        #expect(chat.texts == ["own 2", "no more", "own 1"] && other.texts.isEmpty)
        let remarks = await rig.remarks.all
        #expect(remarks.contains(.withdrawn(id, count: 3)))
    }

    @Test func `what waits for a pause is looked at when that is over, though nobody asks for it`() async throws {
        let outbox = try outbox()
        rig.telegram.inject(.tooManyRequests(retryAfter: 30), into: "sendMessage", times: 1)
        try await rig.running(outbox) {
            try await outbox.put(wishes)
            _ = try await eventually("the chat is held") { await rig.store.holds.isEmpty ? nil : true }
            refused.withLock { $0 = ["other/"] }
            await clock.sleeping(until: .seconds(30))
            clock.advance(by: .seconds(30))
            try await rig.store.settled()
            #expect(await withdrawn() == ["other/1", "other/end", "other/call"])
            // It is open again.
            refused.withLock { $0 = [""] }
            try await outbox.put([Slot("later", at: chat.address, SlotContent("later"))])
            try await rig.store.settled()
        }
        #expect(chat.texts == ["own 2", "own 1", "later"])
        #expect(await rig.store.holds.isEmpty)
    }

    @Test func `in a chat that is open nobody is asked again`() async throws {
        let outbox = try outbox()
        try await rig.running(outbox) {
            try await outbox.put([Slot("first", at: chat.address, SlotContent("first"))])
            try await rig.store.settled()
            refused.withLock { $0 = [""] }
            try await outbox.put([Slot("second", at: chat.address, SlotContent("second"))])
            try await rig.store.settled()
        }
        #expect(chat.texts == ["first", "second"])
    }
}
