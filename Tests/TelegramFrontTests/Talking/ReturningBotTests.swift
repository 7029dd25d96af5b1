import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// A bot that is blocked or thrown out while a turn runs, and that is let in again.
@Suite(.timeLimit(.minutes(1))) struct ReturningBotTests {
    private let rig: BotRig
    private let group: FakeChat

    init() throws {
        rig = try BotRig { [$0.addSupergroup("team")] }
        group = try #require(rig.group)
    }

    /// A core that takes everything.
    private var core: ScriptedCore {
        ScriptedCore { _, _ in .accepted(Receipt(message: Message.ID(rawValue: 1), ahead: 0)) }
    }

    /// Has a turn begin for what somebody says in `chat`, and returns it when its progress is shown.
    private func begin(_ core: ScriptedCore, of user: FakeUser, in chat: FakeChat) async throws -> Turn.ID {
        let session = rig.session(user, in: chat), said = rig.telegram.say("@cm_test_bot go", from: user, in: chat)
        _ = try await eventually("the session is shown") { core.readers(of: session) == 1 ? true : nil }
        var message = Message(text: "go", author: user.name, origin: .telegram, sender: "telegram")
        message.key = "telegram:\(rig.telegram.bot.id):\(chat.id):\(said.message)"
        let id = Message.ID(rawValue: 1), turn = Turn.ID(rawValue: 2)
        core.tell(
            .accepted(id, message),
            .started(Turn(id: turn, SessionState.Waiting(id: id, message: message, attempt: 1))),
            in: session)
        try await chat.waitForButton("Cancel")
        return turn
    }

    /// Has the progress of `turn` change, and returns when it is found out that nothing can be written to `chat`.
    private func lost(
        _ chat: FakeChat, _ core: ScriptedCore, _ turn: Turn.ID, in session: SessionID
    ) async throws -> ChatLoss {
        core.tell(
            .action(turn, Action(id: "1", kind: .command, title: "make", status: .started, role: .developer)),
            in: session)
        return try await lost(chat)
    }

    private func lost(_ chat: FakeChat) async throws -> ChatLoss {
        try await eventually("the chat is lost") { await rig.store.losses[Int64(chat.id)] }
    }

    private func finish(_ turn: Turn.ID, _ core: ScriptedCore, in session: SessionID) async throws {
        let answer = (1...3).map { "part \($0) " + String(repeating: "word ", count: 700) }.joined(separator: "\n\n")
        core.tell(.finished(turn, Outcome(status: .ok, text: answer, durationMs: 42_000)), in: session)
        try await rig.store.wait { $0.contains { $0.key.hasSuffix("/end") } }
    }

    /// Checks that all of the answer is there, once and in order, and nothing else.
    private func check(_ chat: FakeChat) {
        let seen = chat.transcript.byBot.map { String($0.text.prefix(6)) }.filter { !$0.hasPrefix("📊") }
        #expect(seen == ["part 1", "part 2", "part 3", "✅ 42 s"], "\(chat.rendered)")
    }

    private func place(_ isGroup: Bool) -> (user: FakeUser, chat: FakeChat) {
        isGroup ? (rig.bob, group) : (rig.bob, rig.chat(rig.bob))
    }

    @Test(arguments: [false, true])
    func `who lets it in again gets all of the answer at once, and the owner is told of both`(
        isGroup: Bool
    ) async throws {
        let rig = rig, core = core, (user, chat) = place(isGroup), session = rig.session(user, in: chat)
        // So slow that the next try would be seen.
        try await rig.running(core, step: .milliseconds(10)) { _ in
            let turn = try await begin(core, of: user, in: chat)
            rig.telegram.removeBot(from: chat, by: user)
            let loss = try await lost(chat, core, turn, in: session)
            try await finish(turn, core, in: session)
            rig.telegram.addBot(to: chat, by: user)
            try await chat.waitForBot(saying: "✅")
            #expect(rig.clock.milliseconds < loss.since + 60_000)
            try await rig.chat(rig.ann).waitForBot(saying: "What waited for")
        }
        check(chat)
        let words = isGroup ? "the group \(group.id); what" : "the chat with \(user.id); what"
        #expect(rig.chat(rig.ann).transcript.byBot(saying: "Nothing can be written to \(words)").count == 1)
    }

    @Test func `who lets it in again while no bot runs gets all of the answer as well`() async throws {
        let rig = rig, core = core, (user, chat) = place(false), session = rig.session(user, in: chat)
        try await rig.running(core, step: .milliseconds(10)) { _ in
            let turn = try await begin(core, of: user, in: chat)
            rig.telegram.removeBot(from: chat, by: user)
            _ = try await lost(chat, core, turn, in: session)
            try await finish(turn, core, in: session)
        }
        rig.telegram.addBot(to: chat, by: user)
        let loss = try await lost(chat)
        try await rig.running(self.core, step: .milliseconds(10)) { _ in try await chat.waitForBot(saying: "✅") }
        #expect(rig.clock.milliseconds < loss.since + 60_000)
        check(chat)
    }

    @Test(arguments: [false, true])
    func `what waits for somebody who is not let in any more is dropped, and what strangers are told is not`(
        isGroup: Bool
    ) async throws {
        let rig = rig, core = core, (user, chat) = place(isGroup), session = rig.session(user, in: chat)
        try await rig.running(core) { _ in
            let turn = try await begin(core, of: user, in: chat)
            rig.telegram.removeBot(from: chat, by: user)
            _ = try await lost(chat, core, turn, in: session)
            try await finish(turn, core, in: session)
            if isGroup { rig.access.pairedChats = [] } else { rig.access.users = [] }
            rig.telegram.addBot(to: chat, by: user)
            try await rig.store.settled()
            guard !isGroup else { return }
            rig.telegram.say("hello?", from: user)
            try await chat.waitForBot(saying: "Unauthorized")
        }
        // A restart brings nothing of it either.
        try await rig.running(self.core) { _ in try await rig.telegram.waitForPoll() }
        #expect(!chat.rendered.contains("part 1") && !chat.rendered.contains("✅"), "\(chat.rendered)")
        let withdrawn = await rig.store.slots.filter { $0.stage == .withdrawn }
        #expect(!withdrawn.isEmpty && withdrawn.allSatisfy { $0.address.chat == Int64(chat.id) })
        let told = rig.log.text.split(separator: "\n").filter { $0.contains("may not have them any more") }
        #expect(told.count == 1)
    }

    @Test func `whoever writes there shows that it can be written to`() async throws {
        let rig = rig, core = core, (user, chat) = place(true), session = rig.session(user, in: chat)
        try await rig.running(core, step: .milliseconds(10)) { _ in
            let turn = try await begin(core, of: user, in: chat)
            rig.telegram.inject(.forbidden("bot is not a member of the supergroup chat"), into: "editMessageText")
            let loss = try await lost(chat, core, turn, in: session)
            try await finish(turn, core, in: session)
            // Not even to the bot.
            rig.telegram.say("/nothing@other_bot", from: rig.ann, in: chat)
            try await chat.waitForBot(saying: "✅")
            #expect(rig.clock.milliseconds < loss.since + 60_000)
        }
        check(chat)
    }

    @Test func `what nobody says is found out`() async throws {
        let rig = rig, core = core, (user, chat) = place(false), session = rig.session(user, in: chat)
        try await rig.running(core) { _ in
            let turn = try await begin(core, of: user, in: chat)
            rig.telegram.inject(.forbidden("bot was blocked by the user"), into: "editMessageText", times: 3)
            _ = try await lost(chat, core, turn, in: session)
            try await finish(turn, core, in: session)
            try await chat.waitForBot(saying: "✅")
        }
        check(chat)
    }

    @Test func `the owner whose own chat is lost is told of it elsewhere, and not there when it is back`() async throws
    {
        let rig = rig, core = core, chat = rig.chat(rig.ann)
        try await rig.running(core, step: .milliseconds(10)) { _ in
            rig.telegram.removeBot(from: chat, by: rig.ann)
            await rig.desk.say("fire", .critical)
            _ = try await lost(chat)
            _ = try await eventually("it is told") {
                await rig.desk.all.first { $0.announcement.text.hasPrefix("Nothing can be written to the owner's") }
            }
            await rig.desk.say("rain", .warning)
            _ = try await eventually("all is taken in") { await rig.desk.isSettled ? true : nil }
            rig.telegram.addBot(to: chat, by: rig.ann)
            try await chat.waitForBot(saying: "rain")
            _ = try await eventually("all is taken in") { await rig.desk.isSettled ? true : nil }
            try await rig.store.settled()
        }
        let seen = chat.transcript.byBot
        #expect(seen.first?.text == "🔴 fire" && seen.first?.isSilent == false)
        #expect(seen.count == 2 && seen.last?.text.contains("written") == false)
        #expect(await rig.desk.all.count { $0.announcement.text.contains("owner's chat") } == 2)
    }

    private static let faults: [TelegramFault] = [
        .serverError(500), .serverPage(502), .droppedBefore, .droppedAfter, .halfAnswer, .invalidJSON,
    ]

    @Test(arguments: faults)
    func `an urgent notification is heard of though Telegram fails or the way to it does`(
        fault: TelegramFault
    ) async throws {
        let rig = rig, core = core
        rig.telegram.inject(fault, into: "sendMessage", times: 2)
        try await rig.running(core) { _ in
            await rig.desk.say("fire", .critical)
            try await rig.store.wait { $0.contains { $0.key.hasPrefix("notification/") && $0.shown != nil } }
        }
        let seen = rig.chat(rig.ann).transcript.byBot(saying: "🔴 fire")
        #expect((1...3).contains(seen.count) && seen.allSatisfy { !$0.isSilent })
    }

    @Test(arguments: faults)
    func `a request is heard of though Telegram fails or the way to it does`(fault: TelegramFault) async throws {
        let rig = rig, core = core, (user, chat) = place(false), session = rig.session(user)
        try await rig.running(core) { _ in
            let turn = try await begin(core, of: user, in: chat)
            // The question itself goes well.
            rig.telegram.inject(FaultRule(fault, to: ["sendMessage"], skipping: 1, times: 2))
            core.tell(
                .approval(turn, Approval.test(ApprovalRequest(id: "1", kind: .command, title: "touch file"), in: turn)),
                in: session)
            try await rig.store.wait { $0.contains { $0.key.hasSuffix("a7/call") && $0.shown != nil } }
        }
        let calls = chat.transcript.byBot(saying: "⏸ waiting for you · a7")
        #expect((1...3).contains(calls.count) && calls.allSatisfy { !$0.isSilent })
        #expect(chat.transcript.byBot.count { $0.button("Allow once") != nil } == 1)
    }

    @Test func `a reply whose place is refused for minutes arrives`() async throws {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.bob)
        rig.telegram.inject(.badRequest("something new"), into: "sendMessage", times: 3)
        try await rig.running(core) { _ in
            rig.telegram.say("hello", from: rig.bob)
            try await chat.waitForBot(saying: "answer to hello")
        }
        #expect(chat.transcript.byBot.count == 1)
    }
}
