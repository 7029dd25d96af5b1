#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What Telegram answers to any method.
struct BotReply<Value: Decodable & Sendable>: Decodable, Sendable {
    private enum Key: String, CodingKey {
        case ok, result, description, parameters
        case errorCode = "error_code"
    }

    private struct Parameters: Decodable {
        var retry_after: Double?
        var migrate_to_chat_id: Int64?
    }

    let outcome: Result<Value, BotError>

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if try container.decode(Bool.self, forKey: .ok) {
            outcome = .success(try container.decode(Value.self, forKey: .result))
            return
        }
        let code = try container.decodeIfPresent(Int.self, forKey: .errorCode) ?? 0
        let words = try container.decodeIfPresent(String.self, forKey: .description) ?? "no reason given"
        // What is missing or odd there is not needed to know that the call failed.
        let parameters = try? container.decodeIfPresent(Parameters.self, forKey: .parameters)
        outcome = .failure(
            BotError(
                status: code, words, retryAfter: parameters?.retry_after, migratedTo: parameters?.migrate_to_chat_id))
    }
}

extension BotError {
    /// The most that is taken over of Telegram's words.
    private static let longest = 300
    /// How long is waited where Telegram does not say.
    private static let usualPause = Duration.seconds(5)
    /// The longest that is believed, in seconds: a year.
    private static let longestPause = 31_536_000.0

    /// What an answer with `status` means; `words` are Telegram's.
    init(status: Int, _ words: String, retryAfter: Double? = nil, migratedTo chat: Int64? = nil) {
        let told = "Telegram answered \(status): \(words.prefix(Self.longest))", folded = words.lowercased()
        switch status {
        case _ where chat != nil: self.init(.migrated(to: chat ?? 0), told)
        case 429: self.init(.flood(retryAfter: Self.pause(retryAfter)), told)
        case 409: self.init(.conflict(isWebhook: folded.contains("webhook")), told)
        // An address with a token that is none is not known at all.
        case 401, 404: self.init(.unauthorized, told)
        case 403: self.init(.forbidden, told)
        case 400, 413: self.init(.refused(status == 413 ? .tooLong : Refusal(folded)), told)
        default: self.init(.server, told, mayHaveReached: true)
        }
    }

    private static func pause(_ seconds: Double?) -> Duration {
        guard let seconds, seconds.isFinite else { return usualPause }
        return .seconds(min(max(0, seconds), longestPause))
    }
}
