import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubDrainTests {
    private let journal = InMemoryJournal()

    @Test func `an idle core drains at once`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in await hub.drain() }
    }

    @Test func `a drain waits for the running turn and starts nothing further`() async throws {
        let gate = Gate(), isDrained = Flag()
        let shell = ScriptedShell(turns: [[.wait(gate)] + .answer("1"), .answer("2")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = try await hub.type("two")
            await gate.reached()
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await hub.drain()
                    isDrained.set()
                }
                while await !hub.isDraining, !Task.isCancelled { await Task.yield() }
                #expect(!isDrained.isSet)
                gate.open()
            }
            #expect(await events.collect(turns: 1).last?.outcome?.text == "1")
        }
        #expect(shell.texts == ["one"])
        #expect(try await journal.state(of: .test)?.waiting.map(\.message.text) == ["two"])
    }

    @Test func `a draining core keeps further messages for the next one`() async throws {
        try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            await hub.drain()
            _ = try await hub.type("one")
        }
        let shell = ScriptedShell { .answer($0.text) }
        try await withHub(shell, journal: journal) { hub in
            _ = try await hub.events(of: .test, after: .start).collect(turns: 1)
        }
        #expect(shell.texts == ["one"])
    }

    @Test func `a turn that is to run again waits for the next core`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.wait(gate), .die]])
        try await withHub(shell, journal: journal) { hub in
            _ = try await hub.type("one")
            await gate.reached()
            await hub.beginDraining()
            gate.open()
            await hub.drain()
        }
        #expect(try await journal.state(of: .test)?.waiting.map(\.attempt) == [2])
        #expect(shell.texts == ["one"])
    }

    @Test func `a drain ends with the core`() async throws {
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let drained = Gate()
            try await withHub(ScriptedShell(turns: [[.wait(gate)]])) { hub in
                _ = try await hub.type("one")
                await gate.reached()
                group.addTask {
                    await hub.drain()
                    drained.open()
                }
                while await !hub.isDraining, !Task.isCancelled { await Task.yield() }
            }
            try await drained.pass()
        }
    }

    @Test func `a running turn of a draining core can be cancelled`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)]])) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            await hub.beginDraining()
            _ = try await hub.type("/cancel")
            await hub.drain()
            #expect(await events.collect(turns: 1).last?.outcome?.status == .cancelled)
        }
    }
}
