import Conversation
import Locking
import TestSupport
import Testing

@testable import Commands

/// What people may do who are let in, and what the core is told of what they say.
@Suite(.timeLimit(.minutes(1))) struct RolesTests {
    @Test func `an observer looks, and starts, changes and answers nothing`() async throws {
        let rig = try ServiceRig()
        let bob = rig.telegram.addUser("Bob"), theirs = rig.telegram.privateChat(with: bob)
        try await rig.running {
            try rig.follow(["TELEGRAM_ALLOWED_USERS": "\(bob.id)", "CM_TELEGRAM_ROLES": "\(bob.id)=observer"])
            for text in ["go on", "/mode plan", "/approve", "/steer left", "//word"] {
                rig.telegram.say(text, from: bob)
            }
            for text in ["/status", "/mode", "/help"] { rig.telegram.say(text, from: bob) }
            try await theirs.wait(for: "all answers") { seen in
                !seen.byBot(saying: "heard /help").isEmpty && seen.byBot(saying: "You may look here").count == 5
            }
        }
        let session = SessionID(rawValue: "tg:\(bob.id):\(bob.id)")
        #expect(rig.core.calls == ["/status", "/mode", "/help"].map { .handle($0, session) })
    }

    @Test func `an admin sees the conversations of others, and a member the own ones`() async throws {
        let rig = try ServiceRig()
        let bob = rig.telegram.addUser("Bob"), theirs = rig.telegram.privateChat(with: bob)
        try await rig.running {
            try rig.follow(["TELEGRAM_ALLOWED_USERS": "\(bob.id)"])
            rig.telegram.say("/sessions", from: bob)
            try await theirs.waitForBot(saying: "heard /sessions own")
            try rig.follow(["TELEGRAM_ALLOWED_USERS": "\(bob.id)", "CM_TELEGRAM_ROLES": "\(bob.id)=admin"])
            rig.telegram.say("/sessions", from: bob)
            try await theirs.wait(for: "the other answer") { $0.byBot.contains { $0.text == "heard /sessions" } }
        }
    }

    @Test func `the core is told when an answer was written, however late it gets there`() async throws {
        let written = Locked<[String: Timestamp?]>([:])
        let core = ScriptedCore { message, _ in
            written.withLock { $0[message.text] = .some(message.writtenAt) }
            return .replied(CommandReply(name: "x", ok: true, text: "heard \(message.text)"))
        }
        let rig = try ServiceRig(core: core)
        // While no bot ran.
        for text in ["/approve", "/deny no", "/status"] { rig.telegram.say(text, from: rig.ann) }
        let before = Timestamp.now
        rig.telegram.advance(by: .seconds(60))
        try await rig.running { try await rig.chat.waitForBot(saying: "heard /status") }
        let times = written.withLock(\.self)
        #expect(times["/status"] == .some(nil))
        for text in ["/approve", "/deny no"] {
            let time = try #require(times[text] ?? nil)
            // Telegram counts whole seconds.
            #expect(time.milliseconds(since: before) < 1_000 && before.milliseconds(since: time) < 1_000)
        }
    }

    @Test(arguments: [true, false])
    func `the owner is told at the start when the agent is not there, unless that is not wished for`(
        isTold: Bool
    ) async throws {
        let core = ScriptedCore(greeting: { session in
            Greeting(
                session: session, mode: .plan, profile: "default", agent: "offline", version: "1",
                remark: "codex does not answer")
        }) { message, _ in .replied(CommandReply(name: "x", ok: true, text: "heard \(message.text)")) }
        let rig = try ServiceRig(["CM_TELEGRAM_POLLING_REQUIRE_MCP_WARMUP": "\(isTold)"], core: core)
        try await rig.running {
            let welcome = try await rig.chat.waitForBot(saying: "Ready: mode plan, agent offline")
            #expect(welcome.text.contains("⚠ codex does not answer") == isTold)
        }
        #expect(rig.log.text.contains("the agent is not there") == isTold)
    }
}
