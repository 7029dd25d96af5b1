import TestSupport
import Testing

@testable import Conversation

/// What a core finds that another one left: a journal whose last turn has no end.
@Suite(.timeLimit(.minutes(1))) struct HubCrashTests {
    private let journal = InMemoryJournal()

    @Test func `a cancelled core leaves its turn open`() async throws {
        try await crash(in: [])
        let state = try #require(try await journal.state(of: .test))
        #expect(state.running?.turn.text == "one")
        #expect(journal.records.allSatisfy { !$0.isFinished })
    }

    @Test func `a turn that had not acted runs again, once`() async throws {
        try await crash(in: .message("thinking"))
        let shell = ScriptedShell(turns: [.answer("done")])
        try await withHub(shell, journal: journal) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 2)
            let first = try #require(records.compactMap(\.outcome).first)
            #expect(first.status == .interrupted)
            #expect(first.runsAgain)
            #expect(first.error?.message == "cm stopped while this turn ran; it had not acted and runs again")
            #expect(records.last?.outcome?.text == "done")
            #expect(records.compactMap(\.startedTurn?.attempt) == [1, 2])
            #expect(shell.texts == ["one"])
        }
    }

    @Test func `a turn that had acted is closed and not run again`() async throws {
        try await crash(in: [.act("make install")])
        let shell = ScriptedShell(turns: [])
        try await withHub(shell, journal: journal) { hub in
            let outcome = try await hub.events(of: .test, after: .start).collect(turns: 1).last?.outcome
            #expect(outcome?.status == .interrupted)
            #expect(outcome?.runsAgain == false)
            #expect(outcome?.error?.message.contains("make install (completed)") == true)
            #expect(try await hub.command("/queue")?.text == "nothing waits")
        }
        #expect(shell.calls.isEmpty)
    }

    @Test func `a turn that was lost twice is an error`() async throws {
        try await crash(in: [])
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)]]), journal: journal) { _ in await gate.reached() }
        try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 2)
            #expect(records.compactMap(\.outcome?.status) == [.interrupted, .error])
        }
    }

    @Test func `messages that waited run in order after the one that runs again`() async throws {
        try await crash(in: [], waiting: ["two", "three"])
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 4)
            #expect(records.compactMap(\.startedTurn?.text) == ["one", "one", "two", "three"])
        }
    }

    @Test func `messages that waited run in order after the one that was closed`() async throws {
        try await crash(in: [.act("rm x")], waiting: ["two", "three"])
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 3)
            #expect(records.compactMap(\.startedTurn?.text) == ["one", "two", "three"])
        }
    }

    @Test func `a message that was stored and never started runs`() async throws {
        let message = Message.test("one")
        let stored = Record(
            cursor: Cursor(rawValue: 7), session: .test, time: Timestamp(millisecondsSince1970: 0),
            event: .accepted(Message.ID(rawValue: 7), message))
        try await withHub(ScriptedShell(turns: [.answer("1")]), journal: InMemoryJournal([stored])) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 1)
            #expect(records.last?.outcome?.text == "1")
            #expect(records.compactMap(\.startedTurn?.id.rawValue) == [8])
        }
    }

    @Test func `every session that was left is settled`() async throws {
        let other = SessionID(rawValue: "tty:other")
        try await crash(in: [], sessions: [.test, other])
        try await withHub(ScriptedShell { .answer($0.text) }, journal: journal) { hub in
            for session in [SessionID.test, other] {
                let records = try await hub.events(of: session, after: .start).collect(turns: 2)
                #expect(records.compactMap(\.outcome?.status) == [.interrupted, .ok])
            }
        }
    }

    @Test func `a core that settles one session leaves the others as they are`() async throws {
        let other = SessionID(rawValue: "tty:other")
        try await crash(in: [], sessions: [.test, other])
        var configuration = HubConfiguration.test()
        configuration.settlesOnly = other
        let shell = ScriptedShell { .answer($0.text) }
        try await withHub(shell, journal: journal, configuration: configuration) { hub in
            _ = try await hub.events(of: other, after: .start).collect(turns: 2)
        }
        #expect(shell.texts == ["one"])
        let left = try await journal.unfinished()
        #expect(left.sessions == [.test])
        #expect(try await journal.state(of: .test)?.running != nil)
    }

    @Test func `a cancel while the journal is slow ends the core without an error`() async throws {
        let disk = Gate()
        journal.hold(at: disk)
        let hub = Hub(
            journal: journal, directory: ScriptedDirectory(ScriptedShell(turns: [])), configuration: .test())
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hub.run() }
            group.addTask {
                await #expect(throws: HubError.closed) { try await hub.submit(.test("one"), to: .test) }
            }
            await disk.reached()
            group.cancelAll()
            while let result = await group.nextResult() { #expect(throws: Never.self) { try result.get() } }
        }
        #expect(journal.records.isEmpty)
    }

    @Test func `cancel all before the core has taken up what was left drops each message once`() async throws {
        try await crash(in: [.act("rm x")], waiting: ["two", "three"])
        let hub = Hub(
            journal: journal, directory: ScriptedDirectory(ScriptedShell { .answer($0.text) }),
            configuration: .test())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { _ = try await hub.type("/cancel all") } }
            while await hub.inbox.count < 2, !Task.isCancelled { await Task.yield() }
            group.addTask { try await hub.run() }
            _ = try await group.next()
            _ = try await group.next()
            _ = try await hub.type("four")
            _ = try await hub.events(of: .test, after: .start).collect { $0.outcome?.text == "four" }
            group.cancelAll()
        }
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `a new conversation before the core has taken up what was left is refused`() async throws {
        let gate = Gate()
        try await crash(in: [.act("rm x")], waiting: ["two"])
        let hub = Hub(
            journal: journal, directory: ScriptedDirectory(ScriptedShell { _ in [.wait(gate)] }),
            configuration: .test())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let reply = try await hub.command("/new")
                #expect(reply?.ok == false)
            }
            while await hub.inbox.isEmpty, !Task.isCancelled { await Task.yield() }
            group.addTask { try await hub.run() }
            _ = try await group.next()
            group.cancelAll()
        }
        #expect(journal.records.allSatisfy { $0.event != .changed(.renewed) })
    }

    /// Leaves a turn that took `steps` open in each of `sessions`, and `waiting` messages behind it.
    private func crash(
        in steps: [ScriptedStep], waiting: [String] = [], sessions: [SessionID] = [.test]
    ) async throws {
        let gate = Gate()
        try await withHub(ScriptedShell { _ in steps + [.wait(gate)] }, journal: journal) { hub in
            for session in sessions {
                for text in ["one"] + waiting { _ = try await hub.type(text, in: session) }
            }
            await gate.reached(sessions.count)
        }
    }
}
