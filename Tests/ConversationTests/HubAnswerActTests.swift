import TestSupport
import Testing

@testable import Conversation

/// An answer that is given once more by whoever did not hear what came of it.
@Suite(.timeLimit(.minutes(1))) struct HubAnswerActTests {
    private static let request = ApprovalRequest(id: "r1", kind: .command, title: "rm x")

    private func person(_ key: String?) -> Message {
        var person = Message(text: "", author: "ann", origin: .telegram, sender: "telegram:1")
        person.key = key
        return person
    }

    @Test(arguments: [ApprovalDecision.allow, .deny(reason: nil)])
    func `the same act is told that it counts, before and after a crash, and no other act is`(
        _ decision: ApprovalDecision
    ) async throws {
        let journal = InMemoryJournal()
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.request) + .answer("went on")])
        let id = try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let id = try #require(await events.collect { $0.approval != nil }.last?.approval?.id)
            let first = try await hub.answer(id, decision, from: person("k1"), in: .test)
            _ = await events.collect(turns: 1)
            // What is said the second time is not even looked at.
            let again = try await hub.answer(id, .answer("blue"), from: person("k1"), in: .test)
            #expect(first == again)
            guard case .done(let approval) = first else {
                Issue.record("it does not count")
                return id
            }
            #expect(approval.answer?.decision == decision && approval.answer?.by == "ann (telegram)")
            return id
        }
        let next = InMemoryJournal(journal.records)
        try await withHub(ScriptedShell(turns: []), journal: next) { hub in
            let again = try await hub.answer(id, decision, from: person("k1"), in: .test)
            guard case .done = again else {
                Issue.record("it is not known any more")
                return
            }
            for key in ["k2", nil] {
                let other = try await hub.answer(id, decision, from: person(key), in: .test)
                #expect(other == .unknown)
            }
            let elsewhere = try await hub.answer(
                id, decision, from: person("k1"), in: SessionID(rawValue: "tty:other"))
            #expect(elsewhere == .unknown)
        }
        #expect(next.records == journal.records)
        #expect(shell.answers == [decision])
    }

    @Test func `an act is known also when much happened between the question and it`() async throws {
        let journal = InMemoryJournal()
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.request) + .answer("went on")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            let id = try #require(await events.collect { $0.approval != nil }.last?.approval?.id)
            for number in 1...300 { _ = try await hub.type(number.isMultiple(of: 2) ? "/mode plan" : "/mode single") }
            let first = try await hub.answer(id, .allow, from: person("k1"), in: .test)
            let again = try await hub.answer(id, .allow, from: person("k1"), in: .test)
            #expect(first == again && again != .unknown)
        }
        #expect(journal.records.count > 300)
    }
}
