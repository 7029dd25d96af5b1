import Conversation

/// What the chronicle holds of an exchange until it is written: of bounded size, whatever agents say.
struct ExchangeNote: Sendable {
    /// The most bytes that are kept of what was asked and of what was answered, and of an error.
    static let limit = 32 << 10, errorLimit = 4 << 10

    let session: SessionID
    let time: Timestamp
    let turn: Turn.ID?
    let kind: Exchange.Kind
    let input: Excerpt
    let output: Excerpt
    let error: Excerpt?
    let status: Outcome.Status
    let latency: Int64
    let review: Review?
    let standing: Standing
    let lastError: Excerpt?

    init(_ exchange: Exchange) {
        func excerpt(_ error: TurnError?) -> Excerpt? { error.map { Excerpt($0.message, limit: Self.errorLimit) } }
        session = exchange.session
        time = exchange.time
        turn = exchange.turn
        kind = exchange.kind
        input = Excerpt(exchange.input, limit: Self.limit)
        output = Excerpt(exchange.outcome.text, limit: Self.limit)
        error = excerpt(exchange.outcome.error)
        status = exchange.outcome.status
        latency = exchange.outcome.durationMs
        review = exchange.outcome.review
        lastError = excerpt(exchange.standing.last?.error)
        var standing = exchange.standing
        // Their texts would be held as well.
        standing.last?.text = ""
        standing.last?.said = nil
        standing.last?.error = nil
        self.standing = standing
    }
}
