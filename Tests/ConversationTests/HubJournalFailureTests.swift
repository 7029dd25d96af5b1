import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubJournalFailureTests {
    private let journal = InMemoryJournal()

    @Test func `a message that cannot be stored is refused, and later ones are taken`() async throws {
        try await withHub(ScriptedShell(turns: [.answer("2")]), journal: journal) { hub in
            let events = try await hub.events(of: .test)
            journal.failNextCommit()
            let error = await #expect(throws: HubError.self) { try await hub.submit(.test("one"), to: .test) }
            #expect(error?.code == .notStored)
            #expect(error?.description.hasSuffix("the disk is full") == true)
            #expect(journal.records.isEmpty)
            #expect(try await hub.command("/queue")?.text == "nothing waits")
            let receipt = try await hub.submit(.test("two"), to: .test)
            #expect(receipt == Receipt(message: Message.ID(rawValue: 1), ahead: 0))
            #expect(await events.collect(turns: 1).compactMap(\.startedTurn?.text) == ["two"])
        }
    }

    @Test func `a setting that cannot be stored is not changed`() async throws {
        try await withHub(ScriptedShell("a", turns: []), journal: journal) { hub in
            journal.failNextCommit()
            await #expect(throws: HubError.self) { try await hub.command("/agent a") }
            let reply = try await hub.command("/agent")
            #expect(reply?.text.hasPrefix("agent: auto\n") == true)
        }
    }

    @Test func `messages whose drop cannot be stored are answered`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.wait(gate)] + .answer("1"), .answer("2")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            _ = try await hub.type("two")
            journal.failNextCommit()
            await #expect(throws: HubError.self) { try await hub.command("/cancel all") }
            gate.open()
            #expect(await events.collect(turns: 2).compactMap(\.outcome?.text) == ["1", "2"])
        }
    }

    @Test func `a start behind the end of a turn that cannot be stored ends the core`() async throws {
        let gate = Gate(), shell = ScriptedShell(turns: [[.wait(gate)] + .answer("1"), .answer("2")])
        let hub = Hub(journal: journal, directory: ScriptedDirectory(shell), configuration: .test())
        async let typed: Void = {
            _ = try await hub.type("one")
            _ = try await hub.type("two")
            journal.failNextCommit { $0.contains(where: \.isStarted) }
            gate.open()
        }()
        let error = await #expect(throws: HubError.self) { try await hub.run() }
        #expect(error?.code == .notStored)
        try await typed
    }

    @Test func `a message whose start cannot be stored is not accepted, and the core goes on`() async throws {
        journal.failNextCommit { $0.contains(where: \.isStarted) }
        try await withHub(ScriptedShell(turns: [.answer("1")]), journal: journal) { hub in
            let events = try await hub.events(of: .test)
            let error = await #expect(throws: HubError.self) { try await hub.type("lost") }
            #expect(error?.code == .notStored)
            _ = try await hub.type("go")
            #expect(await events.collect(turns: 1).compactMap(\.startedTurn?.text) == ["go"])
        }
        #expect(
            !journal.records.contains {
                if case .accepted(_, let message) = $0.event { message.text == "lost" } else { false }
            })
    }

    @Test func `an end that cannot be stored ends the core`() async throws {
        journal.failNextCommit { $0.contains(where: \.isFinished) }
        try await endsWithFailure(ScriptedShell(turns: [.answer("1")]))
    }

    @Test func `an action that cannot be stored ends the core`() async throws {
        journal.failNextCommit { $0.contains { $0.action != nil } }
        try await endsWithFailure(ScriptedShell(turns: [[.act("ls")] + .answer("1")]))
    }

    @Test func `what the core left when its journal broke is settled by the next one`() async throws {
        journal.failNextCommit { $0.contains(where: \.isFinished) }
        try await endsWithFailure(ScriptedShell(turns: [.answer("1")]))
        try await withHub(ScriptedShell(turns: [.answer("2")]), journal: journal) { hub in
            let events = try await hub.events(of: .test, after: .start)
            let records = await events.collect(turns: 2)
            #expect(records.compactMap(\.outcome?.status) == [.interrupted, .ok])
        }
    }

    /// Expects that the core ends with an error once a message was typed, and takes nothing more.
    private func endsWithFailure(_ shell: ScriptedShell) async throws {
        let hub = Hub(journal: journal, directory: ScriptedDirectory(shell), configuration: .test())
        async let go = hub.type("go")
        let error = await #expect(throws: HubError.self) { try await hub.run() }
        #expect(error?.code == .notStored)
        _ = try await go
        await #expect(throws: HubError.closed) { try await hub.type("more") }
    }
}
