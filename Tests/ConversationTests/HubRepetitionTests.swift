import TestSupport
import Testing

@testable import Conversation

/// Who stops a turn that a crash has ended means the message that it answered, which runs again.
@Suite(.timeLimit(.minutes(1))) struct HubRepetitionTests {
    private let ann = Message.test("")

    /// What a core that is killed leaves of a turn, behind which one more message waits.
    private func left() async throws -> (records: [Record], turn: Turn.ID) {
        let gate = Gate(), journal = InMemoryJournal()
        return try await withHub(ScriptedShell { _ in [.wait(gate)] }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = try await hub.type("two")
            await gate.reached()
            let started = await events.collect(until: \.isStarted)
            return (journal.records, try #require(started.last?.startedTurn?.id))
        }
    }

    /// How the turns ended, by what they answered.
    private func ends(_ journal: InMemoryJournal) -> [String] {
        var texts: [Turn.ID: String] = [:]
        return journal.records.compactMap { record in
            if let turn = record.startedTurn { texts[turn.id] = turn.text }
            guard case .finished(let turn, let outcome) = record.event else { return nil }
            return "\(texts[turn] ?? ""): \(outcome.status.rawValue)"
        }
    }

    @Test
    func `the repetition of a turn whose agent has died is stopped by the name of the first, and nothing else is`()
        async throws
    {
        let journal = InMemoryJournal(), die = Gate(), last = Gate(), isAsked = Flag()
        let shell = ScriptedShell { request in
            guard request.text == "one" else { return [.wait(last)] + .answer("2") }
            defer { isAsked.set() }
            // Its repetition may be stopped before its agent is asked.
            return isAsked.isSet ? [.hang] : [.wait(die), .die]
        }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = try await hub.type("two")
            await die.reached()
            let first = try #require(await events.collect(until: \.isStarted).last?.startedTurn?.id)
            die.open()
            let second = try #require(await events.collect(until: \.isStarted).last?.startedTurn)
            #expect(second.id != first && second.attempt == 2)
            let elsewhere = try await hub.interrupt(SessionID(rawValue: "tty:other"), turn: first)
            let message = try await hub.interrupt(.test, turn: Turn.ID(rawValue: second.message.rawValue))
            #expect(!elsewhere && !message)
            let stopped = try await hub.interrupt(.test, turn: first, by: ann)
            #expect(stopped)
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome?.status == .cancelled && outcome?.stoppedBy == "ann (terminal)")
            // The next one runs, and is not meant by either.
            await last.reached()
            for turn in [first, second.id] {
                let again = try await hub.interrupt(.test, turn: turn)
                #expect(!again)
            }
            last.open()
            _ = await events.collect(turns: 1)
        }
        #expect(ends(journal) == ["one: interrupted", "one: cancelled", "two: ok"])
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `after a crash of the core a stop finds it at the first moment`() async throws {
        let (records, turn) = try await left()
        let journal = InMemoryJournal(records)
        // It may be stopped before its agent is asked.
        let shell = ScriptedShell { $0.text == "one" ? [.hang] : .answer("2") }
        let disk = Gate(), ann = ann
        // The end of the first is not on disk yet when the stop comes.
        journal.hold(at: disk) { $0.contains(where: \.isFinished) }
        try await withHub(shell, journal: journal) { hub in
            await disk.reached()
            async let stopped = hub.interrupt(.test, turn: turn, by: ann)
            while await hub.inbox.isEmpty, !Task.isCancelled { await Task.yield() }
            disk.open()
            let isStopped = try await stopped
            #expect(isStopped)
            _ = try await hub.events(of: .test, after: .start).collect(turns: 3)
        }
        #expect(ends(journal) == ["one: interrupted", "one: cancelled", "two: ok"])
        #expect(Audit(journal.records).problems.isEmpty)
    }

    @Test func `what waits to run again ends without an agent, as stopped, and what is behind it stays`() async throws {
        let (records, turn) = try await left()
        let journal = InMemoryJournal(records), shell = ScriptedShell(turns: [.answer("2")])
        let hub = Hub(journal: journal, directory: ScriptedDirectory(shell), configuration: .test())
        // Nothing starts any more.
        await hub.beginDraining()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hub.run() }
            let events = try await hub.events(of: .test, after: .start)
            _ = await events.collect(turns: 1)
            let stopped = try await hub.interrupt(.test, turn: turn, by: ann)
            let again = try await hub.interrupt(.test, turn: turn, by: ann)
            #expect(stopped && !again)
            let end = await events.collect(turns: 1).last
            #expect(end?.outcome?.status == .cancelled && end?.outcome?.stoppedBy == "ann (terminal)")
            let state = try await hub.state(of: .test)
            #expect(state.waiting.map(\.message.text) == ["two"] && !state.isBusy)
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(shell.texts.isEmpty)
        let next = InMemoryJournal(journal.records)
        try await withHub(shell, journal: next) { hub in
            _ = try await hub.events(of: .test, after: .start).collect(turns: 3)
        }
        #expect(shell.texts == ["two"] && Audit(next.records).problems.isEmpty)
    }

    @Test func `a repetition that has ended is not stopped any more`() async throws {
        let (records, turn) = try await left()
        let journal = InMemoryJournal(records), shell = ScriptedShell { .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            _ = try await hub.events(of: .test, after: .start).collect(turns: 3)
            let stopped = try await hub.interrupt(.test, turn: turn)
            #expect(!stopped)
        }
        #expect(ends(journal) == ["one: interrupted", "one: ok", "two: ok"])
    }
}
