import TestSupport
import Testing

@testable import Conversation

/// Where somebody begins who comes upon a session.
@Suite(.timeLimit(.minutes(1))) struct HubBeginningTests {
    @Test func `without anything open it is the last event, also of a session that there is not`() async throws {
        try await withHub(ScriptedShell(turns: [.answer("done")])) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            let records = await events.collect(turns: 1)
            let last = try #require(records.last?.cursor)
            #expect(try await hub.beginning(of: .test) == Beginning(at: last, latest: last))
            #expect(try await hub.beginning(of: SessionID(rawValue: "tty:none")) == Beginning(at: last))
        }
    }

    @Test func `the turn that runs and what waits stand behind it, and are read from there without a gap`()
        async throws
    {
        let gate = Gate()
        let shell = ScriptedShell { $0.text == "two" ? [.wait(gate)] + .answer("re: two") : .answer("re: \($0.text)") }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            let before = try #require(await events.collect(turns: 1).last?.cursor)
            _ = try await hub.type("two")
            _ = try await hub.type("three")
            await gate.reached()
            let beginning = try await hub.beginning(of: .test)
            #expect(beginning.open == before && beginning.last > before)
            let later = try await hub.events(of: .test, after: Bookmark(beginning.open))
            gate.open()
            var state = SessionState(id: .test)
            var answers: [String] = []
            for record in await later.collect(turns: 2) {
                if case .started(let turn) = record.event, turn.text == "two" { #expect(turn.id == beginning.running) }
                if case .finished(_, let outcome) = record.event { answers.append(outcome.text) }
                state.apply(record)
            }
            #expect(answers == ["re: two", "re: three"] && state.waiting.isEmpty)
        }
    }
}
