import JSONRPC

/// The answer to a call of one of Codex's tools.
struct CodexMCPResult {
    let isError: Bool
    /// The last message of the agent, or what went wrong.
    let text: String
    /// The conversation; nil when the server does not say.
    let threadID: String?

    init(_ result: JSONValue) {
        isError = result["isError"] == .bool(true)
        let structured = result["structuredContent"]
        var texts: [String] = []
        if case .array(let parts)? = result["content"] { texts = parts.compactMap { $0["text"]?.text } }
        text = structured?["content"]?.text ?? texts.joined(separator: "\n")
        threadID = structured?["threadId"]?.text ?? structured?["conversationId"]?.text
    }

    /// Whether the server does not have the conversation that it was asked to go on with.
    var hasLostThread: Bool { isError && text.hasPrefix("Session not found for thread_id") }
}
