import Conversation
import JSONRPC

/// Reads the errors of turns as Codex reports them.
enum CodexFailure {
    /// The error in `error`, which has a `message` and a `codexErrorInfo`: a word, or an object with one member.
    ///
    /// `retried` is the kind of the fault after which Codex tried again last; it counts when the final report only
    /// says `other`.
    static func turnError(_ error: JSONValue?, afterRetriesOf retried: TurnError.Kind?) -> TurnError {
        let message = error?["message"]?.text ?? "Codex reported a failure without a reason"
        let kind = kind(error?["codexErrorInfo"]) ?? retried ?? .internal
        return TurnError(kind: kind, message: message)
    }

    /// The kind that `info` stands for; nil when it says nothing.
    static func kind(_ info: JSONValue?) -> TurnError.Kind? {
        let (name, status) = parts(info)
        if let kind = status.flatMap(kind(ofStatus:)) { return kind }
        return switch name {
        case "unauthorized": .auth
        case "usageLimitExceeded": .quota
        case "rateLimitExceeded", "responseTooManyFailedAttempts": .rateLimit
        case "contextWindowExceeded": .context
        case "httpConnectionFailed", "responseStreamConnectionFailed", "responseStreamDisconnected",
            "serverOverloaded", "internalServerError":
            .network
        case "badRequest", "sandboxError": .refused
        default: nil
        }
    }

    private static func kind(ofStatus status: Int) -> TurnError.Kind? {
        switch status {
        case 401, 403: .auth
        case 402: .quota
        case 429: .rateLimit
        case 500...: .network
        case 400: .refused
        default: nil
        }
    }

    private static func parts(_ info: JSONValue?) -> (name: String?, status: Int?) {
        switch info {
        case .string(let name): return (name, nil)
        case .object(let members):
            guard let (name, detail) = members.first else { return (nil, nil) }
            guard case .integer(let status)? = detail["httpStatusCode"] else { return (name, nil) }
            return (name, status)
        case .null, .bool, .integer, .double, .array, nil: return (nil, nil)
        }
    }
}
