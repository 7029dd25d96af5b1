import BenchSupport
import Conversation

extension AgentShell {
    /// A new conversation.
    func converse(_ number: Int = 0) async throws -> any AgentThread {
        let session = SessionID(rawValue: "bench:\(number)")
        return try await open(ThreadRequest(session: session, resume: nil, operations: NoOperations()))
    }
}

extension AgentThread {
    /// Runs a turn to its end; returns when it was asked for and when the first of its answer was there.
    @discardableResult func answer(to text: String) async throws -> (asked: Int, first: Int) {
        let asked = Surroundings.now
        var first: Int?, whole: Int?
        for try await event in try await run(TurnRequest(text: text)) {
            switch event {
            case .delta: first = first ?? Surroundings.now
            // The offline agent says all at once.
            case .message: whole = whole ?? Surroundings.now
            case .finished(.completed): break
            case .finished(let result): throw Failure("the turn ended with \(result)")
            case .began, .action, .approval, .withdrawn, .usage, .retrying: break
            }
        }
        guard let first = first ?? whole else { throw Failure("the turn had no answer") }
        return (asked, first)
    }
}
