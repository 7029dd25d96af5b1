import Conversation
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
            _ = try await eventually("the turn is stopped") { core.calls.contains(.interrupt(.other)) ? true : nil }
            #expect(!core.calls.contains(.interrupt(.test)))
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
