import Conversation
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// Chats that go to other sessions when the bot or the core ends, or was not there.
@Suite(.timeLimit(.minutes(1))) struct AttachCrashTests {
    private let rig: BotRig
    private let shell = ScriptedShell { .answer("re: \($0.text)") }

    init() throws { rig = try BotRig() }

    private var chat: FakeChat { rig.chat(rig.ann) }

    @Test(arguments: [false, true])
    func `what a core that ends has taken in is answered in the chat that has left, whoever starts first afterwards`(
        isAnsweredFirst: Bool
    ) async throws {
        let rig = rig, chat = chat, journal = InMemoryJournal(), ledger = rig.ledger
        try await withHub(shell, journal: journal) { hub in
            try await hub.say("there")
            try await rig.running(hub) { _ in
                try await rig.attach("default")
                // Nothing starts any more.
                await hub.beginDraining()
                rig.telegram.say("late", from: rig.ann)
                try await rig.attach("own")
                try await chat.waitForBot(saying: "back in your own conversation")
            }
        }
        try await withHub(ScriptedShell { .answer("re: \($0.text)") }, journal: journal) { hub in
            if isAnsweredFirst {
                _ = await (try hub.events(of: .test, after: Bookmark.start, answers: false)).collect(turns: 2)
            }
            try await rig.running(hub) { _ in
                try await chat.waitForBot(saying: "re: late")
                try await chat.wait(for: "the end") { $0.byBot(saying: "✅").count == 1 }
                _ = try await eventually("it is followed no more") {
                    await ledger.cursors(of: 0).contains { $0.session == .test } ? nil : true
                }
                try await hub.say("unseen")
                rig.telegram.say("here", from: rig.ann)
                try await chat.waitForBot(saying: "re: here")
            }
        }
        #expect(rig.said(in: chat).count { $0 == "re: late" } == 1, "\(chat.rendered)")
        #expect(!chat.rendered.contains("unseen"))
    }

    @Test func `a crash in the middle of it leaves one answer, and the chat where it was to go`() async throws {
        let rig = rig, chat = chat, gate = Gate(), texts = Locked<[String]>([])
        let names = CoreNames(sessions: ["tty:default"])
        let history = { @Sendable (_: SessionID) async throws -> String in
            try await gate.pass()
            return "what was said"
        }
        let stuck = ScriptedCore(names: { names }, history: history) { _, _ in throw HubError.closed }
        try await rig.running(stuck) { _ in
            rig.telegram.say("/attach default", from: rig.ann)
            await gate.reached()
        }
        for round in 1...2 {
            let core = ScriptedCore(names: { names }, history: { _ in "what was said" }) { message, session in
                texts.withLock { $0.append("\(session): \(message.text)") }
                return .replied(CommandReply(name: "last", ok: true, text: "answer to \(message.text)"))
            }
            try await rig.running(core) { _ in
                rig.telegram.say("hello \(round)", from: rig.ann)
                try await chat.waitForBot(saying: "answer to hello \(round)")
                // The terminal of the test tells something.
                for _ in 1...round { core.tell(.changed(.mode(round == 1 ? .plan : .single)), in: .test) }
                try await chat.waitForBot(saying: round == 1 ? "plan" : "single")
            }
        }
        let seen = rig.said(in: chat)
        #expect(seen.count { $0.hasPrefix("attached to tty:default\nwhat was said") } == 1, "\(chat.rendered)")
        #expect(texts.withLock(\.self) == ["tty:default: hello 1", "tty:default: hello 2"])
    }

    @Test func `a chat is still in a session that was deleted while no bot ran`() async throws {
        let rig = rig, chat = chat
        try await withHub(shell) { hub in
            try await hub.say("before")
            try await rig.running(hub) { _ in
                try await rig.attach("default")
                try await chat.waitForBot(saying: "attached to tty:default")
            }
            await rig.ledger.forget(.test)
            try await rig.running(hub) { _ in
                try await rig.telegram.waitForPoll()
                try await hub.say("again")
                try await chat.waitForBot(saying: "re: again")
            }
        }
        #expect(rig.said(in: chat).filter { $0 == "re: again" }.count == 1)
    }
}
