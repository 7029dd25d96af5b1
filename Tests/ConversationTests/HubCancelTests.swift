import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubCancelTests {
    @Test func `cancel while the agent works interrupts it, and what was said stays`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.event(.began), .event(.delta("half")), .wait(gate)]])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await gate.reached()
            #expect(try await hub.command("/cancel")?.text == "stopping the running turn")
            let outcome = try #require(await events.collect(turns: 1).last?.outcome)
            #expect(
                outcome
                    == Outcome(status: .cancelled, text: "half", agent: "scripted", stoppedBy: "ann (terminal)"))
            #expect(shell.calls.count { $0 == .interrupt } == 1)
        }
    }

    @Test func `all see who stopped a turn and from where, also later, and nobody is named who is not known`()
        async throws
    {
        let journal = InMemoryJournal(), gate = Gate()
        let bob = Message(text: "", author: "Bob", origin: .telegram, sender: "telegram")
        try await withHub(ScriptedShell { _ in [.wait(gate)] }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            for (count, person) in [bob, nil].enumerated() {
                _ = try await hub.type("go")
                await gate.reached(count + 1)
                let hasStopped = try await hub.interrupt(.test, turn: nil, by: person)
                #expect(hasStopped)
                let outcome = await events.collect(turns: 1).last?.outcome
                #expect(outcome?.status == .cancelled && outcome?.stoppedBy == person?.signature)
            }
            let history = try #require(await hub.command("/history")).text
            #expect(history.contains("scripted: [cancelled by Bob (telegram)]"))
        }
    }

    @Test func `a stop that names its turn never stops the next one`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell { _ in [.wait(gate)] + .answer("done") }) { hub in
            let events = try await hub.events(of: .test)
            let none = try await hub.interrupt(.test, turn: Turn.ID(rawValue: 1))
            #expect(!none)
            _ = try await hub.type("one")
            _ = try await hub.type("two")
            let first = try #require(await events.collect(until: \.isStarted).last?.startedTurn)
            await gate.reached()
            let elsewhere = try await hub.interrupt(SessionID(rawValue: "tty:other"), turn: first.id)
            let stopped = try await hub.interrupt(.test, turn: first.id)
            #expect(stopped && !elsewhere)
            let next = await events.collect(until: \.isStarted)
            #expect(next.compactMap(\.outcome?.status) == [.cancelled])
            await gate.reached(2)
            let late = try await hub.interrupt(.test, turn: first.id)
            #expect(!late)
            gate.open()
            #expect(await events.collect(turns: 1).last?.outcome?.status == .ok)
        }
    }

    @Test func `a stop that names the turn that is about to start waits for its record`() async throws {
        let journal = InMemoryJournal(), first = Gate(), disk = Gate()
        let shell = ScriptedShell(turns: [[.wait(first)] + .answer("1"), [.hang]])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = try await hub.type("two")
            await first.reached()
            journal.hold(at: disk) { $0.contains(where: \.isStarted) }
            first.open()
            await disk.reached()
            let next = try #require(journal.records.last).cursor.next
            async let stopped = hub.interrupt(.test, turn: Turn.ID(rawValue: next.rawValue))
            while await hub.inbox.isEmpty { await Task.yield() }
            disk.open()
            let isStopped = try await stopped
            #expect(isStopped)
            #expect(await events.collect(turns: 2).last?.outcome?.status == .cancelled)
        }
    }

    @Test func `a stop finds the turn of a message that is still on its way to the disk`() async throws {
        let journal = InMemoryJournal(), disk = Gate()
        try await withHub(ScriptedShell { _ in [.hang] }, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            journal.hold(at: disk) { $0.contains(where: \.isAccepted) }
            async let typed = hub.type("one")
            await disk.reached()
            async let stopped = hub.interrupt(.test)
            while await hub.inbox.isEmpty { await Task.yield() }
            disk.open()
            _ = try await typed
            let isStopped = try await stopped
            #expect(isStopped)
            #expect(await events.collect(turns: 1).last?.outcome?.status == .cancelled)
        }
    }

    @Test func `cancel while the agent is being prepared ends the turn`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(prepare: { try await gate.pass() }, script: { _ in .answer("never") })
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await gate.reached()
            _ = try await hub.type("/cancel")
            let outcome = try #require(await events.collect(turns: 1).last?.outcome)
            #expect(outcome == Outcome(status: .cancelled, stoppedBy: "ann (terminal)"))
            #expect(shell.calls.isEmpty)
        }
    }

    @Test func `cancel while the thread is being opened ends the turn`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(
            open: { _ in
                try await gate.pass()
                return nil
            }, script: { _ in .answer("never") })
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await gate.reached()
            _ = try await hub.type("/cancel")
            let outcome = await events.collect(turns: 1).last?.outcome
            #expect(outcome == Outcome(status: .cancelled, agent: "scripted", stoppedBy: "ann (terminal)"))
            #expect(shell.texts.isEmpty)
        }
    }

    @Test func `cancel while the turn is being handed over interrupts it as soon as it runs`() async throws {
        let gate = Gate()
        let shell = ScriptedShell { _ in
            try await gate.pass()
            return [.hang]
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await gate.reached()
            _ = try await hub.type("/cancel")
            gate.open()
            #expect(await events.collect(turns: 1).last?.outcome?.status == .cancelled)
        }
    }

    @Test func `cancel with nothing running says so and is no mistake`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let reply = try await hub.command("/cancel")
            #expect(reply == CommandReply(name: "cancel", ok: true, text: "no turn is running"))
        }
    }

    @Test func `a second cancel of the same turn does nothing more`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.wait(gate)]])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await gate.reached()
            _ = try await hub.type("/cancel")
            _ = try await hub.type("/cancel")
            let records = await events.collect(turns: 1)
            #expect(records.count { $0.isFinished } == 1)
            #expect(shell.calls.count { $0 == .interrupt } == 1)
        }
    }

    @Test func `cancel leaves what waits`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)], .answer("two")])) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            _ = try await hub.type("two")
            _ = try await hub.type("/cancel")
            #expect(await events.collect(turns: 2).compactMap(\.outcome?.status) == [.cancelled, .ok])
        }
    }

    @Test func `cancel all drops what waits, too`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)], .answer("four")])) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            let two = try await hub.submit(.test("two"), to: .test).message
            let three = try await hub.submit(.test("three"), to: .test).message
            let reply = try await hub.command("/cancel ALL")
            #expect(reply?.text == "stopping the running turn; 2 waiting messages dropped")
            #expect(reply?.untold == "stopping the running turn")
            let records = await events.collect(turns: 1)
            #expect(records.contains { $0.event == .dropped([two, three]) })
            #expect(records.last?.outcome?.status == .cancelled)
            _ = try await hub.type("four")
            #expect(await events.collect(turns: 1).compactMap(\.startedTurn?.text) == ["four"])
        }
    }

    @Test func `cancel all with nothing there says so`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let reply = try await hub.command("/cancel all")
            #expect(reply?.text == "no turn is running; 0 waiting messages dropped")
            #expect(reply?.untold == nil)
        }
    }

    @Test func `cancel all at the moment in which a turn ends answers nothing that it drops`() async throws {
        let journal = InMemoryJournal(), turn = Gate(), disk = Gate()
        let shell = ScriptedShell(turns: [[.wait(turn)] + .answer("1"), .answer("2"), .answer("3")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await turn.reached()
            _ = try await hub.type("two")
            journal.hold(at: disk) { $0.contains(where: \.isFinished) }
            turn.open()
            await disk.reached()
            async let reply = hub.command("/cancel all")
            while await hub.inbox.isEmpty, !Task.isCancelled { await Task.yield() }
            disk.open()
            _ = try await reply
            _ = try await hub.type("three")
            let records = await events.collect { $0.startedTurn?.text == "three" }
            let dropped = records.flatMap { record -> [Message.ID] in
                if case .dropped(let ids) = record.event { ids } else { [] }
            }
            #expect(dropped.count == 1)
            #expect(Set(dropped).isDisjoint(with: records.compactMap(\.startedTurn?.message)))
        }
    }
}
