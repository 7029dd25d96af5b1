import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// Requests that are offered to the owner while the disk fails.
@Suite(.timeLimit(.minutes(1))) struct OfferTroubleTests {
    private static let session = SessionID(rawValue: "tty:default")
    private static let turn = Turn.ID(rawValue: 2)
    private static let warning = "nothing can be said about a request that is offered"

    private let rig: BotRig

    init() throws { rig = try BotRig() }

    private var asked: Approval {
        Approval.test(ApprovalRequest(id: "1", kind: .command, title: "rm -rf build"), in: Self.turn)
    }

    private var chat: FakeChat { rig.chat(rig.ann) }

    /// A core in which an agent asks, and nobody is there.
    private func core() -> ScriptedCore { rig.core(asking: asked, in: Self.session) }

    private func announce() async { await rig.announce(asked, in: Self.session) }

    private func offered() -> [ShownMessage] { chat.transcript.byBot.filter { $0.text.hasPrefix("a7 wants to run") } }

    /// Waits until the request is offered, and is complete.
    private func waitForOffer() async throws {
        try await chat.wait(for: "the question and the call") { seen in
            seen.byBot.contains { $0.button("Allow once") != nil } && seen.byBot.contains { $0.text.hasPrefix("⏸") }
        }
        try await rig.store.settled()
    }

    private var warnings: Int { rig.log.text.split(separator: "\n").count { $0.contains(Self.warning) } }

    @Test func `one that cannot be read is offered as soon as it can, once, and holds up nothing until then`()
        async throws
    {
        let rig = rig, core = core()
        try await rig.running(core) { _ in
            core.setUnreadable(true)
            await announce()
            _ = try await eventually("it is taken in") { await rig.desk.isSettled ? true : nil }
            // The watch and the offer have tried again and again, further and further apart.
            _ = try await eventually("it is tried again") {
                rig.clock.sleeps.count { $0 > OfferWatch.pause && $0 <= BackOff.longest && $0 != Notifier.beat } > 3
                    ? true : nil
            }
            rig.telegram.say("hello", from: rig.bob)
            await rig.desk.say("rain")
            try await chat.waitForBot(saying: "rain")
            #expect(offered().isEmpty && warnings == 1)
            core.setUnreadable(false)
            try await waitForOffer()
            var answered = asked
            answered.answer = Approval.Answer(.allow, by: "ann (terminal)", basis: .person)
            _ = try await eventually("it is watched") { core.readers(of: Self.session) == 1 ? true : nil }
            core.tell(.approval(Self.turn, answered), in: Self.session)
            try await chat.wait(for: "the end") { seen in
                seen.byBot.contains { $0.text.contains("allowed by ann (terminal)") }
            }
        }
        #expect(offered().count == 1 && warnings == 1)
    }

    @Test func `one that was offered stays open while nothing can be read of it, and is closed afterwards`()
        async throws
    {
        let rig = rig
        try await rig.running(core()) { _ in
            await announce()
            try await waitForOffer()
        }
        let count = chat.transcript.byBot.count
        // The next one cannot look.
        var answered = asked
        answered.answer = Approval.Answer(.deny(reason: nil), by: "ann (terminal)", basis: .person)
        let second = rig.core()
        second.begin(Self.session, with: .approval(Self.turn, asked), .approval(Self.turn, answered))
        second.setUnreadable(true)
        try await rig.running(second) { _ in
            _ = try await eventually("it was tried") { warnings == 1 ? true : nil }
            #expect(chat.transcript.byBot.contains { $0.button("Allow once") != nil })
            second.setUnreadable(false)
            try await chat.wait(for: "the end") { seen in
                seen.byBot.contains { $0.text.contains("denied by ann (terminal)") }
            }
        }
        #expect(chat.transcript.byBot.count == count && offered().count == 1 && warnings == 1)
    }

    @Test func `one that cannot be kept is offered by the next bot, once`() async throws {
        let rig = rig
        await rig.desk.setFull(true)
        await announce()
        do {
            try await rig.running(core()) { _ in
                _ = try await eventually("it cannot be kept") { await rig.desk.refusals > 0 ? true : nil }
            }
        } catch is Trouble {}
        #expect(chat.transcript.byBot.isEmpty)
        await rig.desk.setFull(false)
        for _ in 1...2 { try await rig.running(core()) { _ in try await waitForOffer() } }
        #expect(offered().count == 1 && chat.transcript.byBot.count == 2)
    }
}
