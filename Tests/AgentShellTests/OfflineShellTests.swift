import Conversation
import TestSupport
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct OfflineShellTests {
    private let shell = OfflineShell(introduction: "I am built in.")

    /// Tells what it was asked.
    private struct RecordingOperations: Operations {
        func report(_ query: Query, for session: SessionID) async -> String { "\(query) of \(session)" }

        func perform(_ deed: Conversation.Deed, forAgentOf session: SessionID) async throws -> String {
            throw DeedRefusal("nothing is done here")
        }
    }

    @Test(arguments: [
        ("help me", Query.help), ("How does this work?", .help), ("what is the STATUS", .status),
        ("what waits in the queue", .queue), ("say that again", .last), ("what was said", .history(10)),
        ("which agents are there", .agents), ("the last status", .status),
    ])
    func `a question about the program is answered by the program`(text: String, query: Query) async throws {
        let events = try await answer(text)
        #expect(events.contains(.message("\(query) of tty:default")))
        #expect(events.contains { if case .action(let action) = $0 { !action.kind.acts } else { false } })
    }

    @Test(arguments: ["who are you", "how can I install codex", "which model"])
    func `a question about itself, or about getting another, is answered by the introduction`(text: String) async throws
    {
        #expect(try await answer(text).contains(.message("I am built in.")))
    }

    @Test(arguments: ["refactor Parser.swift", "", "¿?", "handstatus"])
    func `anything else is answered by what it heard and the introduction`(text: String) async throws {
        let heard = "I am the offline agent of cm and cannot work on “\(text)”.\n\nI am built in."
        #expect(try await answer(text).contains(.message(heard)))
    }

    @Test func `an answer is streamed by lines, which add up to the message`() async throws {
        let events = try await answer("anything")
        let deltas = events.compactMap { if case .delta(let delta) = $0 { delta } else { nil } }
        #expect(deltas.count == 3)
        #expect(events.contains(.message(deltas.joined())))
        #expect(events.last == .finished(.completed))
    }

    @Test func `the same words get the same answer`() async throws {
        let first = try await answer("status please")
        #expect(try await answer("status please") == first)
    }

    @Test func `it is always ready and keeps no thread`() async throws {
        try await shell.prepare()
        #expect(await shell.status().isReady)
        let request = ThreadRequest(session: .test, resume: "old", operations: RecordingOperations())
        #expect(try await shell.open(request).id == nil)
    }

    private func answer(_ text: String) async throws -> [AgentEvent] {
        let request = ThreadRequest(session: .test, resume: nil, operations: RecordingOperations())
        let thread = try await shell.open(request)
        return try await thread.run(TurnRequest(text: text)).reduce(into: []) { $0.append($1) }
    }
}
