import Conversation
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// Chats that go to other sessions, in front of the real core.
@Suite(.timeLimit(.minutes(1))) struct AttachTests {
    private let rig: BotRig
    private let shell = ScriptedShell { .answer("re: \($0.text)") }

    init() throws { rig = try BotRig() }

    private var chat: FakeChat { rig.chat(rig.ann) }

    /// What the bot says in `chat` but for its welcome and the short words on ends.
    private func said(in chat: FakeChat) -> [String] {
        chat.transcript.byBot.map(\.text).filter { !$0.hasPrefix("Ready") && !$0.hasPrefix("✅") }
    }

    /// Has somebody at a terminal say `text` in `session`, and returns once it is answered.
    private func say(_ text: String, to hub: Hub, in session: SessionID = .test) async throws {
        let events = try await hub.events(of: session)
        _ = try await hub.type(text, in: session)
        _ = await events.collect(turns: 1)
    }

    private func attach(_ name: String, in chat: FakeChat? = nil) async throws {
        let chat = chat ?? self.chat
        let before = chat.transcript.byBot.count
        rig.telegram.say("/attach \(name)", from: chat.id == rig.bob.id ? rig.bob : rig.ann, in: chat)
        try await chat.wait(for: "the answer to /attach \(name)") { $0.byBot.count > before }
    }

    @Test func `the owner goes to a session of the terminal, talks in it, sees what is typed there, and comes back`()
        async throws
    {
        let rig = rig, chat = chat, shell = shell
        try await withHub(shell) { hub in
            try await say("before", to: hub)
            try await rig.running(hub) { _ in
                try await attach("default")
                let arrived = try await chat.waitForBot(saying: "attached to tty:default")
                #expect(arrived.text.contains("before") && arrived.text.contains("re: before"))
                #expect(arrived.text.hasSuffix("Back with /attach own"))
                _ = try await hub.type("typed there")
                try await chat.waitForBot(saying: "re: typed there")
                rig.telegram.say("from the phone", from: rig.ann)
                try await chat.waitForBot(saying: "re: from the phone")
                try await chat.wait(for: "two ends") { $0.byBot(saying: "✅").count == 2 }
                rig.telegram.say("/attach", from: rig.ann)
                try await chat.waitForBot(saying: "This chat is in tty:default. Back to your own conversation")
            }
            // Also after a restart, with what happened meanwhile.
            _ = try await hub.type("while it was down")
            try await rig.running(hub) { _ in
                try await chat.waitForBot(saying: "re: while it was down")
                try await attach("own")
                try await chat.waitForBot(saying: "back in your own conversation")
                _ = try await hub.type("unseen")
                rig.telegram.say("here", from: rig.ann)
                try await chat.waitForBot(saying: "re: here")
                try await chat.wait(for: "four ends") { $0.byBot(saying: "✅").count == 4 }
            }
        }
        let seen = said(in: chat)
        #expect(seen.filter { $0.hasPrefix("ann (terminal): ") }.count == 2)
        for text in ["re: typed there", "re: from the phone", "re: while it was down", "re: here"] {
            #expect(seen.filter { $0 == text }.count == 1, "\(text): \(chat.rendered)")
        }
        #expect(!chat.rendered.contains("unseen"))
        #expect(shell.texts == ["before", "typed there", "from the phone", "while it was down", "unseen", "here"])
    }

    @Test(arguments: [false, true])
    func `whoever comes upon a turn that runs sees it, and answers what is asked in it by a button or a word, once`(
        inWords: Bool
    ) async throws {
        let rig = rig, chat = chat
        let request = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build")
        let shell = ScriptedShell(turns: [
            [ScriptedStep].message("I look first.") + ScriptedStep.ask(request) + .answer("all gone")
        ])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("tidy up")
            for await record in events { if case .approval = record.event { break } }
            try await rig.running(hub) { _ in
                try await attach("tty:default")
                let asked = try await chat.wait(for: "the button") { seen in
                    seen.byBot.contains { $0.button("Allow once") != nil }
                }
                let message = try #require(asked.byBot.last { $0.button("Allow once") != nil })
                #expect(!message.text.contains("restarted"))
                try await chat.waitForBot(saying: "waits for an answer")
                try await chat.waitForBot(saying: "waiting for you · ")
                if inWords {
                    rig.telegram.say("yes", from: rig.ann)
                } else {
                    try rig.telegram.press("Allow once", on: message.id, in: chat, by: rig.ann)
                }
                try await chat.waitForBot(saying: "all gone")
                try await chat.wait(for: "the end") { $0.byBot(saying: "✅").count == 2 }
            }
        }
        #expect(shell.answers == [.allow])
        let seen = said(in: chat)
        #expect(seen.filter { $0 == "all gone" }.count == 1, "\(chat.rendered)")
        #expect(seen.count { $0.contains("wants to run a command") } == 1)
        #expect(rig.telegram.answersToCallbacks.map(\.text) == (inWords ? [] : ["Done"]))
        #expect(shell.texts == ["tidy up"])
    }

    @Test func `what was said before one goes elsewhere is answered in the chat, and what comes behind it is not`()
        async throws
    {
        let rig = rig, chat = chat, gate = Gate()
        let shell = ScriptedShell { request in
            request.text.hasPrefix("slow")
                ? [.wait(gate)] + .answer("re: \(request.text)") : .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            try await say("there", to: hub)
            try await rig.running(hub) { _ in
                rig.telegram.say("slow", from: rig.ann)
                rig.telegram.say("and behind it", from: rig.ann)
                rig.telegram.say("/attach default", from: rig.ann)
                try await chat.waitForBot(saying: "attached to tty:default")
            }
            // A restart changes nothing about that.
            try await rig.running(hub) { _ in
                gate.open()
                try await chat.waitForBot(saying: "re: slow")
                try await chat.waitForBot(saying: "re: and behind it")
                try await chat.wait(for: "both ends") { $0.byBot(saying: "✅").count == 2 }
                try await say("elsewhere", to: hub, in: rig.session(rig.ann))
                _ = try await hub.type("seen")
                try await chat.waitForBot(saying: "re: seen")
            }
        }
        let seen = said(in: chat)
        #expect(seen.filter { $0 == "re: slow" }.count == 1 && seen.filter { $0 == "re: and behind it" }.count == 1)
        #expect(!chat.rendered.contains("elsewhere"), "\(chat.rendered)")
    }

    @Test(arguments: [false, true])
    func `what a core that ends has taken in is answered in the chat that has left, whoever starts first afterwards`(
        isAnsweredFirst: Bool
    ) async throws {
        let rig = rig, chat = chat, journal = InMemoryJournal(), ledger = rig.ledger
        try await withHub(shell, journal: journal) { hub in
            try await say("there", to: hub)
            try await rig.running(hub) { _ in
                try await attach("default")
                // Nothing starts any more.
                await hub.beginDraining()
                rig.telegram.say("late", from: rig.ann)
                try await attach("own")
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
                try await say("unseen", to: hub)
                rig.telegram.say("here", from: rig.ann)
                try await chat.waitForBot(saying: "re: here")
            }
        }
        #expect(said(in: chat).count { $0 == "re: late" } == 1, "\(chat.rendered)")
        #expect(!chat.rendered.contains("unseen"))
    }

    @Test func `whoever asks for the own conversations in that of somebody else is told of their own`() async throws {
        let rig = rig, chat = chat, theirs = rig.session(rig.bob)
        try await withHub(shell) { hub in
            try await say("of Bob", to: hub, in: theirs)
            try await rig.running(hub) { _ in
                rig.telegram.say("of Ann", from: rig.ann)
                try await chat.waitForBot(saying: "re: of Ann")
                try await attach("\(theirs)")
                try await chat.waitForBot(saying: "attached to \(theirs)")
                rig.telegram.say("/sessions own", from: rig.ann)
                let list = try await chat.waitForBot(saying: "- \(rig.session(rig.ann)) · ")
                #expect(!list.text.contains("\(theirs)"))
            }
        }
    }

    @Test func `who may not is told the same whether there is such a session or not, and changes nothing`() async throws
    {
        let rig = rig, theirs = rig.chat(rig.bob)
        try await withHub(shell) { hub in
            _ = try await hub.type("secret of the terminal")
            _ = try await hub.type("secret of Ann", in: rig.session(rig.ann))
            try await rig.running(hub) { _ in
                for name in ["default", "tty:default", "\(rig.session(rig.ann))", "tty:none", "none"] {
                    try await attach(name, in: theirs)
                }
                rig.telegram.say("/sessions", from: rig.bob)
                try await theirs.waitForBot(saying: "there are no sessions yet")
                rig.telegram.say("hello", from: rig.bob)
                try await theirs.waitForBot(saying: "re: hello")
                rig.telegram.say("/sessions", from: rig.bob)
                try await theirs.waitForBot(saying: "* \(rig.session(rig.bob)) · ")
            }
        }
        let refusals = said(in: theirs).filter { $0.hasPrefix("⚠") }
        #expect(
            refusals
                == ["default", "tty:default", "\(rig.session(rig.ann))", "tty:none", "none"].map {
                    "⚠ there is no session \($0) that you could go to; /sessions lists them"
                })
        #expect(!theirs.rendered.contains("secret") && !theirs.rendered.contains("* tty:"))
    }

    @Test func `a member goes to an own session of a group, and in the group nobody goes anywhere`() async throws {
        var made: FakeChat?
        let rig = try BotRig { telegram in
            let group = telegram.addGroup("team")
            made = group
            return [group]
        }
        let group = try #require(made), theirs = rig.chat(rig.bob), session = rig.session(rig.bob, in: group)
        try await withHub(shell) { hub in
            try await rig.running(hub) { _ in
                rig.telegram.say("@cm_test_bot in the group", from: rig.bob, in: group)
                try await group.waitForBot(saying: "re: in the group")
                rig.telegram.say("/attach tty:default", from: rig.ann, in: group)
                try await group.waitForBot(saying: "use /attach in a private chat with me")
                rig.telegram.say("/attach \(session)", from: rig.bob)
                try await theirs.waitForBot(saying: "attached to \(session)")
                rig.telegram.say("from at home", from: rig.bob)
                try await theirs.waitForBot(saying: "re: from at home")
                try await group.waitForBot(saying: "re: from at home")
                try await group.waitForBot(saying: "Bob (telegram): from at home")
            }
        }
    }

    @Test func `who loses the right to be in a session sees nothing more of it, and is told so`() async throws {
        let rig = rig, theirs = rig.chat(rig.bob)
        rig.access.roles = [Int64(rig.bob.id): .admin]
        try await withHub(shell) { hub in
            _ = try await hub.type("before")
            try await rig.running(hub) { _ in
                try await attach("tty:default", in: theirs)
                try await theirs.waitForBot(saying: "attached to tty:default")
                rig.access.roles = [:]
                _ = try await hub.type("secret")
                try await theirs.waitForBot(saying: "You may no longer be in tty:default")
                rig.telegram.say("hello", from: rig.bob)
                try await theirs.waitForBot(saying: "re: hello")
                // Somebody who says something before anything happens there.
                rig.access.roles = [Int64(rig.bob.id): .admin]
                rig.telegram.say("/attach tty:default", from: rig.bob)
                try await theirs.wait(for: "the second time") { $0.byBot(saying: "attached to tty").count == 2 }
                rig.access.roles = [:]
                rig.telegram.say("for the terminal", from: rig.bob)
                try await theirs.waitForBot(saying: "was not sent")
                rig.telegram.say("/attach", from: rig.bob)
                try await theirs.waitForBot(saying: "This chat is in your own conversation, \(rig.session(rig.bob))")
            }
        }
        #expect(said(in: theirs).filter { $0.hasPrefix("You may no longer be") }.count == 2)
        #expect(!said(in: theirs).contains { $0.contains("secret") && !$0.hasPrefix("attached") }, "\(theirs.rendered)")
        #expect(!shell.texts.contains("for the terminal"))
    }

    @Test func `who loses the right to be in a session keeps no button of it, and sees nothing new of it`() async throws
    {
        let rig = rig, theirs = rig.chat(rig.bob)
        rig.access.roles = [Int64(rig.bob.id): .admin]
        let request = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build")
        let shell = ScriptedShell(turns: [
            [ScriptedStep].message("I look first.") + ScriptedStep.ask(request) + .answer("secret")
        ])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("tidy up")
            for await record in events { if case .approval = record.event { break } }
            let approval = try #require(try await hub.openApprovals(of: .test).first)
            try await rig.running(hub) { _ in
                try await attach("tty:default", in: theirs)
                let shown = try await theirs.wait(for: "the buttons") { seen in
                    ["Cancel", "Allow once"].allSatisfy { label in seen.byBot.contains { $0.button(label) != nil } }
                }
                let question = try #require(shown.byBot.last { $0.button("Allow once") != nil })
                rig.access.roles = [:]
                try await theirs.waitForBot(saying: "You may no longer be in tty:default")
                let left = try await theirs.wait(for: "no button") { $0.byBot.allSatisfy(\.buttons.isEmpty) }
                #expect(left[question.id]?.text == question.text)
                let end = try await hub.events(of: .test)
                _ = try await hub.answer(approval.id, .allow, from: .test(""), in: .test)
                _ = await end.collect(turns: 1)
                rig.telegram.say("/attach", from: rig.bob)
                try await theirs.waitForBot(saying: "This chat is in your own conversation")
            }
        }
        #expect(!theirs.rendered.contains("secret") && !theirs.rendered.contains("allowed by"), "\(theirs.rendered)")
    }

    @Test func `what is asked in a session loses its buttons when the chat leaves it, and gets them back`() async throws
    {
        let rig = rig, chat = chat
        let request = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build")
        let shell = ScriptedShell(turns: [
            [.event(.approval(request)), .die], .answer("unseen"), .answer("it is gone"),
        ])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("tidy up")
            _ = await events.collect(turns: 1)
            try await rig.running(hub) { _ in
                try await attach("tty:default")
                let shown = try await chat.wait(for: "the button") { seen in
                    seen.byBot.contains { $0.button("Allow once") != nil }
                }
                let message = try #require(shown.byBot.last { $0.button("Allow once") != nil }?.id)
                try await attach("own")
                let left = try await chat.wait(for: "no button") { $0[message]?.buttons.isEmpty == true }
                #expect(left[message]?.text.hasSuffix("back there with /attach tty:default") == true)
                _ = try await hub.type("alone")
                _ = await events.collect(turns: 1)
                try await attach("tty:default")
                try await chat.wait(for: "the button again") { $0[message]?.button("Allow once") != nil }
                try rig.telegram.press("Allow once", on: message, in: chat, by: rig.ann)
                try await chat.waitForBot(saying: "it is gone")
                let seen = try await chat.wait(for: "no button") { $0[message]?.buttons.isEmpty == true }
                #expect(seen.byBot(saying: "wants to run a command").count == 1)
            }
        }
        #expect(!said(in: chat).contains("unseen"))
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
        let seen = said(in: chat)
        #expect(seen.count { $0.hasPrefix("attached to tty:default\nwhat was said") } == 1, "\(chat.rendered)")
        #expect(texts.withLock(\.self) == ["tty:default: hello 1", "tty:default: hello 2"])
    }

    @Test func `a chat is still in a session that was deleted while no bot ran`() async throws {
        let rig = rig, chat = chat
        try await withHub(shell) { hub in
            try await say("before", to: hub)
            try await rig.running(hub) { _ in
                try await attach("default")
                try await chat.waitForBot(saying: "attached to tty:default")
            }
            await rig.ledger.forget(.test)
            try await rig.running(hub) { _ in
                try await rig.telegram.waitForPoll()
                try await say("again", to: hub)
                try await chat.waitForBot(saying: "re: again")
            }
        }
        #expect(said(in: chat).filter { $0 == "re: again" }.count == 1)
    }

    @Test func `an edit changes the message where it waits, wherever the chat is now`() async throws {
        let rig = rig, chat = chat, gate = Gate()
        let shell = ScriptedShell { request in
            request.text == "slow" ? [.wait(gate)] + .answer("re: slow") : .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            try await say("there", to: hub)
            try await rig.running(hub) { _ in
                rig.telegram.say("slow", from: rig.ann)
                let waiting = rig.telegram.say("old text", from: rig.ann)
                try await chat.waitForBot(saying: "queued, 1 before you")
                try await attach("default")
                rig.telegram.edit(waiting.message, in: chat, to: "new text")
                try await chat.waitForBot(saying: "Changed: it is answered with the new text.")
                gate.open()
                try await chat.waitForBot(saying: "re: new text")
            }
        }
        #expect(shell.texts == ["there", "slow", "new text"])
    }
}
