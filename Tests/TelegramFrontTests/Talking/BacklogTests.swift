import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// A bot before the real core, at the product's own pace, where Telegram enforces its limits; all in the time of the test.
@Suite(.timeLimit(.minutes(1))) struct BacklogTests {
    private static let count = 100

    @Test func `a hundred messages of one person that were sent while it was down are answered once each, in order`()
        async throws
    {
        let rig = try BotRig(rules: .strict), chat = rig.chat(rig.ann)
        let shell = ScriptedShell { .answer("answer to \($0.text)") }
        let texts = (1...Self.count).map { "question \($0)" }
        let asked = texts.map { rig.telegram.say($0, from: rig.ann).message }
        try await rig.running(shell, step: .milliseconds(250)) { _ in
            try await chat.wait(for: "all ends", timeout: .seconds(50)) { $0.goodEnds.count == Self.count }
            try await rig.store.settled()
        }
        let seen = chat.transcript
        // Each has its own answer, and its own word at the end, and both are in the order of the questions.
        #expect(seen.byBot.map(\.text).filter { $0.hasPrefix("answer to ") } == texts.map { "answer to \($0)" })
        #expect(seen.goodEnds.map(\.replyTo) == asked)
        #expect(shell.texts == texts)
        #expect(seen.byBot.allSatisfy { $0.text != "…" && $0.button("Cancel") == nil }, "\(seen.rendered)")
        // All but the first were told their place, once.
        let places = seen.byBot.filter { $0.text.hasPrefix("queued, ") }.compactMap(\.replyTo)
        #expect(Set(places).count == places.count && Set(places).isSubset(of: asked.dropFirst()), "\(places)")
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty && rig.telegram.pendingUpdates.isEmpty)
        // The bot wrote too fast for Telegram, which is allowed, and waited then as it was told.
        #expect(rig.telegram.impatient.isEmpty, "\(rig.telegram.impatient)")
        #expect(rig.telegram.busiestSecond(in: chat) <= 3)
        print(
            "\(Self.count) messages of one person answered in \(rig.clock.milliseconds / 1000) s of the test's time,",
            "\(rig.telegram.refusedForFlood.count) times too fast")
    }

    @Test func `in a group, too, all are answered in order, and never more than Telegram takes in a minute`()
        async throws
    {
        let rig = try BotRig(rules: .strict) { [$0.addSupergroup("team")] }
        let team = try #require(rig.group), count = 12
        let shell = ScriptedShell { .answer("answer to \($0.text)") }
        let asked = (1...count).map { rig.telegram.say("@cm_test_bot question \($0)", from: rig.ann, in: team).message }
        try await rig.running(shell, step: .milliseconds(250)) { _ in
            try await team.wait(for: "all ends", timeout: .seconds(50)) { $0.goodEnds.count == count }
            try await rig.store.settled()
        }
        let seen = team.transcript
        #expect(
            seen.byBot.map(\.text).filter { $0.hasPrefix("answer to ") }
                == (1...count).map { "answer to question \($0)" })
        #expect(seen.goodEnds.map(\.replyTo) == asked && seen.byBot.allSatisfy { $0.text != "…" })
        // At most now and then three seconds were too full, and no minute ever was.
        #expect(rig.telegram.impatient.isEmpty)
        #expect(rig.telegram.refusedForFlood.allSatisfy { $0.floodPause == 1 })
    }
}

extension TestSupport.Transcript {
    /// The words at the end of turns that went well.
    var goodEnds: [ShownMessage] { byBot.filter { $0.text.hasPrefix("✅") } }
}
