import Conversation
import TestSupport
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct OfflineShellTests {
    private let shell = OfflineShell(introduction: "I am built in.")

    /// Tells what it was asked.
    private struct RecordingOperations: Operations {
        func report(_ query: Query, for session: SessionID) async -> String { "\(query) of \(session)" }
    }

    @Test func `a question is answered by the core, and is an action that changes nothing`() async throws {
        let events = try await answer("what is the status")
        #expect(events.contains(.message("status of tty:default")))
        let actions = events.compactMap { if case .action(let action) = $0 { action } else { nil } }
        #expect(actions.map(\.status) == [.started, .completed])
        #expect(actions.allSatisfy { !$0.kind.acts && $0.title == "looked up: status of the session" })
    }

    @Test func `what it cannot work on is answered with the introduction once, then with one hint`() async throws {
        let first = try await answer("refactor Parser.swift")
        let heard = "I am the offline agent of cm and cannot work on “refactor Parser.swift”."
        #expect(first.contains(.message("\(heard)\n\nI am built in.")))
        // On another thread of the session, as each turn has its own.
        let second = try await answer("refactor Parser.swift")
        #expect(second.contains(.message("\(heard)\nTry “what changed?”, “find TEXT”, “show FILE” or “help”.")))
    }

    @Test func `the introduction is said whenever it is asked for`() async throws {
        for _ in 1...2 { #expect(try await answer("who are you").contains(.message("I am built in."))) }
        let declined = try await answer("refactor it")
        #expect(!declined.contains { if case .message(let text) = $0 { text.contains("built in") } else { false } })
    }

    @Test func `an interrupt ends what is looked up, and no later turn`() async throws {
        let gated = GatedOperations()
        let thread = try await open(gated)
        var events: [AgentEvent] = []
        for try await event in try await thread.run(TurnRequest(text: "what changed?")) {
            events.append(event)
            // Before there is an answer: the core gives none until it is cancelled.
            if case .action(let action) = event, action.status == .started { await thread.interrupt() }
        }
        #expect(events.last == .finished(.interrupted))
        #expect(events.contains { if case .action(let action) = $0 { action.status == .failed } else { false } })
        await thread.interrupt()
        #expect(try await answer("who are you", on: thread).last == .finished(.completed))
    }

    /// Answers when it is cancelled, and not before.
    private struct GatedOperations: Operations {
        func report(_ query: Query, for session: SessionID) async -> String {
            let (never, continuation) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            continuation.finish()
            return "too late"
        }
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

    private func open(_ operations: any Operations = RecordingOperations()) async throws -> any AgentThread {
        try await shell.open(ThreadRequest(session: .test, resume: nil, operations: operations))
    }

    private func answer(_ text: String, on thread: (any AgentThread)? = nil) async throws -> [AgentEvent] {
        var opened = thread
        if opened == nil { opened = try await open() }
        let thread = try #require(opened)
        return try await thread.run(TurnRequest(text: text)).reduce(into: []) { $0.append($1) }
    }
}
