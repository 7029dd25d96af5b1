import Conversation
import Locking
import TestSupport
import Testing

@testable import REPL

/// A person at a terminal who goes from one session to another.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TerminalAttachTests {
    @Test func `the first line does not wait for the agent, and the second one tells of it`() async throws {
        let handshake = Gate()
        let core = ScriptedCore.withTwoSessions(
            greeting: { session in
                try await handshake.pass()
                return Greeting(session: session, mode: .plan, profile: "default", agent: "codex", version: "1.2.3")
            })
        try await withFront(on: core) { terminal in
            #expect(terminal.screen.text == ["cm 1.2.3 · tty:default · /help", "cm»"])
            await handshake.reached()
            handshake.open()
            try await terminal.wait(forLines: [
                "cm 1.2.3 · tty:default · /help", "agent codex · mode plan", "cm»",
            ])
        }
    }

    @Test func `attaching tells where one is and what was said, before the agent answers`() async throws {
        let handshake = Gate()
        let core = ScriptedCore.withTwoSessions(
            history: "ann (tty, 3 s ago): hello\noffline: good day",
            greeting: { session in
                if session == .other { try await handshake.pass() }
                return Greeting(session: session, mode: .single, profile: "default", agent: "codex", version: "1")
            })
        try await withFront(on: core) { terminal in
            try await terminal.wait(for: "agent codex")
            try await terminal.type("/attach b\r")
            try await terminal.wait("expected the history") {
                $0.text.suffix(4) == [
                    "attached to tty:b", "ann (tty, 3 s ago): hello", "offline: good day", "cm b»",
                ]
            }
            handshake.open()
            try await terminal.wait("expected the agent") {
                $0.text.suffix(2) == ["agent codex · mode single", "cm b»"]
            }
        }
    }

    @Test func `whoever is in a session that is deleted stays there, and sees what is said in it then`() async throws {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            for round in 1...2 {
                core.tell(.deleted)
                try await terminal.wait(for: "this session was deleted")
                _ = try await eventually("the session is read anew") { core.readers(of: .test) == 1 ? true : nil }
                core.tell(.notice(Notice(.info, "news \(round)")))
                try await terminal.wait(for: "news \(round)")
            }
        }
    }

    @Test func `a long history is cut to its end`() async throws {
        let history = (1...40).map { "line \($0)" }.joined(separator: "\n")
        let core = ScriptedCore.withTwoSessions(history: history)
        try await withFront(on: core) { terminal in
            try await terminal.type("/attach b\r")
            try await terminal.wait(for: "line 40")
            #expect(terminal.count(of: "… (/history shows more)") == 1)
            #expect(!terminal.screen.text.contains("line 28") && terminal.screen.text.contains("line 29"))
        }
    }

    @Test func `nothing of the session left behind is shown, what is typed goes to the other one, and back`()
        async throws
    {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            core.tell(.started(.sample(3, "a long one")))
            try await terminal.wait(for: "ben (tty): a long one")
            try await terminal.wait(forPrompt: "cm 0 s » ")
            try await terminal.type("/attach b\r")
            try await terminal.wait(forPrompt: "cm b» ")
            _ = try await eventually("nobody reads the old session") { core.readers(of: .test) == 0 ? true : nil }
            core.tell(.delta(Turn.ID(rawValue: 3), "unseen\n"), .finished(Turn.ID(rawValue: 3), Outcome(status: .ok)))
            core.tell(.started(.sample(9, "there")), in: .other)
            try await terminal.wait(for: "ben (tty): there")
            core.tell(.finished(Turn.ID(rawValue: 9), Outcome(status: .ok)), in: .other)
            try await terminal.wait(forPrompt: "cm b» ")
            try await terminal.type("hello\r")
            _ = try await eventually("it is handed in") { core.calls.last == .handle("hello", .other) ? true : nil }
            try await terminal.type("/attach default\r")
            try await terminal.wait(forPrompt: "cm» ")
            core.tell(.notice(Notice(.info, "back again")))
            try await terminal.wait(for: "back again")
            #expect(terminal.count(of: "unseen") == 0)
        }
    }

    @Test func `lines that were typed behind the command go to the new session`() async throws {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            try await terminal.type("one\r/attach b\rtwo\r")
            _ = try await eventually("all are handed in") {
                core.calls.contains(.handle("one", .test)) && core.calls.contains(.handle("two", .other)) ? true : nil
            }
        }
    }

    @Test func `what is typed and not sent stays`() async throws {
        let isThere = Gate()
        let core = ScriptedCore { message, _ in
            guard message.text == "/attach b" else {
                return .replied(CommandReply(name: "history", ok: true, text: "nothing was said yet"))
            }
            try await isThere.pass()
            return .replied(.attaching(to: .other))
        }
        try await withFront(on: core) { terminal in
            try await terminal.type("/attach b\r")
            await isThere.reached()
            try await terminal.type("half a line")
            try await terminal.wait(forPrompt: "cm» half a line")
            isThere.open()
            try await terminal.wait(forPrompt: "cm b» half a line")
        }
    }

    @Test func `Ctrl-C is about the session that is followed`() async throws {
        let core = ScriptedCore.withTwoSessions()
        core.begin(.other, with: .started(.sample(9, "there")))
        try await withFront(on: core) { terminal in
            core.tell(.started(.sample(3, "here")))
            try await terminal.wait(for: "ben (tty): here")
            try await terminal.type("/attach b\r")
            try await terminal.wait(for: "ben (tty): there")
            try await terminal.wait(forPrompt: "cm b · 0 s » ")
            try await terminal.type("\u{3}")
            let stop = ScriptedCore.Call.interrupt(.other, turn: Turn.ID(rawValue: 9))
            _ = try await eventually("the turn is stopped") { core.calls.contains(stop) ? true : nil }
            let stops = core.calls.count { if case .interrupt = $0 { true } else { false } }
            #expect(stops == 1)
        }
    }

    @Test func `Ctrl-C names the turn that was seen to run, and stops no later one`() async throws {
        let late = Gate()
        try await withHub(ScriptedShell { $0.text == "one" ? [.hang] : .answer("re: \($0.text)") }) { hub in
            let core = SlowToStop(core: hub, gate: late)
            try await withFront(on: core) { terminal in
                try await terminal.type("one\r")
                try await terminal.wait(forPrompt: "cm 0 s » ")
                try await terminal.type("two\r")
                try await terminal.wait(for: "queued, 1 before it")
                try await terminal.type("\u{3}")
                await late.reached()
                // The turn ends in another way, and the next one runs, before the core hears of it.
                let events = try await hub.events(of: .test)
                let hasStopped = try await hub.interrupt(.test)
                #expect(hasStopped)
                let next = await events.collect { $0.event.isStart(of: "two") }
                #expect(next.last != nil)
                late.open()
                try await terminal.wait(for: "re: two")
                try await terminal.wait(forPrompt: "cm» ")
            }
            let stopped = core.results.withLock(\.self)
            #expect(stopped == [false])
        }
    }

    @Test func `a turn that runs in a session is told once, with what it said`() async throws {
        let core = ScriptedCore.withTwoSessions(history: "ben (tty, 3 s ago): there")
        core.begin(.other, with: .started(.sample(9, "there")), .delta(Turn.ID(rawValue: 9), "so far\n"))
        try await withFront(on: core) { terminal in
            try await terminal.type("/attach b\r")
            try await terminal.wait(for: "so far")
            #expect(terminal.count(of: "there") == 1)
        }
    }

    @Test func `keys answer what is asked in the session that is followed`() async throws {
        let core = ScriptedCore.withTwoSessions()
        core.tell(.approval(Turn.ID(rawValue: 3), .sample(8, .command, "make there")), in: .other)
        try await withFront(on: core) { terminal in
            core.tell(.approval(Turn.ID(rawValue: 3), .sample(7, .command, "make here")))
            try await terminal.wait(for: "$ make here")
            try await terminal.wait(for: "v view »")
            try await terminal.type("/attach b\r")
            try await terminal.wait(for: "$ make there")
            try await terminal.wait("expected the offer") {
                $0.text.last?.hasSuffix("b · allow? y once · s session · n deny · e deny with a reason · v view »")
                    == true
            }
            #expect(terminal.count(of: "$ make here") == 1)
            try await terminal.type("y")
            let answer = ScriptedCore.Call.answer(Approval.ID(rawValue: 8), .allow, .other)
            _ = try await eventually("it is answered") { core.calls.contains(answer) ? true : nil }
            try await terminal.type("/attach default\r")
            try await terminal.wait("expected the first one again") {
                $0.text.count { $0.contains("$ make here") } == 2
            }
            try await terminal.wait(for: "cm waiting for you")
        }
    }

    @Test func `two sessions of a real core are followed one after the other`() async throws {
        let isDone = Gate()
        let shell = ScriptedShell { request in
            request.text == "long"
                ? .message("working") + [.wait(isDone)] + .answer("done") : .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            _ = try await hub.submit(.test("first"), to: .other)
            try await withFront(on: hub) { terminal in
                try await terminal.type("long\r")
                try await terminal.wait(forPrompt: "cm 0 s » ")
                try await terminal.type("/attach b\r")
                try await terminal.wait(for: "scripted: re: first")
                try await terminal.type("second\r")
                try await terminal.wait(for: "re: second")
                isDone.open()
                try await terminal.type("/attach default\r")
                try await terminal.wait(for: "done")
                try await terminal.wait(forPrompt: "cm» ")
            }
        }
    }
}

