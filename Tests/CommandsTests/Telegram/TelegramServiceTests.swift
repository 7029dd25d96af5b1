import Conversation
import Foundation
import JSONRPC
import Locking
import Store
import TestSupport
import Testing

@testable import Commands

/// The bot while the settings change around it, and when it has to leave.
@Suite(.timeLimit(.minutes(1))) struct TelegramServiceTests {
    // MARK: Settings

    @Test func `who is let in counts at once, and the bot polls on`() async throws {
        let rig = try ServiceRig()
        let bob = rig.telegram.addUser("Bob"), theirs = rig.telegram.privateChat(with: bob)
        try await rig.running {
            try await rig.telegram.waitForPoll()
            try rig.follow(["TELEGRAM_ALLOWED_USERS": "\(bob.id)"])
            rig.telegram.say("one", from: bob)
            try await theirs.waitForBot(saying: "heard one")
        }
        #expect(rig.telegram.calls(of: "getMe").count == 1)
    }

    @Test func `a bot that gets another token and server is begun anew there, and ends here`() async throws {
        let rig = try ServiceRig(), other = try FakeTelegram()
        let ann = other.addUser("Ann"), there = other.privateChat(with: ann)
        try await rig.running {
            try await rig.telegram.waitForPoll()
            try rig.follow([
                "TELEGRAM_BOT_TOKEN": other.token, "TELEGRAM_API_BASE": other.baseURL, "TELEGRAM_CHAT_ID": "\(ann.id)",
            ])
            other.say("one", from: ann)
            try await there.waitForBot(saying: "heard one")
            try await rig.telegram.wait(for: "the end of the poll") { $0.waitingPolls == 0 }
        }
        #expect(rig.told.withLock(\.self).isEmpty)
    }

    @Test(arguments: [FakeTelegram.freshToken(), "nonsense"])
    func `a token that is none is told of, and the bot goes on with the one before`(token: String) async throws {
        let rig = try ServiceRig()
        try await rig.running {
            try await rig.telegram.waitForPoll()
            try rig.follow(["TELEGRAM_BOT_TOKEN": token])
            try await rig.waitForNotice(saying: "the bot stays with the settings before")
            rig.telegram.say("one", from: rig.ann)
            try await rig.chat.waitForBot(saying: "heard one")
            // Told once, and over with the right one.
            try rig.follow(["TELEGRAM_BOT_TOKEN": token, "TELEGRAM_ALLOWED_USERS": "5"])
            try rig.follow([:])
            rig.telegram.say("two", from: rig.ann)
            try await rig.chat.waitForBot(saying: "heard two")
        }
        #expect(rig.told.withLock(\.count) == 1)
        #expect(!rig.log.text.contains(token))
    }

    @Test func `a bot begins with the first token, and ends when it is taken away`() async throws {
        let rig = try ServiceRig(["TELEGRAM_BOT_TOKEN": nil])
        try await rig.running {
            try rig.follow([:])
            try await rig.telegram.waitForPoll()
            try rig.follow(["TELEGRAM_BOT_TOKEN": nil])
            try await rig.telegram.wait(for: "the end of the poll") { $0.waitingPolls == 0 }
            try rig.follow([:])
            try await rig.telegram.waitForPoll()
        }
    }

    @Test func `a token that is none at the start leaves the bot off until there is another`() async throws {
        let rig = try ServiceRig(["TELEGRAM_BOT_TOKEN": FakeTelegram.freshToken()])
        try await rig.running {
            _ = try await eventually("the bot is off") { rig.log.text.contains("the bot is off") ? true : nil }
            try rig.follow([:])
            rig.telegram.say("one", from: rig.ann)
            try await rig.chat.waitForBot(saying: "heard one")
        }
    }

    @Test(arguments: [("getMe", false), ("getUpdates", true), ("sendMessage", true)])
    func `a token that Telegram does not know, or no longer, is told to people, and another one begins the bot again`(
        method: String, wasKnown: Bool
    ) async throws {
        let rig = try ServiceRig(), door = RecordingDoor()
        let other = try FakeTelegram(), ann = other.addUser("Ann"), there = other.privateChat(with: ann)
        if !wasKnown { rig.telegram.inject(.unauthorized, into: method, times: nil) }
        try await rig.running(door: door) {
            if wasKnown {
                try await rig.telegram.waitForPoll()
                rig.telegram.inject(.unauthorized, into: method, times: nil)
                rig.telegram.say("one", from: rig.ann)
            }
            let told = try await eventually("people are told: \(rig.log.text)") { await door.all.first }
            #expect(told.priority == .important && told.category == "telegram")
            #expect(told.text.contains("Telegram does not know the bot's token") && told.text.contains("401"))
            #expect(told.text.contains("any more") == wasKnown && !told.text.contains(rig.telegram.token))
            try rig.follow([
                "TELEGRAM_BOT_TOKEN": other.token, "TELEGRAM_API_BASE": other.baseURL, "TELEGRAM_CHAT_ID": "\(ann.id)",
            ])
            other.say("two", from: ann)
            try await there.waitForBot(saying: "heard two")
        }
        let all = await door.all
        #expect(Set(all.map(\.key)).count == 1)
    }

    @Test
    func `another way of polling begins the bot anew, and loses nothing though what waits is ignored at the start`()
        async throws
    {
        let ignoring = ["CM_TELEGRAM_POLLING_IGNORE_PENDING_UPDATES_ON_START": "true"]
        let rig = try ServiceRig(ignoring)
        rig.telegram.say("zero", from: rig.ann)
        try await rig.running {
            try await rig.telegram.waitForPoll()
            try rig.follow(ignoring.merging(["CM_TELEGRAM_POLLING_POLL_TIMEOUT": "7"]) { $1 })
            rig.telegram.say("one", from: rig.ann)
            try await rig.chat.waitForBot(saying: "heard one")
            try await rig.telegram.waitForCall("getUpdates") { $0.parameters["timeout"] == 7 }
        }
        #expect(rig.chat.transcript.byBot(saying: "heard zero").isEmpty)
    }

    @Test func `what a bot deals with when the settings want another one is done first, and once`() async throws {
        let gate = Gate()
        let core = ScriptedCore { message, _ in
            if message.text == "one" { try await gate.pass() }
            return .replied(CommandReply(name: "x", ok: true, text: "heard \(message.text)"))
        }
        let rig = try ServiceRig(core: core)
        try await rig.running {
            rig.telegram.say("one", from: rig.ann)
            await gate.reached()
            try await rig.telegram.waitForPoll()
            try rig.follow(["CM_TELEGRAM_POLLING_POLL_TIMEOUT": "7"])
            try await rig.telegram.wait(for: "the end of the poll") { $0.waitingPolls == 0 }
            rig.telegram.say("two", from: rig.ann)
            gate.open()
            try await rig.chat.waitForBot(saying: "heard two")
            try await rig.chat.waitForBot(saying: "heard one")
            try await rig.telegram.waitForCall("getUpdates") { $0.parameters["timeout"] == 7 }
        }
        let session = SessionID(rawValue: "tg:\(rig.ann.id):\(rig.ann.id)")
        #expect(core.calls == [.handle("one", session), .handle("two", session)])
        #expect(rig.chat.transcript.byBot(saying: "heard one").count == 1)
    }

    // MARK: The end

    @Test func `a core that has ended ends the bot`() async throws {
        let core = ScriptedCore(greeting: { _ in throw HubError.closed }) { _, _ in throw HubError.closed }
        let rig = try ServiceRig()
        await rig.service.run(core, beside: rig.rest)
        #expect(!rig.log.text.contains("begins anew"))
    }

    @Test func `a bot that finds no way to Telegram leaves at once`() async throws {
        let rig = try ServiceRig()
        rig.telegram.stop()
        let time = try await rig.running {
            _ = try await eventually("it has tried") { rig.log.text.contains("cannot be reached yet") ? true : nil }
        }
        #expect(time < .seconds(3))
    }

    @Test func `a token that is being tried holds up no end`() async throws {
        let rig = try ServiceRig(), other = try FakeTelegram()
        other.inject(.slow(.seconds(30)), into: "getMe", times: nil)
        let time = try await rig.running {
            try await rig.telegram.waitForPoll()
            try rig.follow(["TELEGRAM_BOT_TOKEN": other.token, "TELEGRAM_API_BASE": other.baseURL])
            try await other.waitForCall("getMe")
        }
        #expect(time < .seconds(10))
    }

    @Test func `a bot that waits for another process leaves at once`() async throws {
        let rig = try ServiceRig()
        let bot = Int64(rig.telegram.bot.id)
        let lock = try #require(try BotLock(bot, for: rig.state.directory))
        let time = try await rig.running {
            try await rig.waitForNotice(saying: "another cm polls for this bot, that of the project w;")
        }
        #expect(time < .seconds(3))
        #expect(BotLock.holder(of: bot, beside: rig.state.directory) == rig.state.directory.path)
        withExtendedLifetime(lock) {}
    }

    @Test func `a bot whose lock was removed and then taken by another process polls no more while that has it`()
        async throws
    {
        let clock = ManualClock(), rig = try ServiceRig(clock: clock), bot = Int64(rig.telegram.bot.id)
        try await rig.running {
            try await rig.telegram.waitForPoll()
            unlink(BotLockFile.path(of: bot, beside: rig.state.directory, on: MachineFolder.place))
            var other = try BotLock(bot, for: rig.state.directory)
            #expect(other != nil)
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60))
            try await rig.waitForNotice(saying: "another cm polls for this bot")
            try await rig.telegram.wait(for: "an end of the poll") { $0.waitingPolls == 0 }
            withExtendedLifetime(other) {}
            other = nil
            await clock.sleeping(until: .seconds(65))
            clock.advance(by: .seconds(5))
            try await rig.telegram.waitForPoll()
        }
        #expect(rig.log.text.contains("the other cm polls no more"))
    }

    @Test
    func
        `the end of a turn that is long on its way holds up the end for seconds, and is not told again`()
        async throws
    {
        var rig = try ServiceRig()
        let session = SessionID(rawValue: "tg:\(rig.ann.id):\(rig.ann.id)"), message = Message.test("one")
        let waiting = SessionState.Waiting(id: Message.ID(rawValue: 1), message: message, attempt: 1)
        let turn = Turn(id: Turn.ID(rawValue: 2), waiting)
        let time = try await rig.running { [rig] in
            try await rig.telegram.waitForPoll()
            rig.telegram.say("one", from: rig.ann)
            try await rig.chat.waitForBot(saying: "heard one")
            rig.core.tell(.accepted(waiting.id, message), .started(turn), in: session)
            try await rig.chat.waitForButton("Cancel")
            rig.telegram.inject(.slow(.seconds(30)), into: "sendMessage", times: nil)
            rig.core.tell(.finished(turn.id, Outcome(status: .ok, text: "done", durationMs: 42_000)), in: session)
            try await rig.chat.waitForBot(saying: "✅ 42 s")
        }
        #expect(time < .seconds(10))
        rig.telegram.clearFaults()
        try rig.restart()
        try await rig.running { [rig] in try await rig.telegram.waitForPoll() }
        #expect(rig.chat.transcript.byBot(saying: "✅ 42 s").count == 1)
    }

    @Test func `a sign that somebody writes which hangs holds up nothing`() async throws {
        let rig = try ServiceRig()
        let session = SessionID(rawValue: "tg:\(rig.ann.id):\(rig.ann.id)")
        let time = try await rig.running {
            try await rig.telegram.waitForPoll()
            rig.telegram.inject(.slow(.seconds(30)), into: "sendChatAction", times: nil)
            rig.telegram.say("one", from: rig.ann)
            try await rig.chat.waitForBot(saying: "heard one")
            let message = Message.test("one")
            let waiting = SessionState.Waiting(id: Message.ID(rawValue: 1), message: message, attempt: 1)
            rig.core.tell(
                .accepted(waiting.id, message), .started(Turn(id: Turn.ID(rawValue: 2), waiting)), in: session)
            _ = try await eventually("the sign") { rig.telegram.calls(of: "sendChatAction").isEmpty ? nil : true }
        }
        #expect(time < .seconds(10))
    }

    // MARK: Failures

    @Test func `a bot that fails again and again rests longer each time, and one that ran well begins anew`() {
        var backOff = BotBackOff()
        let rests = (0..<9).map { _ in backOff.rest(after: .seconds(1)) }
        #expect(rests == [5, 10, 20, 40, 80, 160, 300, 300, 300].map { .seconds($0) })
        #expect(backOff.rest(after: .seconds(599)) == .seconds(300))
        #expect(backOff.rest(after: .seconds(600)) == .seconds(5))
        #expect(backOff.rest(after: .zero) == .seconds(10))
    }
}
