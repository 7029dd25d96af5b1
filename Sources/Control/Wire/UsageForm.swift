import Conversation

/// Tokens as JSON.
struct UsageForm: Codable, Sendable {
    var inputTokens: Int
    var outputTokens: Int

    init(_ usage: Usage) {
        inputTokens = usage.inputTokens
        outputTokens = usage.outputTokens
    }

    var usage: Usage { Usage(inputTokens: inputTokens, outputTokens: outputTokens) }
}