/// A core to which the wish to stop a turn is long on its way.
private struct SlowToStop: Core {
    let core: Hub
    let gate: Gate
    let results = Locked<[Bool]>([])

    func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool {
        try? await gate.pass()  // cancelled at the end of the test alone
        let result = try await core.interrupt(session, turn: turn, by: person)
        results.withLock { $0.append(result) }
        return result
    }

    func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        try await core.handle(message, in: session)
    }

    func submit(_ message: Message, to session: SessionID) async throws -> Receipt {
        try await core.submit(message, to: session)
    }

    func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised {
        try await core.revise(key, to: text, in: session)
    }

    func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered {
        try await core.answer(id, decision, from: person, in: session)
    }

    func events(
        of session: SessionID, after bookmark: Bookmark?, answers: Bool
    ) async throws -> AsyncStream<Record> {
        try await core.events(of: session, after: bookmark, answers: answers)
    }

    func position(of session: SessionID) async throws -> Cursor { try await core.position(of: session) }
    func greeting(of session: SessionID) async throws -> Greeting { try await core.greeting(of: session) }
    func openApprovals(of session: SessionID) async throws -> [Approval] {
        try await core.openApprovals(of: session)
    }
    func names() async throws -> CoreNames { try await core.names() }
    func load() async -> CoreLoad { await core.load() }
    func drain() async { await core.drain() }
}

extension Event {
    /// Whether a turn for `text` begins.
    fileprivate func isStart(of text: String) -> Bool {
        if case .started(let turn) = self { turn.text == text } else { false }
    }
}
