import JSONRPC

/// What Codex tells that is about no turn.
enum CodexNews {
    struct RateLimitsUpdated: Notification, Decodable {
        static let method = "account/rateLimits/updated"

        var rateLimits: JSONValue?
    }

    /// A server of tools is being started for a thread, or has been, or could not be.
    struct ToolServerChanged: Notification, Decodable {
        static let method = "mcpServer/startupStatus/updated"

        var name: String?
        var status: String?
        var error: JSONValue?
    }
}
