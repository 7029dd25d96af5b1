import Conversation
import Testing

@testable import TelegramFront

@Suite struct ChatViewSessionTests {
    private var script = SessionScript()

    @Test mutating func `what is written elsewhere is shown with its writer and place`() {
        let message = script.type("run the tests\nall of them")
        let turn = script.start(message)
        script.add(.finished(turn, Outcome(status: .ok, text: "They pass.", durationMs: 1_000)))
        #expect(
            script.shown().chat.described == """
                [m1] ann (terminal): run the tests
                all of them
                  bold<ann (terminal):>
                [t2/1] They pass.
                [t2/end loud] ✅ 1.0 s
                They pass.
                """)
    }

    @Test mutating func `what waits says so until it runs`() {
        let turn = script.run("one")
        let second = script.type("two")
        #expect(
            script.shown().chat.described("m3") == """
                [m3] ann (terminal): two
                waits, 1 before it
                  bold<ann (terminal):> italic<waits, 1 before it>
                """)
        script.add(.finished(turn, Outcome(status: .ok, text: "a")))
        script.start(second)
        #expect(script.shown().chat["m3"]?.wanted.text == "ann (terminal): two")
    }

    @Test mutating func `a text for the running turn is noted, and that the agent did not take it`() {
        let turn = script.run("one")
        let text = script.type("use tabs")
        script.add(.steered(turn, text))
        #expect(script.shown().chat["m3"]?.wanted.text == "ann (terminal): use tabs\nput into the running turn")
        script.add(.unsteered(turn, text))
        #expect(
            script.shown().chat["m3"]?.wanted.text
                == "ann (terminal): use tabs\nnot taken by the agent, waits for a turn of its own")
    }

    @Test mutating func `what is dropped is counted, and marked where it stands`() {
        _ = script.run("one")
        let own = script.say("two", place: 701)
        let other = script.type("three")
        script.add(.dropped([own, other]))
        let chat = script.shown().chat
        #expect(chat["m4"]?.wanted.text == "ann (terminal): three\ndropped, not answered")
        #expect(chat.described("e5") == "[e5] 2 waiting messages dropped")
        #expect(chat["m3"] == nil)
    }

    @Test mutating func `what is changed while it waits shows its new text, and what was written here needs none`() {
        _ = script.run("one")
        let own = script.say("two", place: 701)
        let other = script.type("three")
        script.add(.revised(own, "zwei"))
        script.revise(other, "drei")
        let chat = script.shown().chat
        #expect(chat["m4"]?.wanted.text == "ann (terminal): drei\nwaits, 2 before it")
        #expect(chat["m3"] == nil)
    }

    @Test mutating func `that the session was deleted is told, and nothing runs or waits any more`() {
        _ = script.run("one")
        _ = script.type("two")
        script.add(.deleted)
        let (view, chat) = script.shown()
        #expect(!view.isRunning && view.state.waiting.isEmpty)
        #expect(chat.described.contains("⚠ this session was deleted"))
    }

    @Test mutating func `a change that somebody else made is told late when it was taken for the own one`() throws {
        var view = SessionScript.view()
        view.ownChanges.expect(.mode(.single))
        script.add(.changed(.mode(.single)))
        var chat = ShownChat()
        for record in script.records { chat.put(view.take(record)) }
        #expect(chat.described.isEmpty)
        chat.put(view.settle(.mode(.single), made: nil))
        #expect(chat.described == "[e1] mode: single")
    }

    @Test func `changes are told unless they were asked for here`() throws {
        var view = SessionScript.view()
        view.ownChanges.expect(try #require(SessionChange(typed: "/mode@bot single")))
        var script = script
        script.add(.changed(.mode(.single)))
        script.add(.changed(.profile("fast")))
        script.add(.changed(.thread(ThreadKey(profile: "fast", agent: "codex"), "x")))
        var chat = ShownChat()
        for record in script.records { chat.put(view.take(record)) }
        #expect(chat.described == "[e2] profile: fast")
    }

    @Test mutating func `a file that is handed over is a document, read when it is sent`() {
        script.add(.shared(SharedFile(path: "/w/out/a.txt", name: "out/a.txt", size: 2048)))
        script.add(.shared(SharedFile(path: "/w/b.txt", name: "b.txt", size: 1, hidesSecrets: true)))
        let chat = script.shown().chat
        #expect(
            chat.described == """
                [f1] FILE a.txt, out/a.txt · 2.0 KB
                [f2] FILE b.txt, b.txt · 1 byte · secrets are taken out
                """)
        #expect(chat["f1"]?.wanted.document?.path == "/w/out/a.txt")
    }

    @Test mutating func `a notification is not shown as a notice: it has a way of its own`() {
        var notice = Notice(.error, "codex is down")
        notice.announced = Notice.Announced(.important, of: "agent")
        script.add(.notice(notice))
        #expect(script.shown().chat.described == "")
    }

    @Test mutating func `two remarks at one time are two messages`() {
        script.add(.notice(Notice(.info, "one")))
        script.add(.notice(Notice(.error, "two")))
        #expect(
            script.shown().chat.described == """
                [n0/1000000] ℹ️ one
                [n0/1000000/n2 urgent] ❌ two
                """)
    }

    @Test mutating func `the stages of plan mode are within the progress`() {
        let turn = script.run("one")
        let route = StageReport(
            role: .selector, product: .route(Route(.plan, reason: "many files")), next: .planner, agent: "codex",
            durationMs: 2_100)
        script.add(.stage(turn, route))
        script.add(
            .stage(
                turn,
                StageReport(
                    role: .planner, product: .plan("1. do it\n2. test it"), next: .developer, agent: "codex",
                    durationMs: 12_000)))
        let (view, _) = script.shown()
        #expect(
            view.refresh(at: script.time)?.described == """
                [t2/1 progress] ⏳ working · 0 s · codex · developer

                ▸ selector: plan → planner (codex, 2.1 s)
                ▸ planner → developer (codex, 12 s)
                1. do it
                2. test it
                  bold<working> blockquote<1. do it
                2. test it>
                  (Cancel t2:x)
                """)
        let verdict = StageReport(
            role: .reviewer, product: .verdict(Verdict(isApproved: false, feedback: "rename it")), next: .developer,
            agent: "codex", durationMs: 1_000)
        script.add(.stage(turn, verdict))
        let text = script.shown().view.refresh(at: script.time)?.wanted.text ?? ""
        #expect(text.contains("developer, round 2"))
        #expect(text.contains("▸ reviewer wants changes → developer · round 2 (codex, 1.0 s)\nrename it"))
    }

    @Test mutating func `a plan that is too long for the progress says how long it is`() {
        let turn = script.run("one")
        let plan = String(repeating: "step ", count: 1_000)
        script.add(
            .stage(turn, StageReport(role: .planner, product: .plan(plan), next: .developer, agent: "codex")))
        let text = script.shown().view.refresh(at: script.time)?.wanted.text ?? ""
        #expect(text.hasSuffix("…\n(5000 characters in all)"))
        #expect((1_400...1_600).contains(text.utf16.count))
    }

    @Test mutating func `a view that comes upon a running turn can begin there again`() {
        var view = SessionScript.view(after: Cursor(rawValue: 90), told: Cursor(rawValue: 90))
        let waiting = SessionState.Waiting(
            id: Message.ID(rawValue: 61), message: Message(text: "x", author: "ann", origin: .terminal, sender: "t"))
        let started = Record(
            cursor: Cursor(rawValue: 90), session: SessionScript.session, time: script.time,
            event: .started(Turn(id: Turn.ID(rawValue: 62), waiting)))
        _ = view.take(started)
        #expect(view.resume == Cursor(rawValue: 61))
        #expect(view.refresh(at: script.time)?.key == "t62/1")
    }
}
