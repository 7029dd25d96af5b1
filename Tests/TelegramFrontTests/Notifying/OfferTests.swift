import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// Requests of agents in sessions to which nobody is attached, as the owner is asked instead.
@Suite(.timeLimit(.minutes(1))) struct OfferTests {
    private static let session = SessionID(rawValue: "tty:default")
    private static let turn = Turn.ID(rawValue: 2)

    private let rig: BotRig
    private let request = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build", detail: "in /home/ann")

    init() throws { rig = try BotRig() }

    private var asked: Approval { Approval.test(request, in: Self.turn) }

    private func answered(_ decision: ApprovalDecision, by person: String) -> Approval {
        var approval = asked
        approval.answer = Approval.Answer(decision, by: person, basis: .person)
        return approval
    }

    /// A core in which an agent asks, and nobody is there.
    private func core(_ approval: Approval? = nil) -> ScriptedCore {
        rig.core(asking: approval ?? asked, in: Self.session)
    }

    private func announce() async { await rig.announce(asked, in: Self.session) }

    /// The message that asks.
    private func offer(_ label: String = "Allow once") async throws -> ShownMessage {
        try await rig.chat(rig.ann).waitForButton(label)
    }

    /// Has a bot offer the request, and end; the message that asks.
    private func offered() async throws -> ShownMessage {
        let rig = rig, chat = rig.chat(rig.ann)
        try await rig.running(core()) { _ in
            await announce()
            try await chat.wait(for: "the question and the call") { $0.byBot.count == 2 }
            try await rig.store.settled()
        }
        return try await offer()
    }

    @Test(
        arguments: [
            ("Allow once", .allow), ("For this session", .allowForSession), ("Deny", .deny(reason: nil)),
        ] as [(String, ApprovalDecision)])
    func `the owner answers by a button, once, and the message is closed`(label: String, decision: ApprovalDecision)
        async throws
    {
        let rig = rig, core = core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            await announce()
            let message = try await offer(label)
            #expect(message.text.hasPrefix("a7 wants to run a command in tty:default\n$ rm -rf build"))
            #expect(message.text.contains("/attach tty:default") && !message.text.contains("/approve"))
            let first = try rig.telegram.press(label, on: message.id, in: chat, by: rig.ann)
            #expect(try await rig.telegram.answer(to: first) == "Done")
            core.tell(.approval(Self.turn, answered(decision, by: "Ann (telegram)")), in: Self.session)
            try await chat.wait(for: "the end") { $0[message.id]?.buttons.isEmpty == true }
            let second = rig.telegram.press(forged: "a7:y", on: message.id, in: chat, by: rig.ann)
            #expect(try await rig.telegram.answer(to: second) == "This is settled already.")
        }
        #expect(core.calls == [.answer(asked.id, decision, Self.session)])
        let seen = chat.transcript.byBot
        #expect(seen.contains { $0.text.contains("by Ann (telegram)") })
        #expect(seen.map(\.text).filter { $0.hasPrefix("📊") }.isEmpty)
        // People hear of it, once.
        #expect(seen.count { !$0.isSilent } == 1 && seen.contains { $0.text.hasPrefix("▸ answered · a7") })
    }

    @Test func `who watches for the owner is nobody who can be asked`() async throws {
        let rig = rig, core = core()
        try await rig.running(core) { _ in
            await announce()
            _ = try await offer()
            _ = try await eventually("it is watched") { core.readers(of: Self.session) == 1 ? true : nil }
        }
        #expect(!core.hasAnswerers(in: Self.session))
    }

    @Test func `a request that is answered elsewhere closes the message`() async throws {
        let rig = rig, core = core()
        try await rig.running(core) { _ in
            await announce()
            let message = try await offer()
            _ = try await eventually("it is watched") { core.readers(of: Self.session) == 1 ? true : nil }
            core.tell(.approval(Self.turn, answered(.allow, by: "ann (terminal)")), in: Self.session)
            let seen = try await rig.chat(rig.ann).wait(for: "the end") { $0[message.id]?.buttons.isEmpty == true }
            #expect(seen[message.id]?.text.contains("allowed by ann (terminal)") == true)
        }
        #expect(core.calls.isEmpty)
    }

    @Test func `a session that is deleted closes the message`() async throws {
        let rig = rig, core = core()
        try await rig.running(core) { _ in
            await announce()
            let message = try await offer()
            _ = try await eventually("it is watched") { core.readers(of: Self.session) == 1 ? true : nil }
            core.tell(.deleted, in: Self.session)
            let seen = try await rig.chat(rig.ann).wait(for: "the end") { $0[message.id]?.buttons.isEmpty == true }
            #expect(seen[message.id]?.text == "a7 in tty:default waits for nobody any more.")
        }
    }

    @Test func `after a restart it can be answered at once, and what was settled meanwhile is closed`() async throws {
        let rig = rig, chat = rig.chat(rig.ann)
        let message = try await offered()
        let press = try rig.telegram.press("Deny", on: message.id, in: chat, by: rig.ann)
        let second = core()
        try await rig.running(second) { _ in
            let told = try await rig.telegram.answer(to: press)
            #expect(told == "Done")
        }
        #expect(second.calls == [.answer(asked.id, .deny(reason: nil), Self.session)])
        #expect(chat.transcript[message.id]?.buttons.isEmpty == false)
        // By the next one it is settled, and its answer is among what was.
        let third = rig.core()
        third.begin(
            Self.session, with: .approval(Self.turn, asked),
            .approval(Self.turn, answered(.deny(reason: nil), by: "Ann (telegram)")))
        try await rig.running(third) { _ in
            let seen = try await chat.wait(for: "the end") { $0[message.id]?.buttons.isEmpty == true }
            #expect(seen[message.id]?.text.contains("denied by Ann (telegram)") == true)
        }
        #expect(chat.transcript.byBot.count == 2)
    }

    @Test func `one of which nothing is left is closed after a restart`() async throws {
        let rig = rig, chat = rig.chat(rig.ann)
        let message = try await offered()
        try await rig.running(rig.core()) { _ in
            try await chat.wait(for: "the end") { $0[message.id]?.buttons.isEmpty == true }
        }
        #expect(chat.transcript[message.id]?.text == "a7 in tty:default waits for nobody any more.")
    }

    @Test func `presses are checked as messages are, and only the owner's counts`() async throws {
        let rig = rig, core = core(), eve = rig.telegram.addUser("Eve"), eves = rig.telegram.privateChat(with: eve)
        try await rig.running(core) { _ in
            await announce()
            let message = try await offer()
            let byEve = rig.telegram.press(forged: "a7:y", on: 1, in: eves, by: eve)
            #expect(try await rig.telegram.answer(to: byEve) == "Unauthorized")
            let byBob = rig.telegram.press(forged: "a7:y", on: 1, in: rig.chat(rig.bob), by: rig.bob)
            #expect(try await rig.telegram.answer(to: byBob) == "This is settled already.")
            let here = rig.telegram.press(forged: "a7:y", on: message.id, in: rig.chat(rig.ann), by: rig.bob)
            #expect(try await rig.telegram.answer(to: here) == "This is settled already.")
            for data in ["a8:y", "a7:0"] {
                let forged = rig.telegram.press(forged: data, on: message.id, in: rig.chat(rig.ann), by: rig.ann)
                #expect(try await rig.telegram.answer(to: forged) == "This is settled already.")
            }
        }
        #expect(core.calls.isEmpty)
    }

    @Test func `a question is answered by its choices`() async throws {
        let question = ApprovalRequest(id: "1", kind: .question, title: "Which?", choices: ["red", "blue"])
        let asked = Approval.test(question, in: Self.turn)
        let rig = rig, core = core(asked)
        try await rig.running(core) { _ in
            await announce()
            let message = try await offer("blue")
            let press = try rig.telegram.press("blue", on: message.id, in: rig.chat(rig.ann), by: rig.ann)
            #expect(try await rig.telegram.answer(to: press) == "Done")
        }
        #expect(core.calls == [.answer(asked.id, .answer("blue"), Self.session)])
    }

    @Test func `quiet holds it back until it ends, and what was settled by then is not shown`() async throws {
        let rig = rig, core = core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            await rig.desk.beQuiet(until: .max)
            await announce()
            _ = try await eventually("it is taken in") { await rig.desk.isSettled ? true : nil }
            #expect(chat.transcript.byBot.isEmpty)
            await rig.desk.beQuiet(until: nil)
            _ = try await offer()
        }
        let other = try OfferTests()
        try await other.heldBack()
    }

    private func heldBack() async throws {
        let rig = rig, core = core()
        try await rig.running(core) { _ in
            await rig.desk.beQuiet(until: .max)
            await announce()
            _ = try await eventually("it is watched") { core.readers(of: Self.session) == 1 ? true : nil }
            core.tell(.approval(Self.turn, answered(.allow, by: "ann (terminal)")), in: Self.session)
            _ = try await eventually("it is settled") { core.readers(of: Self.session) == 0 ? true : nil }
            await rig.desk.beQuiet(until: nil)
            await rig.desk.say("behind it")
            try await rig.chat(rig.ann).waitForBot(saying: "behind it")
        }
        #expect(rig.chat(rig.ann).transcript.byBot.count == 1)
    }

    @Test func `another owner is asked, and where the one before was asked it is closed with it`() throws {
        var state = NotifierState(owner: 5)
        let request = OfferedRequest(asked.id, in: Self.session)
        state.offers = [Offer(request: request, chat: 5)]
        state.move(to: 5)
        #expect(state.offers == [Offer(request: request, chat: 5)])
        state.move(to: 6)
        #expect(state.offers == [Offer(request: request, chat: 5), Offer(request: request)])
    }

    @Test func `what was kept before anything was offered is read`() throws {
        let digest = #"{"held":[],"heldOut":0,"alerts":[],"summarizedAt":0}"#
        let state = try NotifierState(#"{"owner":5,"digest":\#(digest),"changedAt":7}"#)
        #expect(state.owner == 5 && state.changedAt == 7 && state.offers.isEmpty)
    }
}
