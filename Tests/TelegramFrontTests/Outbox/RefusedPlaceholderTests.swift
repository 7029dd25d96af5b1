import TelegramFront
import TestSupport
import Testing

/// Placeholders that Telegram refuses for reasons that nobody knows.
@Suite(.timeLimit(.minutes(1))) struct RefusedPlaceholderTests {
    private let clock = ManualClock()
    private let rig: OutboxRig
    private let chat: FakeChat

    init() throws {
        rig = try OutboxRig(clock: clock)
        chat = rig.telegram.privateChat(with: rig.telegram.addUser("Ann"))
    }

    private var reason: String { "Telegram answered 400: Bad Request: something new" }

    @Test(arguments: 1...4)
    func `progress that is refused at first costs no answer`(times: Int) async throws {
        rig.telegram.inject(.badRequest("something new"), into: "sendMessage", times: times)
        let outbox = try rig.outbox()
        try await rig.running(outbox) {
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("working"), priority: .progress)])
            try await rig.moving(clock) {
                try await rig.telegram.wait(for: "the refusals") { $0.calls(of: "sendMessage").count >= times }
            }
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("the answer"))])
            // It waits for nothing that its progress waited for.
            try await chat.waitForBot(saying: "the answer")
        }
        #expect(chat.texts == ["the answer"])
    }

    /// An answer in two parts, its end, and a reply to something else.
    private var wishes: [Slot] {
        [
            Slot("tg:1:1@1/t3/1", at: chat.address, SlotContent("one")),
            Slot("tg:1:1@1/t3/2", at: chat.address, SlotContent("two")),
            Slot("tg:1:1@1/t3/end", at: chat.address, SlotContent("done"), delivery: .once, isLoud: true),
            Slot("tg:1:1@1/u4/reply", at: chat.address, SlotContent("reply")),
        ]
    }

    @Test(arguments: 1...4)
    func `an answer whose place is refused arrives minutes later, its parts in order, and all else at once`(
        times: Int
    ) async throws {
        // Of the first one alone: what passes it is sent in between.
        rig.telegram.inject(FaultRule(.badRequest("something new"), to: ["sendMessage"], times: 1))
        if times > 1 {
            rig.telegram.inject(
                FaultRule(.badRequest("something new"), to: ["sendMessage"], skipping: 2, times: times - 1))
        }
        let outbox = try rig.outbox()
        try await rig.running(outbox) {
            try await outbox.put(wishes)
            try await chat.waitForBot(saying: "reply")
            #expect(clock.now.offset == .zero)
            try await rig.moving(clock) { try await rig.store.settled() }
        }
        #expect(chat.texts == ["done", "reply", "one", "two"])
        let pauses: [Double] = [2, 12, 72, 372], pause = pauses[times - 1]
        let begun = rig.telegram.calls(of: "sendMessage")[times + 2].time
        #expect((pause...pause + 10).contains(begun))
    }

    @Test func `an answer that is refused for longer fails, and those behind it follow`() async throws {
        rig.telegram.inject(.badRequest("something new"), into: "sendMessage", times: 5)
        let outbox = try rig.outbox(), parts = Array(wishes.prefix(2))
        try await rig.running(outbox) {
            try await outbox.put(parts)
            try await rig.moving(clock) { try await rig.store.settled() }
        }
        #expect(chat.texts == ["two"])
        let failed = await rig.store[parts[0].key]
        #expect(failed?.stage == .failed(reason))
        let remarks = await rig.remarks.all
        #expect(remarks == [.notSent(key: parts[0].key, chat: chat.address.chat, reason: reason)])
    }

    @Test(arguments: [
        "not enough rights to send text messages to the chat", "have no rights to send a message",
        "CHAT_WRITE_FORBIDDEN",
    ])
    func `where the bot may not write for an hour nothing fails`(words: String) async throws {
        rig.telegram.inject(.badRequest(words), into: "sendMessage", times: 7)
        let outbox = try rig.outbox()
        try await rig.running(outbox) {
            try await outbox.put([
                Slot("one", at: chat.address, SlotContent("one")),
                Slot("two", at: chat.address, SlotContent("two"), delivery: .once, isLoud: true),
            ])
            for second in [60, 120, 240, 480, 960, 1920, 3840] {
                await clock.sleeping(until: .seconds(second))
                clock.advance(by: .seconds(second) - clock.now.offset)
            }
            try await rig.store.settled()
        }
        #expect(chat.texts == ["one", "two"])
    }
}
