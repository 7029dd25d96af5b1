import Conversation

extension Exchange {
    /// A message of the terminal and its answer, at the last moment of 1999 unless told otherwise.
    static func test(
        _ input: String = "hello", answer: String = "good day", error: String? = nil,
        in session: String = "tty:default", at milliseconds: Int64 = 946_684_799_999
    ) -> Exchange {
        let outcome = Outcome(
            status: error == nil ? .ok : .error, text: answer, durationMs: 1234,
            error: error.map { TurnError(kind: .internal, message: $0) }, agent: "codex",
            review: Review(rounds: 2, result: .approved))
        let standing = Standing(
            mode: .plan, profile: Profile("work", single: RoleSettings(model: "m1")), workingDirectory: "/project",
            agent: .auto, last: outcome)
        return Exchange(
            session: SessionID(rawValue: session), time: Timestamp(millisecondsSince1970: milliseconds),
            turn: Turn.ID(rawValue: 7), kind: .text, input: input, outcome: outcome, standing: standing)
    }
}
