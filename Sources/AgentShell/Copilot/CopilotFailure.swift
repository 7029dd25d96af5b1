#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Conversation
import JSONRPC

/// Reads the errors of turns as Copilot reports them.
///
/// The error that ends a turn often says only how often it was tried; the report of the last call of the model, which
/// comes before it, says what was wrong.
struct CopilotFailure {
    /// nil when it says nothing.
    let kind: TurnError.Kind?
    let message: String

    /// A report that a call of the model failed.
    init(call data: JSONValue) {
        let text = data["errorMessage"]?.text ?? ""
        // What the provider answered, as JSON text: an object with a code, a text, or an object in an object.
        let answer = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))  // else the text is the message
        let error = answer?["error"] ?? answer
        message = error?["message"]?.text ?? answer?.text ?? text
        var status: Int?
        if case .integer(let number)? = data["statusCode"] { status = number }
        kind = Self.kind(ofCode: error?["code"]?.text) ?? Self.kind(ofStatus: status) ?? .network
    }

    /// The error that ends a turn, after `call` failed last.
    static func turnError(_ data: JSONValue, after call: CopilotFailure?) -> TurnError {
        var message = data["message"]?.text ?? "Copilot reported a failure without a reason"
        if message.contains("not created with authentication info") {
            let advice = "run `copilot login`, or configure a provider"
            return TurnError(kind: .auth, message: "copilot has neither a login nor a model provider; \(advice)")
        }
        // It names variables that it does not read when it is told the provider by us.
        if message.contains("COPILOT_PROVIDER_API_KEY"), let line = message.split(whereSeparator: \.isNewline).first {
            message = "\(line.hasSuffix(".") ? line.dropLast() : line); check provider.api_key"
        }
        if message.contains("ChainedTokenCredential") {
            let advice = "set provider.api_key, or log in to Azure"
            return TurnError(kind: .auth, message: "copilot has neither a key nor a login for Azure; \(advice)")
        }
        var status: Int?
        if case .integer(let number)? = data["statusCode"] { status = number }
        let kind =
            kind(ofCode: data["errorCode"]?.text) ?? kind(ofType: data["errorType"]?.text) ?? call?.kind
            ?? kind(ofStatus: status)
        return TurnError(kind: kind ?? .internal, message: message)
    }

    private static func kind(ofType type: String?) -> TurnError.Kind? {
        switch type {
        case "authentication", "authorization": .auth
        case "quota": .quota
        case "rate_limit": .rateLimit
        case "context_limit": .context
        default: nil
        }
    }

    private static func kind(ofCode code: String?) -> TurnError.Kind? {
        switch code {
        case "context_length_exceeded": .context
        case "insufficient_quota": .quota
        default: nil
        }
    }

    private static func kind(ofStatus status: Int?) -> TurnError.Kind? {
        guard let status else { return nil }
        return switch status {
        case 401, 403: .auth
        case 402: .quota
        case 413: .context
        case 429: .rateLimit
        case 500...: .network
        case 400..<500: .refused
        default: nil
        }
    }
}
