import Conversation
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// A bare yes or no, and replies, while an agent asks.
@Suite(.timeLimit(.minutes(1))) struct AnsweringTests {
    private let rig: BotRig
    private static let turn = Turn.ID(rawValue: 2)

    init() throws { rig = try BotRig() }

    private static func approval(
        _ id: Int64, _ kind: ApprovalRequest.Kind = .command, _ title: String = "touch x", choices: [String] = []
    ) -> Approval {
        .test(ApprovalRequest(id: "\(id)", kind: kind, title: title, choices: choices), in: turn, id: id)
    }

    /// Has a turn of Ann run in which each of `approvals` is asked, and waits until the chat shows them; the last message.
    @discardableResult private func ask(
        _ approvals: Approval..., of core: ScriptedCore, in chat: FakeChat? = nil
    ) async throws -> [ShownMessage] {
        let session = rig.session(rig.ann, in: chat), chat = chat ?? rig.chat(rig.ann)
        rig.telegram.say("/status", from: rig.ann, in: chat)
        try await chat.waitForBot(saying: "answer to /status")
        let message = Message.test("go"), id = Message.ID(rawValue: 1)
        core.tell(
            .accepted(id, message), .started(Turn(id: Self.turn, .init(id: id, message: message))), in: session)
        var shown: [ShownMessage] = []
        for approval in approvals {
            core.tell(.approval(Self.turn, approval), in: session)
            try await chat.waitForBot(saying: "waiting for you · \(approval.id)")
            shown.append(try await chat.waitForBot(saying: "\(approval.id) \(approval.request.kind.wish)"))
        }
        return shown
    }

    /// What the core was told to do, but for what only looks.
    private func told(_ core: ScriptedCore) -> [String] { rig.said(core).filter { $0 != "/status" } }

    @Test func `other words wait behind the turn, and whoever wrote them is told what it waits for`() async throws {
        let rig = rig, chat = rig.chat(rig.ann)
        let shell = ScriptedShell { request in
            guard request.text == "go" else { return .answer("answer to \(request.text)") }
            return ScriptedStep.ask(ApprovalRequest(id: "1", kind: .command, title: "touch x")) + .answer("done")
        }
        try await rig.running(shell, step: .milliseconds(5)) { _ in
            rig.telegram.say("go", from: rig.ann)
            try await chat.waitForBot(saying: "waiting for you")
            rig.telegram.say("sure, go ahead", from: rig.ann)
            let told = try await chat.waitForBot(saying: "queued, 1 before you; the agent waits for an answer first: ")
            #expect(told.text.contains("touch x\n/approve a"))
            rig.telegram.say("/approve", from: rig.ann)
            try await chat.waitForBot(saying: "answer to sure, go ahead")
        }
    }

    @Test(arguments: [("yes", "/approve a7"), ("OK!", "/approve a7"), ("n.", "/deny a7")])
    func `a bare word settles the one request that is open, and the agent is not told it`(
        word: String, command: String
    ) async throws {
        let rig = rig, core = rig.core()
        try await rig.running(core) { _ in
            try await ask(Self.approval(7), of: core)
            rig.telegram.say(word, from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to \(command)")
        }
        #expect(told(core) == [command])
    }

    @Test func `with nothing open, and with what came up only later, a bare word is a message`() async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate, holding: "first")
        try await rig.running(core) { _ in
            rig.telegram.say("yes", from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to yes")
            rig.telegram.say("first", from: rig.ann)
            await gate.reached()
            rig.telegram.say("ok", from: rig.ann)
            try await rig.waitForAllKept()
            // Shown below what was said.
            let message = Message.test("go"), id = Message.ID(rawValue: 1)
            core.tell(
                .accepted(id, message), .started(Turn(id: Self.turn, .init(id: id, message: message))),
                .approval(Self.turn, Self.approval(7)), in: rig.session(rig.ann))
            try await rig.chat(rig.ann).waitForBot(saying: "waiting for you · a7")
            gate.open()
            try await rig.chat(rig.ann).waitForBot(saying: "answer to ok")
        }
        #expect(told(core) == ["yes", "first", "ok"])
    }

    @Test func `with several open nothing is done, until a reply says which`() async throws {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            let shown = try await ask(Self.approval(7), Self.approval(8, .file, "a.txt"), of: core)
            rig.telegram.say("yes", from: rig.ann)
            let unclear = try await chat.waitForBot(saying: "not clear which of these you mean")
            #expect(unclear.text.contains("a7 $ touch x: /approve a7 or /deny a7"))
            #expect(unclear.text.contains("a8 ± a.txt: /approve a8 or /deny a8"))
            #expect(told(core).isEmpty)
            rig.telegram.say("no", from: rig.ann, in: chat, replyTo: shown[1].id)
            try await chat.waitForBot(saying: "answer to /deny a8")
            let call = try #require(chat.transcript.byBot(saying: "waiting for you · a7").last)
            rig.telegram.say("yes", from: rig.ann, in: chat, replyTo: call.id)
            try await chat.waitForBot(saying: "answer to /approve a7")
        }
        #expect(told(core) == ["/deny a8", "/approve a7"])
    }

    @Test func `what is not clear is told without the beginning of a secret`() async throws {
        var rig = try BotRig()
        rig.redact = CutSecret.redact
        let core = rig.core(), chat = rig.chat(rig.ann), tests = AnsweringTests(rig: rig)
        let secret = Self.approval(8, .command, CutSecret.text(cutAt: 60))
        try await rig.running(core) { [rig] _ in
            try await tests.ask(secret, of: core)
            let other = try #require(chat.transcript.byBot(saying: "answer to /status").first)
            rig.telegram.say("yes", from: rig.ann, in: chat, replyTo: other.id)
            try await chat.waitForBot(saying: "this is a reply to something else")
            core.tell(.approval(Self.turn, Self.approval(7)), in: rig.session(rig.ann))
            try await chat.waitForBot(saying: "waiting for you · a7")
            rig.telegram.say("yes", from: rig.ann)
            try await chat.waitForBot(saying: "not clear which of these you mean")
        }
        let told = chat.transcript.byBot.map(\.text)
        #expect(told.count { $0.contains("*** | sh: /approve a8") } == 2)
        #expect(told.allSatisfy { !$0.contains(CutSecret.beginning) })
    }

    @Test func `a question that a bare word does not fit is quoted without the beginning of a secret`() async throws {
        var rig = try BotRig()
        rig.redact = CutSecret.redact
        let core = rig.core(), chat = rig.chat(rig.ann), tests = AnsweringTests(rig: rig)
        let secret = Self.approval(8, .question, CutSecret.text(cutAt: 60), choices: ["red"])
        try await rig.running(core) { [rig] _ in
            try await tests.ask(secret, of: core)
            rig.telegram.say("yes", from: rig.ann)
            let told = try await chat.waitForBot(saying: "asks something else than yes or no")
            #expect(told.text.contains("*** | sh: /answer a8") && !told.text.contains(CutSecret.beginning))
        }
    }

    @Test func `what is forwarded or came with a file is no answer, nor is more than one word`() async throws {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            let shown = try await ask(Self.approval(7), of: core)
            rig.telegram.say("yes", from: rig.ann, in: chat, replyTo: shown[0].id, forwardedFrom: rig.bob)
            try await chat.waitForBot(saying: "answer to The following was written by somebody else")
            rig.telegram.say("yes", from: rig.ann, file: ShownFile("a.txt", Array("x".utf8)))
            try await chat.waitForBot(saying: "Sent with this message")
            rig.telegram.say("yes, but not there", from: rig.ann, in: chat, replyTo: shown[0].id)
            try await chat.waitForBot(saying: "answer to yes, but not there")
        }
        #expect(told(core).allSatisfy { !$0.hasPrefix("/") } && told(core).count == 3)
    }

    @Test func `an edit to a bare word answers nothing`() async throws {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            let said = rig.telegram.say("later", from: rig.ann)
            try await chat.waitForBot(saying: "answer to later")
            try await ask(Self.approval(7), of: core)
            rig.telegram.edit(said.message, in: chat, to: "yes")
            try await chat.waitForBot(saying: "stays as it was")
        }
        #expect(told(core) == ["later"])
    }

    @Test func `a reply to something else is asked back, and one to the turn counts`() async throws {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            try await ask(Self.approval(7), of: core)
            let other = try #require(chat.transcript.byBot(saying: "answer to /status").first)
            rig.telegram.say("yes", from: rig.ann, in: chat, replyTo: other.id)
            try await chat.waitForBot(saying: "this is a reply to something else")
            #expect(told(core).isEmpty)
            let progress = try await chat.waitForButton("Cancel")
            rig.telegram.say("yes", from: rig.ann, in: chat, replyTo: progress.id)
            try await chat.waitForBot(saying: "answer to /approve a7")
        }
        #expect(told(core) == ["/approve a7"])
    }

    @Test func `a reply answers a question in words, and a bare word only where it fits`() async throws {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            let shown = try await ask(Self.approval(7, .question, "Which?", choices: ["red", "blue"]), of: core)
            rig.telegram.say("yes", from: rig.ann)
            try await chat.waitForBot(saying: "asks something else than yes or no")
            #expect(told(core).isEmpty)
            rig.telegram.say("a dark red", from: rig.ann, in: chat, replyTo: shown[0].id)
            try await chat.waitForBot(saying: "answer to /answer a7 a dark red")
            rig.telegram.say("nothing to do with it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to nothing to do with it")
        }
        #expect(told(core) == ["/answer a7 a dark red", "nothing to do with it"])
    }

    @Test func `what was settled meanwhile is told by the core, and not sent to the agent`() async throws {
        let rig = rig, core = rig.core(), chat = rig.chat(rig.ann)
        try await rig.running(core) { _ in
            var approval = Self.approval(7)
            let shown = try await ask(approval, of: core)
            approval.answer = Approval.Answer(.allow, by: "ann (terminal)", basis: .person)
            core.tell(.approval(Self.turn, approval), in: rig.session(rig.ann))
            try await chat.waitForBot(saying: "allowed by ann (terminal)")
            rig.telegram.say("no", from: rig.ann, in: chat, replyTo: shown[0].id)
            try await chat.waitForBot(saying: "answer to /deny a7")
            rig.telegram.say("why that?", from: rig.ann, in: chat, replyTo: shown[0].id)
            try await chat.waitForBot(saying: "answer to why that?")
        }
        #expect(told(core) == ["/deny a7", "why that?"])
    }

    @Test func `an answer that a crash has cut off is the same answer afterwards, whatever is open then`() async throws
    {
        let rig = rig, gate = Gate(), core = rig.core(gate, holding: "/approve"), session = rig.session(rig.ann)
        try await rig.running(core) { _ in
            try await ask(Self.approval(7), of: core)
            rig.telegram.say("yes", from: rig.ann)
            await gate.reached()
        }
        let after = rig.core()
        after.tell(.approval(Self.turn, Self.approval(9, .command, "rm x")), in: session)
        try await rig.running(after) { _ in
            try await rig.chat(rig.ann).waitForBot(saying: "answer to /approve a7")
            rig.telegram.say("and now?", from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to and now?")
        }
        #expect(told(core) == ["/approve a7"])
        #expect(told(after) == ["/approve a7", "and now?"])
        let answers = rig.chat(rig.ann).transcript.byBot(saying: "answer to /approve a7")
        #expect(answers.count == 1)
    }

    @Test func `in a group whoever is let in may reply to the request of another`() async throws {
        let rig = try BotRig { [$0.addGroup("Team")] }, core = rig.core()
        let group = try #require(rig.group)
        let tests = AnsweringTests(rig: rig)
        try await rig.running(core) { _ in
            let shown = try await tests.ask(Self.approval(7), of: core, in: group)
            rig.telegram.say("yes", from: rig.bob, in: group, replyTo: shown[0].id)
            try await group.waitForBot(saying: "answer to /approve a7")
        }
        let session = rig.session(rig.ann, in: group)
        #expect(core.calls.contains(.handle("/approve a7", session)))
    }

    @Test func `what fails is tried again with the same answer, whatever is open then`() async throws {
        let rig = rig, gate = Gate(), hasFailed = Locked(false), chat = rig.chat(rig.ann)
        let core = ScriptedCore { message, _ in
            let isFirst = hasFailed.withLock { hasFailed in
                defer { hasFailed = hasFailed || message.text == "/approve a7" }
                return message.text == "/approve a7" && !hasFailed
            }
            if isFirst {
                try await gate.pass()
                throw Broken()
            }
            return .replied(CommandReply(name: "last", ok: true, text: "answer to \(message.text)"))
        }
        try await rig.running(core) { _ in
            var approval = Self.approval(7)
            try await ask(approval, of: core)
            rig.telegram.say("yes", from: rig.ann)
            await gate.reached()
            approval.answer = Approval.Answer(.allow, by: "ann (telegram)", basis: .person)
            core.tell(
                .approval(Self.turn, approval), .approval(Self.turn, Self.approval(9, .command, "rm x")),
                in: rig.session(rig.ann))
            gate.open()
            try await chat.waitForBot(saying: "answer to ")
            try await chat.waitForBot(saying: "answer to /approve a7")
        }
        #expect(told(core) == ["/approve a7", "/approve a7"])
    }

    private struct Broken: Error {}

    @Test func `who may not answer by a button may not in words`() async throws {
        let rig = try BotRig { [$0.addGroup("Team")] }, core = rig.core(), bob = Int64(rig.bob.id)
        let group = try #require(rig.group), tests = AnsweringTests(rig: rig)
        try await rig.running(core) { _ in
            let shown = try await tests.ask(Self.approval(7), of: core, in: group)
            rig.access.roles[bob] = .observer
            for (button, words) in [("You may look here and change nothing.", true), ("Unauthorized", false)] {
                rig.telegram.say("yes", from: rig.bob, in: group, replyTo: shown[0].id)
                let press = rig.telegram.press(forged: "a7:y", on: shown[0].id, in: group, by: rig.bob)
                let told = try await rig.telegram.answer(to: press)
                #expect(told == button)
                if words { try await group.waitForBot(saying: "You may look here and change nothing") }
                _ = try await eventually("all is dealt with") {
                    await rig.inbox.open(of: Int64(rig.telegram.bot.id)).isEmpty ? true : nil
                }
                rig.access.users = []
            }
        }
        #expect(tests.told(core).isEmpty)
        #expect(!core.calls.contains { if case .answer = $0 { true } else { false } })
        #expect(group.transcript.byBot(saying: "You may look here").count == 1)
    }

    /// What becomes of somebody's rights while no bot runs, and what they hear of the answer that they gave before.
    private static let fates: [(role: Access.Role?, isLetIn: Bool, told: String)] = [
        (.admin, true, "answer to /approve a7"), (.member, true, "⚠ you may no longer answer what is asked in "),
        (.observer, true, "You may look here and change nothing"), (.admin, false, "Unauthorized"),
    ]

    @Test(arguments: fates)
    func `an answer that a crash has cut off counts only if whoever gave it still may`(
        role: Access.Role?, isLetIn: Bool, told: String
    ) async throws {
        let rig = rig, gate = Gate(), core = rig.core(gate, holding: "yes"), bot = Int64(rig.telegram.bot.id)
        try await rig.running(core) { _ in
            rig.telegram.say("yes", from: rig.bob)
            await gate.reached()
        }
        // It was for a session of somebody else, which the chat has left since.
        var update = try #require(await rig.inbox.open(of: bot).first)
        update.answer = KeptAnswer(Approval.ID(rawValue: 7), .allow, in: rig.session(rig.ann))
        await rig.inbox.seal(update, absorbing: [], of: bot)
        rig.access.roles[Int64(rig.bob.id)] = role
        if !isLetIn { rig.access.users = [] }
        let after = rig.core()
        try await rig.running(after) { _ in try await rig.chat(rig.bob).waitForBot(saying: told) }
        #expect(self.told(after) == (role == .admin && isLetIn ? ["/approve a7"] : []))
    }

    private init(rig: BotRig) { self.rig = rig }
}
