import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubAnswerTests {
    private let journal = InMemoryJournal()

    // MARK: Text

    @Test func `messages of one turn are set apart, and the last one is the answer`() async throws {
        let steps: [ScriptedStep] = .message("I look") + [.act("ls")] + .answer("It is done")
        let records = try await turn(steps)
        #expect(records.compactMap(\.delta) == ["I", " look", "\n\nIt", " is", " done"])
        #expect(records.last?.outcome?.text == "It is done")
    }

    @Test func `a message that was never streamed is said`() async throws {
        let records = try await turn([.event(.began), .event(.message("all at once")), .completed])
        #expect(records.compactMap(\.delta) == ["all at once"])
        #expect(records.last?.outcome?.text == "all at once")
    }

    @Test func `a message that was streamed is not said again, and its whole text is the answer`() async throws {
        let steps: [ScriptedStep] = [.event(.began), .event(.delta("in pa")), .event(.message("in part")), .completed]
        let records = try await turn(steps)
        #expect(records.compactMap(\.delta) == ["in pa"])
        #expect(records.last?.outcome?.text == "in part")
    }

    @Test func `an empty message is not said and sets nothing apart`() async throws {
        let empty: [ScriptedStep] = [.event(.began), .event(.delta("")), .event(.message(""))]
        let records = try await turn(empty + .answer("hi"))
        #expect(records.compactMap(\.delta).joined() == "hi")
        #expect(records.last?.outcome?.text == "hi")
    }

    @Test func `a turn in which nothing was said ends well without a text`() async throws {
        let records = try await turn([.act("ls"), .completed])
        #expect(records.last?.outcome == Outcome(status: .ok, agent: "scripted"))
    }

    @Test func `the last reported usage is the turn's`() async throws {
        let first = Usage(inputTokens: 10, outputTokens: 1), second = Usage(inputTokens: 30, outputTokens: 4)
        let records = try await turn([.event(.usage(first)), .event(.usage(second))] + .answer("hi"))
        #expect(records.last?.outcome?.usage == second)
    }

    @Test func `actions are published as they come`() async throws {
        let records = try await turn([.act("ls", status: .started), .act("ls", status: .failed), .completed])
        #expect(records.compactMap(\.action?.status) == [.started, .failed])
    }

    @Test func `a fault after which the agent tries again is remarked`() async throws {
        let records = try await turn([.event(.retrying("429"))] + .answer("hi"))
        #expect(records.compactMap(\.notice) == [Notice(.warn, "scripted tries again: 429")])
        #expect(records.last?.outcome?.status == .ok)
    }

    @Test func `why another agent than the first answers is remarked`() async throws {
        try await withHub(directory: ScriptedDirectory(ScriptedShell(turns: [.answer("1")]), note: "codex is away")) {
            hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            #expect(await events.collect(turns: 1).compactMap(\.notice) == [Notice(.warn, "codex is away")])
        }
    }

    @Test func `a failure that the agent reports is the turn's`() async throws {
        let failure = TurnError(kind: .context, message: "too long")
        let records = try await turn(.message("so far") + [.event(.finished(.failed(failure)))])
        #expect(records.last?.outcome == Outcome(status: .error, text: "so far", error: failure, agent: "scripted"))
    }

    @Test func `what the agent says after its end is not heard`() async throws {
        let records = try await turn(.answer("hi") + [.event(.delta("more"))])
        #expect(records.compactMap(\.delta) == ["hi"])
    }

    // MARK: Threads

    @Test func `a thread is kept once the agent reacts, and resumed for the next turn`() async throws {
        let gate = Gate()
        let shell = ScriptedShell(turns: [[.wait(gate)] + .answer("1"), .answer("2")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            await gate.reached()
            #expect(try await journal.state(of: .test)?.threads.isEmpty == true)
            gate.open()
            _ = await events.collect(turns: 1)
            #expect(try await journal.state(of: .test)?.threads == [.test: "thread of tty:default"])
            _ = try await hub.type("two")
            let second = await events.collect(turns: 1)
            #expect(shell.calls.contains(.open(.test, resume: "thread of tty:default")))
            #expect(!second.contains { if case .changed = $0.event { true } else { false } })
        }
    }

    @Test func `a thread that cannot be resumed is not kept`() async throws {
        let shell = ScriptedShell(open: { _ in nil }, script: { _ in .answer("1") })
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
        }
        #expect(try await journal.state(of: .test)?.threads.isEmpty == true)
    }

    @Test func `an agent that lost the thread is remarked, and the new thread is kept`() async throws {
        let known = Record(
            cursor: Cursor(rawValue: 1), session: .test, time: Timestamp(millisecondsSince1970: 0),
            event: .changed(.thread(.test, "old")))
        let journal = InMemoryJournal([known])
        let shell = ScriptedShell(open: { _ in "new" }, script: { _ in .answer("1") })
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            let text = "scripted no longer has the earlier conversation; a new one begins with the end of it"
            #expect(await events.collect(turns: 1).compactMap(\.notice) == [Notice(.warn, text)])
        }
        #expect(shell.calls.contains(.open(.test, resume: "old")))
        #expect(try await journal.state(of: .test)?.threads == [.test: "new"])
    }

    @Test func `each agent of a session has its own thread`() async throws {
        let directory = ScriptedDirectory(
            ScriptedShell("a", open: { $0.resume ?? "of a" }, script: { _ in .answer("a") }),
            ScriptedShell("b", open: { $0.resume ?? "of b" }, script: { _ in .answer("b") }))
        try await withHub(directory: directory, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            _ = try await hub.type("/agent b")
            _ = try await hub.type("two")
            _ = await events.collect(turns: 1)
        }
        #expect(
            try await journal.state(of: .test)?.threads
                == [
                    ThreadKey(profile: "default", agent: "a"): "of a",
                    ThreadKey(profile: "default", agent: "b"): "of b",
                ])
    }

    /// The records of one turn that takes `steps`.
    private func turn(_ steps: [ScriptedStep]) async throws -> [Record] {
        try await withHub(ScriptedShell(turns: [steps]), journal: journal) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            return await events.collect(turns: 1)
        }
    }
}
