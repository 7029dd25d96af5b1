import TelegramFront
import TestSupport
import Testing

/// A chat where the bot is blocked, or thrown out, and comes back or not.
@Suite(.timeLimit(.minutes(1))) struct LostChatTests {
    private static let day: Int64 = 24 * 3600

    private let clock = ManualClock()
    private let rig: OutboxRig
    private let ann: FakeUser
    private let chat: FakeChat

    init() throws {
        rig = try OutboxRig(clock: clock)
        ann = rig.telegram.addUser("Ann")
        chat = rig.telegram.privateChat(with: ann)
    }

    private var progress: Slot { Slot("turn", at: chat.address, SlotContent("working"), priority: .progress) }

    /// How the turn of ``progress`` ends.
    private var end: [Slot] {
        ["one", "two", "three"].enumerated().map { index, text in
            Slot(index == 0 ? "turn" : "turn/\(index + 1)", at: chat.address, SlotContent(text))
        } + [Slot("end", at: chat.address, SlotContent("done"), delivery: .once, isLoud: true)]
    }

    private func lost() async throws -> ChatLoss {
        try await rig.store.wait(untilLost: chat.address.chat)
    }

    /// Moves the clock to `second` when the outbox waits for that.
    private func pass(to second: Int64) async {
        await clock.sleeping(until: .seconds(second))
        clock.advance(by: .seconds(second) - clock.now.offset)
    }

    /// A turn begins, the bot is blocked, and the turn ends.
    private func lose(_ outbox: Outbox) async throws {
        try await outbox.put([progress])
        try await chat.waitForBot(saying: "working")
        try await rig.store.settled()
        rig.telegram.removeBot(from: chat, by: ann)
        var changed = progress
        changed.wanted.text = "still working"
        try await outbox.put([changed])
        #expect(try await lost() == ChatLoss(since: 0, until: 60_000))
        try await outbox.put(end)
    }

    @Test func `who comes back during a turn gets all of it, each part once and in order`() async throws {
        let outbox = try rig.outbox(), calls = rig.telegram.calls.count
        try await rig.running(outbox) {
            try await lose(outbox)
            rig.telegram.addBot(to: chat, by: ann)
            #expect(rig.telegram.calls.count == calls + 3)
            try await outbox.hear(from: chat.address.chat)
            try await rig.store.settled()
        }
        #expect(chat.texts == ["one", "two", "three", "done"])
        #expect(chat.transcript.byBot.map(\.isSilent) == [true, true, true, false])
        let losses = await rig.store.losses
        #expect(losses.isEmpty)
        let remarks = await rig.remarks.all
        #expect(
            remarks == [
                .chatLost(chat.address.chat, reason: "Telegram answered 403: Forbidden: bot was blocked by the user"),
                .chatBack(chat.address.chat),
            ])
    }

    @Test func `over a restart nothing is asked before its time, and nothing is lost`() async throws {
        let first = try rig.outbox()
        try await rig.running(first) { try await lose(first) }
        rig.telegram.addBot(to: chat, by: ann)
        let calls = rig.telegram.calls.count, sleeps = clock.sleeps(until: .seconds(60)), second = try rig.outbox()
        try await rig.running(second) {
            await clock.sleeping(until: .seconds(60), count: sleeps + 1)
            #expect(rig.telegram.calls.count == calls)
            await pass(to: 60)
            try await rig.store.settled()
        }
        #expect(chat.texts == ["one", "two", "three", "done"])
    }

    @Test func `what is heard before the answer of what is in flight counts`() async throws {
        rig.telegram.inject(FaultRule(.slow(.milliseconds(100)), to: ["sendMessage"], times: 1))
        let outbox = try rig.outbox()
        rig.telegram.removeBot(from: chat, by: ann)
        try await rig.running(outbox) {
            try await outbox.put(end)
            try await rig.telegram.waitForCall("sendMessage")
            rig.telegram.addBot(to: chat, by: ann)
            try await outbox.hear(from: chat.address.chat)
            await pass(to: 1)
            try await rig.store.settled()
        }
        #expect(chat.texts == ["one", "two", "three", "done"])
    }

    @Test func `it is tried less and less often, and others are told all the while`() async throws {
        let other = rig.telegram.privateChat(with: rig.telegram.addUser("Bob"))
        rig.telegram.removeBot(from: chat, by: ann)
        let outbox = try rig.outbox(), id = chat.address.chat
        try await rig.running(outbox) {
            try await outbox.put(end)
            var second: Int64 = 0
            let pauses = [60, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15_360, 30_720, 61_440, 86_400, 86_400, 86_400]
            for (index, pause) in pauses.enumerated() {
                let next = second + Int64(pause)
                _ = try await eventually("the next try is in \(pause) s") {
                    await rig.store.losses[id]?.until == next * 1000 ? true : nil
                }
                second = next
                let isLast = index == pauses.count - 1
                if isLast { rig.telegram.addBot(to: chat, by: ann) }
                // What reads the clock in milliseconds may be one behind.
                clock.advance(by: .seconds(isLast ? second + 1 : second) - clock.now.offset)
                // Also has it look at the clock.
                try await outbox.put([Slot("to Bob \(second)", at: other.address, SlotContent("hello"))])
                try await rig.store.wait { $0.last?.shown != nil }
            }
            try await rig.store.settled()
        }
        #expect(chat.texts == ["one", "two", "three", "done"])
        #expect(other.texts.count == 15)
        let lost = await rig.remarks.all.count { if case .chatLost = $0 { true } else { false } }
        #expect(lost == 1)
    }

    @Test func `after thirty days it is given up, and what comes later is tried again`() async throws {
        rig.telegram.removeBot(from: chat, by: ann)
        let outbox = try rig.outbox(), id = chat.address.chat
        let reason = "Telegram answered 403: Forbidden: bot was blocked by the user"
        try await rig.running(outbox) {
            try await outbox.put(end)
            #expect(try await lost().since == 0)
            clock.advance(by: .seconds(30 * Self.day))
            try await rig.store.settled()
            let stages = await rig.store.slots.map(\.stage)
            #expect(stages == Array(repeating: .failed(reason), count: 4))
            rig.telegram.addBot(to: chat, by: ann)
            try await outbox.put([Slot("later", at: chat.address, SlotContent("later"))])
            try await rig.store.settled()
        }
        #expect(chat.texts == ["later"])
        let remarks = await rig.remarks.all, losses = await rig.store.losses
        #expect(remarks == [.chatLost(id, reason: reason), .abandoned(id, count: 4, reason: reason)])
        #expect(losses.isEmpty)
    }

    @Test func `a chat that is not there waits as well, and what is told in passing is not kept`() async throws {
        let outbox = try rig.outbox(), nowhere = ChatAddress(chat: 1), nobody = ChatAddress(chat: 2)
        try await rig.running(outbox) {
            try await outbox.put([
                Slot("a", at: nowhere, SlotContent("a"), delivery: .once),
                Slot("b", at: nobody, SlotContent("Unauthorized"), delivery: .repeated, priority: .progress),
                Slot("c", at: chat.address, SlotContent("c")),
            ])
            try await rig.store.wait { slots in
                let stages = slots.map(\.stage)
                return stages.first == .new && slots.last?.shown != nil && stages[1].isFailed
            }
            _ = try await rig.store.wait(untilLost: 1)
        }
        #expect(chat.texts == ["c"])
        let losses = await rig.store.losses
        #expect(Set(losses.keys) == [1])
    }
}

extension InMemoryOutboxStore {
    /// How `chat` is lost, once it is.
    fileprivate func wait(untilLost chat: Int64) async throws -> ChatLoss {
        try await eventually("the chat is lost") { losses[chat] }
    }
}

extension Slot.Stage {
    fileprivate var isFailed: Bool { if case .failed = self { true } else { false } }
}
