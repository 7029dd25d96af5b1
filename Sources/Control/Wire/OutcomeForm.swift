import Conversation

/// The end of a turn as JSON.
struct OutcomeForm: Codable, Sendable {
    struct Failure: Codable, Sendable {
        var kind: String
        var message: String
    }

    struct Reviews: Codable, Sendable {
        var rounds: Int
        var result: String
    }

    var status: String
    var text: String
    var said: String?
    var durationMs: Int64
    var usage: UsageForm
    var error: Failure?
    /// Missing when the message does not run again.
    var runsAgain: Bool?
    var agent: String?
    var review: Reviews?
    var stoppedBy: String?

    init(_ outcome: Outcome) {
        status = outcome.status.rawValue
        text = outcome.text
        said = outcome.said
        durationMs = outcome.durationMs
        usage = UsageForm(outcome.usage)
        error = outcome.error.map { Failure(kind: $0.kind.rawValue, message: $0.message) }
        runsAgain = outcome.runsAgain ? true : nil
        agent = outcome.agent
        review = outcome.review.map { Reviews(rounds: $0.rounds, result: $0.result.rawValue) }
        stoppedBy = outcome.stoppedBy
    }

    /// The outcome; an end of a newer version is taken for an error, a cause of one for an internal one.
    var outcome: Outcome {
        Outcome(
            status: Outcome.Status(rawValue: status) ?? .error, text: text, durationMs: durationMs, usage: usage.usage,
            error: error.map { TurnError(kind: TurnError.Kind(rawValue: $0.kind) ?? .internal, message: $0.message) },
            runsAgain: runsAgain ?? false, agent: agent,
            review: review.flatMap { review in
                Review.Result(rawValue: review.result).map { Review(rounds: review.rounds, result: $0) }
            },
            said: said, stoppedBy: stoppedBy)
    }
}
