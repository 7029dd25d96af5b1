import TestSupport
import Testing

@testable import Conversation

/// What is acknowledged survives a loss of power; nothing else waits for the disk.
@Suite(.timeLimit(.minutes(1))) struct HubDiskTests {
    private let journal = InMemoryJournal()

    @Test func `a message is answered while the disk is slow, and acknowledged after it`() async throws {
        let disk = Gate(), acknowledged = Flag()
        journal.holdDisk(at: disk)
        try await withHub(ScriptedShell(turns: [.answer("1")]), journal: journal) { hub in
            let events = try await hub.events(of: .test)
            async let receipt = {
                let receipt = try await hub.submit(.test("one"), to: .test)
                acknowledged.set()
                return receipt
            }()
            #expect(await events.collect(turns: 1).compactMap(\.outcome?.text) == ["1"])
            #expect(!acknowledged.isSet)
            disk.open()
            #expect(try await receipt.ahead == 0)
        }
    }

    @Test func `what the disk does not take is not acknowledged, and ends the core`() async throws {
        journal.breakDisk()
        do {
            try await withHub(ScriptedShell(turns: [.answer("1")]), journal: journal) { hub in
                let error = await #expect(throws: HubError.self) { try await hub.type("one") }
                #expect(error == .lost)
            }
            Issue.record("the core went on")
        } catch is InMemoryJournal.Broken {}
        // The next core knows it by its key, so whoever hands it in again does no harm.
        #expect(journal.records.contains { if case .accepted = $0.event { true } else { false } })
    }
}
