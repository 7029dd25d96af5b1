import Conversation
import Foundation
import TestSupport

@testable import AgentShell

extension AgentShell {
    /// A thread for a session of the tests.
    func thread(
        resume: String? = nil, model: String? = nil, tools: ToolServer? = nil
    ) async throws -> any AgentThread {
        var request = ThreadRequest(
            session: SessionID(rawValue: "tty:test"), resume: resume, model: model, operations: Silence())
        request.tools = tools
        return try await open(request)
    }
}

/// Fails loudly: these agents ask nothing of the core.
private struct Silence: Operations {
    func report(_ query: Query, for session: SessionID) async -> String {
        fatalError("\(session) was asked for \(query)")
    }
}

/// What came of a turn.
struct Played {
    var events: [AgentEvent] = []

    var text: String { events.map { if case .delta(let delta) = $0 { delta } else { "" } }.joined() }
    var messages: [String] { events.compactMap { if case .message(let text) = $0 { text } else { nil } } }
    var actions: [Action] { events.compactMap { if case .action(let action) = $0 { action } else { nil } } }
    var asked: [ApprovalRequest] { events.compactMap { if case .approval(let asked) = $0 { asked } else { nil } } }
    var result: AgentResult? { if case .finished(let result)? = events.last { result } else { nil } }
    var failure: TurnError? { if case .failed(let error)? = result { error } else { nil } }
    var retries: Int { events.count { if case .retrying = $0 { true } else { false } } }
}

extension AgentThread {
    /// Runs a turn to its end; `react` sees each event as it comes.
    func play(
        _ text: String, _ react: (AgentEvent) async throws -> Void = { _ in }
    ) async throws -> Played {
        var played = Played()
        for try await event in try await run(TurnRequest(text: text)) {
            played.events.append(event)
            try await react(event)
        }
        return played
    }

    /// Runs a turn whose questions are all answered by `decision`.
    func play(_ text: String, deciding decision: ApprovalDecision) async throws -> Played {
        try await play(text) { event in
            if case .approval(let request) = event { await self.answer(request.id, decision) }
        }
    }
}
