import Conversation
import TestSupport
import Testing

@testable import REPL

/// A person at a terminal while the core moves from one process to another.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TerminalMoveTests {
    private let turn = Turn.ID(rawValue: 3)

    @Test func `a turn that the move has cut off runs again, and the prompt follows it to its end`() async throws {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            let error = TurnError(kind: .process, message: "cm ended")
            core.tell(.started(.sample(3, "hello", from: "me")), .delta(turn, "half a sen"))
            try await terminal.wait(forPrompt: "cm 0 s » ")
            core.tell(.finished(turn, Outcome(status: .interrupted, error: error, runsAgain: true)))
            try await terminal.wait(for: "✗ interrupted")
            try await terminal.wait(forPrompt: "cm» ")
            core.tell(
                .started(Turn.sample(6, "hello", from: "me", attempt: 2)), .delta(Turn.ID(rawValue: 6), "whole\n"))
            try await terminal.wait(forPrompt: "cm 0 s » ")
            core.tell(.finished(Turn.ID(rawValue: 6), Outcome(status: .ok)))
            try await terminal.wait(forPrompt: "cm» ")
            let shown = terminal.screen.text.filter { !$0.contains("agent") && !$0.contains("/help") }
            #expect(
                shown == [
                    "half a sen", "✗ interrupted (process): cm ended", "runs again: hello", "whole", "✓ 0.0 s", "cm»",
                ])
        }
    }

    @Test func `a notice that comes with another host is shown above the prompt`() async throws {
        let (news, teller) = AsyncStream.makeStream(of: Notice.self)
        try await withFront(on: ScriptedCore.withTwoSessions(), news: news) { terminal in
            teller.yield(Notice(.warn, "the environment does not count"))
            try await terminal.wait(for: "the environment does not count")
            try await terminal.wait(forPrompt: "cm» ")
        }
    }

    @Test func `a question of a turn that was cut off is closed, and the one that is asked again is answered`()
        async throws
    {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            core.tell(.started(.sample(3, "hello")), .approval(turn, .sample(7)))
            try await terminal.wait(for: "v view »")
            let withdrawn = Approval.sample(7).answered(.deny(reason: nil), by: "the end of cm", basis: .withdrawal)
            core.tell(.approval(turn, withdrawn), .finished(turn, Outcome(status: .interrupted, runsAgain: true)))
            core.tell(.started(.sample(9, "hello", attempt: 2)), .approval(Turn.ID(rawValue: 9), .sample(11)))
            try await terminal.wait(for: "a11 wants to run a command")
            try await terminal.wait("expected the offer") { $0.text.last?.hasSuffix("v view »") == true }
            try await terminal.type("y")
            let answer = ScriptedCore.Call.answer(Approval.ID(rawValue: 11), .allow, .test)
            _ = try await eventually("it is answered") { core.calls.contains(answer) ? true : nil }
        }
    }

    @Test func `when the end of a turn was missed, Ctrl-C finds out`() async throws {
        let core = ScriptedCore.withTwoSessions()
        core.setStopping(false)
        try await withFront(on: core) { terminal in
            core.tell(.started(.sample(3, "hello")))
            try await terminal.wait(forPrompt: "cm 0 s » ")
            try await terminal.type("\u{3}")
            try await terminal.wait(forPrompt: "cm» ")
            try await terminal.type("\u{3}")
            try await terminal.wait(for: "press Ctrl-C again within 2 s")
        }
    }

    @Test func `while the core is away it is said once, and keys do what they do`() async throws {
        let clock = ManualClock(), isAway = Flag(), isBack = Gate()
        let core = ScriptedCore(names: {
            if isAway.isSet { try await isBack.pass() }
            return CoreNames()
        }) { _, _ in
            try await isBack.pass()
            return .replied(CommandReply(name: "test", ok: true, text: "taken"))
        }
        try await withFront(on: core, clock: clock) { terminal in
            try await terminal.wait(for: "agent scripted")
            isAway.set()
            try await terminal.type("hello\r")
            await isBack.reached()
            #expect(terminal.count(of: "moving") == 0)
            try await terminal.wait("expected to be told") { screen in
                clock.advance(by: .milliseconds(100))
                return screen.text.contains("the core is moving to another process…")
            }
            try await terminal.type("typed meanwhile")
            try await terminal.wait(forPrompt: "cm» typed meanwhile")
            try await terminal.type("\u{3}")
            try await terminal.wait(forPrompt: "cm» ")
            try await terminal.type("\u{3}")
            try await terminal.wait(for: "press Ctrl-C again within 2 s")
            isBack.open()
            try await terminal.wait(for: "taken")
            #expect(terminal.count(of: "moving") == 1)
        }
    }

    @Test func `a command that takes its time is no core that moves`() async throws {
        let clock = ManualClock(), isDone = Gate(), asked = Counter()
        let core = ScriptedCore(names: {
            asked.add()
            return CoreNames()
        }) { _, _ in
            try await isDone.pass()
            return .replied(CommandReply(name: "diff", ok: true, text: "no changes"))
        }
        try await withFront(on: core, clock: clock) { terminal in
            try await terminal.wait(for: "agent scripted")
            let before = asked.count
            try await terminal.type("/diff\r")
            await isDone.reached()
            try await terminal.wait("expected a question whether the core is there") { _ in
                clock.advance(by: .milliseconds(100))
                return asked.count > before
            }
            clock.advance(by: .seconds(10))
            isDone.open()
            try await terminal.wait(for: "no changes")
            #expect(terminal.count(of: "moving") == 0)
        }
    }

    @Test func `a message that no core takes is given back, and the next one is handed in`() async throws {
        let core = ScriptedCore { message, _ in
            guard message.text == "second" else { throw HubError.closed }
            return .replied(CommandReply(name: "test", ok: true, text: "taken"))
        }
        try await withFront(on: core) { terminal in
            try await terminal.type("first\r")
            try await terminal.wait(for: "nothing was stored; the up arrow brings your text back")
            try await terminal.type("\u{1B}[A")
            try await terminal.wait(forPrompt: "cm» first")
            try await terminal.type("\u{15}second\r")
            try await terminal.wait(for: "taken")
        }
    }

    @Test func `who leaves is told of the turn that goes on elsewhere`() async throws {
        let core = ScriptedCore.withTwoSessions()
        try await withFront(on: core) { terminal in
            core.tell(.started(.sample(3, "hello")))
            try await terminal.wait(forPrompt: "cm 0 s » ")
            try await terminal.type("\u{4}")
            try await terminal.wait(for: "the running turn goes on in the other cm")
        }
    }

    @Test func `who leaves is told that others go on with what waits`() async throws {
        let core = ScriptedCore.withTwoSessions()
        core.setLoad(CoreLoad(running: 1, waiting: 2, isTakenOver: true))
        try await withFront(on: core) { terminal in
            try await terminal.type("/quit\r")
            try await terminal.wait(for: "the running turn is finished first; Ctrl-C stops it")
            try await terminal.wait(
                for: "nothing is lost: the others who are attached go on with 2 waiting messages")
        }
    }
}
