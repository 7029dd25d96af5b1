import Conversation
import TestSupport
import Testing

@testable import TelegramFront

@Suite struct ApprovalViewTests {
    private var script = SessionScript()
    private static let push = ApprovalRequest(
        id: "1", kind: .command, title: "git push --force", detail: "in /home/ann", reason: "to publish")

    @Test mutating func `a command is asked for with buttons, and a loud line calls`() {
        let turn = script.run("publish")
        script.ask(Self.push, in: turn)
        let (view, chat) = script.shown()
        #expect(
            chat.slots.dropFirst().map(\.described).joined(separator: "\n") == """
                [a3] a3 wants to run a command
                $ git push --force
                why: to publish
                in /home/ann

                /approve a3 · /approve a3 session · /deny a3
                  bold<a3 wants to run a command> code<git push --force> pre<in /home/ann> code</approve a3> \
                code</approve a3 session> code</deny a3>
                  (Allow once a3:y) (For this session a3:s)
                  (Deny a3:n)
                [a3/call urgent reply 700] ⏸ waiting for you · a3 git push --force
                  code<git push --force>
                """)
        #expect(
            view.refresh(at: script.time)?.wanted.text == "⏸ waiting for you · 0 s\na3 git push --force")
    }

    @Test mutating func `an answer takes the buttons away and says by whom and from where`() {
        let turn = script.run("publish")
        let approval = script.ask(Self.push, in: turn)
        script.add(.delta(turn, "x"))
        script.answer(approval, Approval.Answer(.allowForSession, by: "ann (terminal)", basis: .person))
        #expect(
            script.shown().chat.slots.dropFirst().map(\.described).joined(separator: "\n") == """
                [a3] a3 wants to run a command
                $ git push --force
                why: to publish
                in /home/ann

                ✅ allowed for this session by ann (terminal)
                  bold<a3 wants to run a command> code<git push --force> pre<in /home/ann>
                [a3/call reply 700] ▸ answered · a3 git push --force
                  code<git push --force>
                """)
    }

    @Test(arguments: [
        (
            Approval.Answer(.deny(reason: "not now"), by: "bob (telegram)", basis: .person),
            "❌ denied by bob (telegram): not now"
        ),
        (
            Approval.Answer(.deny(reason: nil), by: "the end of the turn", basis: .withdrawal),
            "▫️ no longer asked: the end of the turn"
        ),
        (
            Approval.Answer(.allow, by: "bob (telegram)", basis: .person, note: Message.ID(rawValue: 9)),
            "✅ allowed by bob (telegram) · the agent is told"
        ),
        (Approval.Answer(.answer("blue"), by: "ann (terminal)", basis: .person), "✅ answered by ann (terminal): blue"),
    ])
    func `each answer has its words`(answer: Approval.Answer, words: String) {
        var script = script
        let turn = script.run("publish")
        script.answer(script.ask(Self.push, in: turn), answer)
        #expect(script.shown().chat["a3"]?.wanted.text.hasSuffix("\n\n" + words) == true)
        #expect(script.shown().chat["a3"]?.wanted.buttons == [])
    }

    @Test(arguments: [ApprovalDecision.deny(reason: CutSecret.text(cutAt: 200)), .answer(CutSecret.text(cutAt: 200))])
    func `the words of an answer have not the beginning of a secret`(decision: ApprovalDecision) {
        var script = script
        let turn = script.run("publish")
        script.answer(
            script.ask(Self.push, in: turn), Approval.Answer(decision, by: "ann (terminal)", basis: .person))
        let text = script.shown(redact: CutSecret.redact).chat["a3"]?.wanted.text
        #expect(text?.contains("xxxxx***") == true && text?.contains(CutSecret.beginning) == false)
    }

    @Test mutating func `who comes late hears that nobody waits any more`() {
        let turn = script.run("publish")
        let approval = script.ask(Self.push, in: turn)
        script.answer(approval, Approval.Answer(.deny(reason: nil), by: "the end of the turn", basis: .withdrawal))
        #expect(script.shown().chat["a3/call"]?.wanted.text == "▸ no longer asked · a3 git push --force")
    }

    @Test mutating func `what a rule answers at once is not asked`() {
        let turn = script.run("publish")
        let approval = script.ask(Self.push, in: turn)
        script.answer(approval, Approval.Answer(.allow, by: "the answer for this session", basis: .session))
        let (view, chat) = script.shown()
        #expect(chat.slots.map(\.key) == ["t2/1"])
        #expect(
            view.refresh(at: script.time)?.wanted.text
                == "⏳ working · 0 s\n· a3 allowed by the answer for this session")
    }

    @Test mutating func `a difference that cannot be repeated has no button for the session`() {
        let turn = script.run("change")
        script.ask(ApprovalRequest(id: "1", kind: .file, title: "a.swift"), in: turn)
        let chat = script.shown().chat
        #expect(chat["a3"]?.wanted.buttons.joined().map(\.carries) == ["a3:y", "a3:n"])
        #expect(chat["a3"]?.wanted.text.hasSuffix("\n\n/approve a3 · /deny a3") == true)
    }

    @Test mutating func `a long difference is in a file, whole`() throws {
        let turn = script.run("change")
        let diff = (0..<400).map { "+ line \($0) of the difference" }.joined(separator: "\n")
        script.ask(ApprovalRequest(id: "1", kind: .file, title: "a.swift", detail: diff), in: turn)
        let chat = script.shown().chat
        let shown = try #require(chat["a3"]?.wanted)
        #expect(shown.entities.contains { $0.type == "pre" && $0.language == "diff" })
        #expect(shown.text.contains("\n…\n… All of it is in the file a3.txt.\n\n/approve a3"))
        #expect(shown.text.utf16.count <= 4_096)
        let file = try #require(chat["a3/file"]?.wanted)
        #expect(file.text == "a3 wants to change files\n± a.swift\n\n" + diff)
        #expect(chat.described("a3/file") == "[a3/file] FILE a3.txt, All that a3 asks for")
    }

    @Test mutating func `a question has a button for each choice`() {
        let turn = script.run("paint")
        script.ask(
            ApprovalRequest(id: "1", kind: .question, title: "Which colour?", choices: ["red", "blue"]), in: turn)
        #expect(
            script.shown().chat.described("a3") == """
                [a3] a3 asks
                ? Which colour?
                1. red
                2. blue

                /answer a3 … · /deny a3
                  bold<a3 asks> code</answer a3 …> code</deny a3>
                  (red a3:0)
                  (blue a3:1)
                  (Decline a3:n)
                """)
    }

    @Test mutating func `of many choices all are in the file, and each shown fits`() {
        let turn = script.run("paint")
        let choices = (0..<60).map { "choice \($0) " + String(repeating: "👨‍👩‍👧‍👦", count: 30) }
        script.ask(ApprovalRequest(id: "1", kind: .question, title: "Which?", choices: choices), in: turn)
        let chat = script.shown().chat
        #expect(chat["a3"]?.wanted.buttons.count == 21)
        #expect(chat["a3"]?.wanted.text.contains("more\n… All of it is in the file a3.txt.") == true)
        #expect(chat["a3/file"]?.wanted.text.contains("60. " + choices[59]) == true)
    }

    @Test mutating func `nothing hides in what is asked`() {
        let turn = script.run("x")
        script.ask(ApprovalRequest(id: "1", kind: .command, title: "rm \u{202E}fdp.a\u{200B}"), in: turn)
        #expect(script.shown().chat["a3"]?.wanted.text.contains("$ rm <U+202E>fdp.a<U+200B>") == true)
    }

    @Test mutating func `what is held counts as told only when it was given`() {
        let turn = script.run("publish")
        script.ask(Self.push, in: turn)
        var view = SessionScript.view()
        for record in script.records { #expect(view.take(record).allSatisfy { $0.key != "a3" }) }
        #expect(view.told == Cursor(rawValue: 2))
        #expect(view.resume == .start)
        #expect(view.flush().map(\.key) == ["a3", "a3/call"])
        #expect(view.told == Cursor(rawValue: 3))
        #expect(view.flush().isEmpty)
    }

    @Test mutating func `an answer right behind the question is all that is shown`() {
        let turn = script.run("publish")
        let approval = script.ask(Self.push, in: turn)
        script.answer(approval, Approval.Answer(.allow, by: "ann (terminal)", basis: .person))
        var view = SessionScript.view()
        let last = script.records.map { view.take($0) }.last ?? []
        #expect(last.map(\.key) == ["a3", "a3/call"])
        #expect(last.allSatisfy { !$0.isLoud && $0.wanted.buttons.isEmpty })
    }

    @Test mutating func `after a crash it can still be answered, and says what an answer does`() {
        let turn = script.run("publish")
        script.ask(Self.push, in: turn)
        let error = TurnError(kind: .process, message: "cm stopped")
        script.add(.finished(turn, Outcome(status: .interrupted, durationMs: 1_000, error: error)))
        let slot = script.shown().chat["a3"]
        #expect(
            slot?.wanted.text.contains("The agent has restarted: it is told of an answer, and goes on with that.")
                == true)
        #expect(slot?.wanted.buttons.count == 2)
    }
}
