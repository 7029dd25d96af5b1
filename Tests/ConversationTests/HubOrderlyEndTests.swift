import TestSupport
import Testing

@testable import Conversation

/// What becomes of a turn that a core cuts off which was told to end.
@Suite(.timeLimit(.minutes(1))) struct HubOrderlyEndTests {
    private let journal = InMemoryJournal()

    @Test func `a turn that had not acted runs again after any number of orderly ends, and once after a crash`()
        async throws
    {
        try await cutOff(in: .message("thinking"), .orderly)
        let first = try #require(journal.records.compactMap(\.outcome).first)
        #expect(first.status == .interrupted && first.runsAgain && first.isSpared)
        #expect(
            first.error?.message == "cm was told to end while this turn ran; it had not acted and runs again")
        #expect(try await journal.state(of: .test)?.waiting.map(\.message.text) == ["one"])

        for end in [End.orderly, .crash, .orderly, .orderly] { try await cutOff(in: [], end) }
        let shell = ScriptedShell(turns: [.answer("done")])
        try await withHub(shell, journal: journal) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 6)
            #expect(records.last?.outcome?.text == "done")
            #expect(records.compactMap(\.startedTurn?.attempt) == [1, 2, 3, 4, 5, 6])
            #expect(records.compactMap(\.outcome).map(\.isSpared) == [true, true, false, true, true, false])
        }
        #expect(shell.texts == ["one"])
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `the second crash is the last, however many orderly ends came between`() async throws {
        for end in [End.crash, .orderly, .orderly, .crash] { try await cutOff(in: [], end) }
        let shell = ScriptedShell(turns: [])
        try await withHub(shell, journal: journal) { hub in
            let last = try await hub.events(of: .test, after: .start).collect(turns: 4).last?.outcome
            #expect(last?.status == .error && last?.runsAgain == false)
            #expect(last?.error?.message.contains("for the second time; it is not tried again") == true)
        }
        #expect(shell.calls.isEmpty)
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `a turn that had acted stays open for the next core, which closes it`() async throws {
        try await cutOff(in: [.act("make install")], .orderly)
        #expect(journal.records.allSatisfy { !$0.isFinished })
        let shell = ScriptedShell(turns: [])
        try await withHub(shell, journal: journal) { hub in
            let outcome = try await hub.events(of: .test, after: .start).collect(turns: 1).last?.outcome
            #expect(outcome?.status == .interrupted && outcome?.runsAgain == false)
            #expect(outcome?.error?.message.contains("make install (completed)") == true)
        }
        #expect(shell.calls.isEmpty)
    }

    @Test func `what was put into it waits again, behind it`() async throws {
        let gate = Gate()
        let hub = try await withHub(ScriptedShell { _ in [.wait(gate)] }, journal: journal) { hub in
            _ = try await hub.type("one")
            await gate.reached()
            _ = try await hub.command("/steer two")
            _ = try await hub.type("three")
            return hub
        }
        try await hub.spareCutOffTurns()
        #expect(try await journal.state(of: .test)?.waiting.map(\.message.text) == ["one", "two", "three"])
    }

    @Test func `a question is left to the next core, as nobody may come back for it`() async throws {
        let question = SessionID(question: "1")
        try await cutOff(in: [], .orderly, session: question)
        #expect(try await journal.state(of: question)?.running != nil)
    }

    @Test func `with nothing under way nothing is written`() async throws {
        let hub = try await withHub(ScriptedShell(turns: [.answer("1")]), journal: journal) { hub in
            _ = try await hub.type("one")
            _ = try await hub.events(of: .test, after: .start).collect(turns: 1)
            return hub
        }
        let count = journal.records.count
        try await hub.spareCutOffTurns()
        #expect(journal.records.count == count)
    }

    private enum End { case orderly, crash }

    /// Has a core end while the turn for "one" runs and took `steps`; a second one begins with what the first left.
    private func cutOff(in steps: [ScriptedStep], _ end: End, session: SessionID = .test) async throws {
        let gate = Gate(), isFirst = journal.records.isEmpty
        let hub = try await withHub(ScriptedShell { _ in steps + [.wait(gate)] }, journal: journal) { hub in
            if isFirst { _ = try await hub.type("one", in: session) }
            await gate.reached()
            return hub
        }
        if end == .orderly { try await hub.spareCutOffTurns() }
    }
}
