import Conversation

/// A conversation with the offline agent, which remembers nothing: there is nothing to resume.
struct OfflineThread: AgentThread {
    let session: SessionID
    let rules: OfflineRules

    var id: String? { nil }

    func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        let answer = await rules.answer(request.text, for: session)
        // Unbounded, and filled at once: the answer is short.
        let (stream, events) = AsyncThrowingStream.makeStream(of: AgentEvent.self, bufferingPolicy: .unbounded)
        if let lookedUp = answer.lookedUp {
            events.yield(.action(Action(id: "1", kind: .reasoning, title: lookedUp, status: .completed)))
        }
        events.yield(.began)
        for line in answer.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            events.yield(.delta((line.offset == 0 ? "" : "\n") + line.element))
        }
        events.yield(.message(answer.text))
        events.yield(.usage(Usage()))
        events.yield(.finished(.completed))
        events.finish()
        return stream
    }

    /// Does nothing: an answer is complete as soon as it begins.
    func close() async {}

    func interrupt() async {}

    /// Refuses: an answer is complete as soon as it begins.
    func steer(_ text: String) async throws {
        throw AgentError(.refused, "the offline agent answers at once and cannot be steered")
    }

    /// Does nothing: this agent asks for no approval.
    func answer(_ request: String, _ decision: ApprovalDecision) async {}
}
