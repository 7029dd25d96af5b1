import TestSupport
import Testing

@testable import Conversation

/// Who is told that a turn is stopped does not see it run again, whatever happens.
@Suite(.timeLimit(.minutes(1))) struct HubStoppingTests {
    /// The ways to stop what runs.
    enum Way: CaseIterable {
        case command, commandForAll, press, leaving

        func stop(_ hub: Hub) async throws {
            switch self {
            case .command: _ = try await hub.type("/cancel")
            case .commandForAll: _ = try await hub.type("/cancel all")
            case .press: _ = try await hub.interrupt(.test, turn: Turn.ID(rawValue: 2))
            case .leaving: try await hub.interruptAll()
            }
        }
    }

    private let journal = InMemoryJournal()
    /// Where the agent waits before it begins its turn, which it does not end unless it is interrupted.
    private let gate = Gate()

    /// Runs a core while `body` runs, whose turn has come to the agent.
    private func running<Value: Sendable>(_ body: (Hub) async throws -> Value) async throws -> Value {
        let shell = ScriptedShell { [gate] _ in
            try await gate.pass()
            return [.hang]
        }
        return try await withHub(shell, journal: journal) { hub in
            _ = try await hub.type("go")
            await gate.reached()
            return try await body(hub)
        }
    }

    /// What a core that is killed leaves at the moment when it is told that the turn is stopped, which the agent has not
    /// ended yet.
    private func left(by way: Way) async throws -> [Record] {
        try await running { hub in
            try await way.stop(hub)
            let left = journal.records
            gate.open()
            return left
        }
    }

    @Test(arguments: Way.allCases)
    func `what was told to be stopped does not run again after a crash`(way: Way) async throws {
        let journal = InMemoryJournal(try await left(by: way)), shell = ScriptedShell(turns: [.answer("two")])
        try await withHub(shell, journal: journal) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 1)
            #expect(records.last?.outcome?.status == .cancelled)
            // Whoever waits behind it has their turn.
            let next = try await hub.events(of: .test)
            _ = try await hub.type("two")
            _ = await next.collect(turns: 1)
        }
        #expect(shell.texts == ["two"])
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `what it asked is closed with it, also after a crash`() async throws {
        var left: [Record] = []
        let request = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
        let before = InMemoryJournal()
        try await withHub(ScriptedShell(turns: [ScriptedStep.ask(request)]), journal: before) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = await events.collect { $0.approval != nil }
            left = before.records
        }
        let last = try #require(left.last)
        left.append(
            Record(
                cursor: last.cursor.next, session: .test, time: last.time,
                event: .stopping(Turn.ID(rawValue: 2), by: nil)))
        let journal = InMemoryJournal(left)
        try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            let records = try await hub.events(of: .test, after: .start).collect(turns: 1)
            #expect(records.last?.outcome == Outcome(status: .cancelled))
            #expect(records.compactMap(\.approval).last?.answer?.basis == .withdrawal)
            let open = try await hub.openApprovals(of: .test)
            #expect(open.isEmpty)
        }
    }

    @Test func `the agent hears of a stop at once, and whoever stops it when it is on disk`() async throws {
        let journal = InMemoryJournal(), disk = Gate(), turn = Gate(), told = Flag()
        let shell = ScriptedShell { _ in [.wait(turn)] }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await turn.reached()
            journal.hold(at: disk) { $0.contains { $0.isStopping || $0.isFinished } }
            async let stopped = {
                defer { told.set() }
                return try await hub.interrupt(.test)
            }()
            await disk.reached()
            _ = try await eventually("the agent hears of it") { shell.calls.contains(.interrupt) ? true : nil }
            #expect(!told.isSet)
            disk.open()
            let isStopped = try await stopped
            #expect(isStopped)
            #expect(await events.collect(turns: 1).last?.outcome?.status == .cancelled)
        }
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `one that survives a crash of the machine is waited for as well`() async throws {
        let disk = Gate(), told = Flag()
        try await running { hub in
            journal.holdDisk(at: disk)
            async let stopped = {
                defer { told.set() }
                return try await hub.interrupt(.test)
            }()
            await disk.reached()
            #expect(!told.isSet)
            disk.open()
            let isStopped = try await stopped
            #expect(isStopped)
            gate.open()
        }
    }

    @Test func `a stop that cannot be stored is not told`() async throws {
        try await running { hub in
            let events = try await hub.events(of: .test)
            journal.failNextCommit { $0.contains(where: \.isStopping) }
            do {
                _ = try await hub.interrupt(.test)
                Issue.record("it was told")
            } catch let error as HubError {
                #expect(error.code == .notStored)
            }
            // The agent has heard of it all the same.
            gate.open()
            #expect(await events.collect(turns: 1).last?.outcome?.status == .cancelled)
        }
    }

    @Test(arguments: [true, false])
    func `a stop that comes too late for a turn whose agent has died is one of its repetition`(
        isNamed: Bool
    ) async throws {
        let journal = InMemoryJournal(), turn = Gate(), disks = [Gate(), Gate(), Gate()]
        let others = (1...3).map { SessionID(rawValue: "tty:other-\($0)") }
        let shell = ScriptedShell(turns: [[.wait(turn), .die], [.hang]])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            func hold(_ index: Int) { journal.hold(at: disks[index]) { $0.contains { $0.session == others[index] } } }
            func waitForInbox(_ count: Int) async {
                while await hub.inbox.count < count, !Task.isCancelled { await Task.yield() }
            }
            _ = try await hub.type("go")
            await turn.reached()
            // The core is held up until the last step of the turn before its end has come.
            hold(0)
            async let first = hub.type("/mode plan", in: others[0])
            await disks[0].reached()
            turn.open()
            await waitForInbox(1)
            async let second = hub.type("/mode plan", in: others[1])
            await waitForInbox(2)
            hold(1)
            disks[0].open()
            await disks[1].reached()
            // The stop comes while that is dealt with, and is held up in its turn until the end has come, too.
            async let stopped = hub.interrupt(.test, turn: isNamed ? Turn.ID(rawValue: 2) : nil)
            await waitForInbox(1)
            async let third = hub.type("/mode plan", in: others[2])
            await waitForInbox(2)
            hold(2)
            disks[1].open()
            await disks[2].reached()
            await waitForInbox(1)
            disks[2].open()
            let isStopped = try await stopped
            #expect(isStopped)
            let outcomes = await events.collect(turns: 2).compactMap(\.outcome)
            #expect(outcomes.map(\.status) == [.interrupted, .cancelled])
            _ = try await (first, second, third)
        }
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `a second stop of the same turn is recorded once, and told`() async throws {
        try await running { hub in
            let first = try await hub.interrupt(.test), second = try await hub.interrupt(.test)
            #expect(first && second)
            gate.open()
        }
        #expect(journal.records.count(where: \.isStopping) == 1)
    }
}
