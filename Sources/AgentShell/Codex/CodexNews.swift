import JSONRPC

/// What Codex tells that is about no thread.
enum CodexNews {
    struct RateLimitsUpdated: Notification, Decodable {
        static let method = "account/rateLimits/updated"

        var rateLimits: JSONValue?
    }
}
