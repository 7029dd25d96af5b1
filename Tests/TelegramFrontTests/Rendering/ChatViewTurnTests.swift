import Conversation
import Testing

@testable import TelegramFront

@Suite struct ChatViewTurnTests {
    private var script = SessionScript()

    @Test mutating func `a turn is one message while it runs`() {
        let turn = script.run("fix it")
        script.wait(2_000)
        script.add(.delta(turn, "I look at the tests first. Then I sk-12"))
        for number in 1...5 { script.act("swift test \(number)", in: turn) }
        script.act("swift build", .failed, in: turn)
        script.act("Sources/A.swift", .declined, kind: .file, in: turn)
        script.act("main.rs", .started, kind: .search, in: turn)
        script.wait(40_000)
        let (view, _) = script.shown()
        var named = view
        named.agent = "codex"
        #expect(
            named.refresh(at: script.time)?.described == """
                [t2/1 progress] ⏳ working · 42 s · codex

                … 3 earlier actions
                ✓ $ swift test 4
                ✓ $ swift test 5
                ✗ $ swift build (failed)
                ⊘ ± Sources/A.swift (declined)
                ⋯ ⌕ main.rs

                I look at the tests first. Then I
                  bold<working> code<swift test 4> code<swift test 5> code<swift build> code<Sources/A.swift> code<main.rs>
                  (Cancel t2:x)
                """)
    }

    @Test mutating func `silence is told, and what can be done`() {
        _ = script.run("fix it")
        script.wait(363_000)
        script.add(.notice(Notice(.warn, "nothing was heard of the agent for 6 m 3 s; /cancel stops the turn")))
        let (view, chat) = script.shown()
        #expect(
            view.refresh(at: script.time)?.described == """
                [t2/1 progress] ⏳ silent for 6 m 3 s · 6 m 3 s
                Go on waiting, or stop it with the button or /cancel.
                  bold<silent for 6 m 3 s>
                  (Cancel t2:x)
                """)
        #expect(
            chat.described("n2/1363000")
                == "[n2/1363000 urgent] ⚠ nothing was heard of the agent for 6 m 3 s; /cancel stops the turn")
    }

    @Test(arguments: [(60_000, "silent for 1 m 3 s"), (64_000, "waiting")])
    mutating func `silence begins when it is set to begin`(_ silentAfter: Int64, _ state: String) {
        _ = script.run("fix it")
        script.wait(63_000)
        script.add(.notice(Notice(.warn, "nothing was heard of the agent")))
        let (view, chat) = script.shown(silentAfter: silentAfter)
        #expect(view.refresh(at: script.time)?.described.contains("⏳ \(state)") == true)
        #expect(chat.described("n2/1063000").contains(" urgent]") == state.hasPrefix("silent"))
    }

    @Test mutating func `an agent that tries again waits`() {
        _ = script.run("fix it")
        script.add(.notice(Notice(.warn, "codex tries again: 429")))
        script.add(.notice(Notice(.info, "goes on with the reviewer")))
        let (view, chat) = script.shown()
        #expect(chat.described("n2/1000000") == "[n2/1000000] ⚠ codex tries again: 429")
        #expect(
            view.refresh(at: script.time)?.wanted.text == "⏳ waiting · 0 s\n· goes on with the reviewer")
    }

    @Test mutating func `the answer takes the place of the progress, and a loud line ends the turn`() {
        let turn = script.run("fix it")
        script.wait(42_000)
        script.add(.finished(turn, Outcome(status: .ok, text: "**Fixed** `a.swift`.\n\nAll pass.", durationMs: 42_000)))
        #expect(
            script.shown().chat.described == """
                [t2/1] Fixed a.swift.

                All pass.
                  bold<Fixed> code<a.swift>
                [t2/end loud reply 700] ✅ 42 s
                Fixed a.swift. All pass.
                """)
    }

    @Test mutating func `what was said before the answer can be found`() {
        let turn = script.run("fix it")
        script.add(.finished(turn, Outcome(status: .ok, text: "Done.", durationMs: 900, said: "I look. Done.")))
        #expect(
            script.shown().chat.described("t2/end") == """
                [t2/end loud reply 700] ✅ 0.9 s
                Done.
                (more was said on the way: /history 1)
                """)
    }

    @Test(arguments: [
        (
            Outcome(
                status: .error, durationMs: 5_000, error: TurnError(kind: .auth, message: "log in first"),
                agent: "codex"),
            """
            [t2/1] ❌ failed after 5.0 s (auth): log in first
            [t2/end loud reply 700] ❌ failed after 5.0 s (auth): log in first
            """
        ),
        (
            Outcome(status: .cancelled, text: "I began", durationMs: 65_000),
            """
            [t2/1] I began

            ⏹ stopped after 1 m 5 s
            [t2/end loud reply 700] ⏹ stopped after 1 m 5 s
            """
        ),
        (
            Outcome(
                status: .interrupted, text: "b", durationMs: 5_000,
                error: TurnError(kind: .process, message: "cm stopped"),
                said: "a *b*"),
            """
            [t2/1] a b

            ⚠ interrupted after 5.0 s (process): cm stopped
              italic<b>
            [t2/end loud reply 700] ⚠ interrupted after 5.0 s (process): cm stopped
            """
        ),
        (
            Outcome(status: .ok, durationMs: 5_000, review: Review(rounds: 2, result: .approved)),
            """
            [t2/1] (no answer in words)
            [t2/end loud reply 700] ✅ 5.0 s · approved in round 2
            """
        ),
    ])
    func `each end says how and why`(outcome: Outcome, golden: String) {
        var script = script
        let turn = script.run("fix it")
        script.add(.finished(turn, outcome))
        #expect(script.shown().chat.described == golden)
    }

    @Test mutating func `a turn that runs again says so and goes on in a new message`() {
        let message = script.say("fix it")
        let first = script.start(message)
        let error = TurnError(
            kind: .process, message: "codex stopped while this turn ran; it had not acted and runs again")
        script.add(
            .finished(first, Outcome(status: .interrupted, durationMs: 3_000, error: error, runsAgain: true)))
        let second = script.start(message, attempt: 2)
        let (view, _) = script.shown()
        #expect(view.refresh(at: script.time)?.wanted.text == "⏳ working · 0 s · runs again")
        script.add(.finished(second, Outcome(status: .ok, text: "Fixed.", durationMs: 1_000)))
        #expect(
            script.shown().chat.described == """
                [t2/1] ⚠ interrupted after 3.0 s (process): codex stopped while this turn ran; it had not acted and runs again
                [t4/1] Fixed.
                [t4/end loud reply 700] ✅ 1.0 s
                Fixed.
                """)
    }

    @Test mutating func `an answer of several messages goes on in new ones`() {
        let turn = script.run("tell")
        let paragraphs = (0..<40).map { "Paragraph \($0): " + String(repeating: "word ", count: 80) }
        script.add(.finished(turn, Outcome(status: .ok, text: paragraphs.joined(separator: "\n\n"))))
        let chat = script.shown().chat
        #expect(chat.slots.map(\.key) == ["t2/1", "t2/2", "t2/3", "t2/4", "t2/5", "t2/end"])
        #expect(chat["t2/2"]?.wanted.text.hasPrefix("Paragraph ") == true)
        #expect(chat.slots.dropLast().allSatisfy { $0.delivery == .filled && $0.priority == .final })
    }

    @Test mutating func `an answer of 100,000 characters is its beginning and a file with all of it`() throws {
        let turn = script.run("tell")
        let answer = String(repeating: "👨‍👩‍👧‍👦 שלום **bold** 密\n", count: 5_000)
        script.add(.finished(turn, Outcome(status: .ok, text: answer)))
        let chat = script.shown().chat
        #expect(chat.slots.map(\.key) == ["t2/1", "t2/file", "t2/end"])
        let file = try #require(chat["t2/file"]?.wanted)
        #expect(file.text == answer)
        #expect(chat.described("t2/file") == "[t2/file] FILE answer-t2.md, All of it, \(answer.count) characters")
        let first = try #require(chat["t2/1"]?.wanted)
        #expect(first.text.utf16.count <= 4_096 && first.text.utf16.count > 900)
        #expect(
            first.text.hasSuffix(
                "\n\n… This is the beginning: all of it, \(answer.count) characters, is in the file answer-t2.md."))
    }

    @Test mutating func `a stop tells what runs now`() {
        let turn = script.run("one")
        script.say("two", place: 701)
        script.add(.finished(turn, Outcome(status: .cancelled, durationMs: 1_000)))
        #expect(
            script.shown().chat.described("t2/end") == """
                [t2/end loud reply 700] ⏹ stopped after 1.0 s
                1 message waits and is next; /cancel all drops it too
                """)
    }

    @Test mutating func `the end of a turn whose beginning is not known is shown`() {
        script.add(.finished(Turn.ID(rawValue: 62), Outcome(status: .ok, text: "Fixed.", durationMs: 1_000)))
        #expect(
            script.shown().chat.described == """
                [t62/1] Fixed.
                [t62/end loud] ✅ 1.0 s
                Fixed.
                """)
    }

    @Test mutating func `no secret is shown, wherever it stands`() {
        let secret = "sk-abcdef"
        let turn = script.run("fix it")
        script.type("use \(secret)")
        script.act("curl -H \(secret)", in: turn)
        script.add(.delta(turn, "I use \(secret) now "))
        let report = StageReport(role: .planner, product: .plan("take \(secret)"), next: .developer, agent: secret)
        script.add(.stage(turn, report))
        script.ask(
            ApprovalRequest(
                id: "1", kind: .command, title: "curl \(secret)", detail: "in \(secret)", reason: secret,
                choices: [secret]),
            in: turn)
        script.add(.notice(Notice(.warn, "bad \(secret)")))
        let (view, running) = script.shown { $0.replacing(secret, with: "***") }
        let progress = view.refresh(at: script.time)?.described ?? ""
        script.add(
            .finished(turn, Outcome(status: .error, text: secret, error: TurnError(kind: .auth, message: secret))))
        let ended = script.shown { $0.replacing(secret, with: "***") }.chat
        for text in [running.described, progress, ended.described] {
            #expect(!text.contains(secret))
            #expect(text.contains("***"))
        }
    }
}
