import TelegramFront
import TestSupport
import Testing

/// Placeholders that Telegram refuses for reasons that nobody knows.
@Suite(.timeLimit(.minutes(1))) struct RefusedPlaceholderTests {
    private let rig: OutboxRig
    private let chat: FakeChat

    init() throws {
        rig = try OutboxRig()
        chat = rig.telegram.privateChat(with: rig.telegram.addUser("Ann"))
    }

    @Test(arguments: 1...3)
    func `progress that is refused at first costs no answer`(times: Int) async throws {
        rig.telegram.inject(.badRequest("something new"), into: "sendMessage", times: times)
        let outbox = try rig.outbox()
        try await rig.running(outbox) {
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("working"), priority: .progress)])
            try await rig.telegram.wait(for: "the refusals") { $0.calls(of: "sendMessage").count >= times }
            try await outbox.put([Slot("turn", at: chat.address, SlotContent("the answer"))])
            try await chat.waitForBot(saying: "the answer")
        }
        #expect(chat.texts == ["the answer"])
    }

    @Test func `an answer that is refused each time fails, and those behind it follow`() async throws {
        rig.telegram.inject(.badRequest("something new"), into: "sendMessage", times: 3)
        try await rig.deliver([
            Slot("one", at: chat.address, SlotContent("one")), Slot("two", at: chat.address, SlotContent("two")),
        ])
        #expect(chat.texts == ["two"])
        let failed = await rig.store["one"]
        #expect(failed?.stage == .failed("Telegram answered 400: Bad Request: something new"))
        let remarks = await rig.remarks.all
        #expect(remarks == [.notSent(key: "one", reason: "Telegram answered 400: Bad Request: something new")])
    }
}
