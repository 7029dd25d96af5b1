/// Tokens that a turn used, as the agent reports them; 0 where it reports none.
public struct Usage: Hashable, Sendable {
    /// Tokens that the model read.
    public var inputTokens: Int
    /// Tokens that the model wrote.
    public var outputTokens: Int

    static func + (one: Usage, other: Usage) -> Usage {
        Usage(
            inputTokens: one.inputTokens + other.inputTokens, outputTokens: one.outputTokens + other.outputTokens)
    }

    static func - (one: Usage, other: Usage) -> Usage {
        Usage(
            inputTokens: one.inputTokens - other.inputTokens, outputTokens: one.outputTokens - other.outputTokens)
    }

    /// Creates a usage; of nothing by default.
    public init(inputTokens: Int = 0, outputTokens: Int = 0) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }
}
