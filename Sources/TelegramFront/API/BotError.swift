/// Why a call of the Bot API came to nothing, or may have.
public struct BotError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The causes that callers tell apart.
    public enum Code: Hashable, Sendable {
        /// Too much was sent (429): nothing to this chat before so much time has passed.
        case flood(retryAfter: Duration)
        /// Another program polls with this token, or a webhook is set (409).
        case conflict(isWebhook: Bool)
        /// The token is not, or no longer, that of a bot (401; 404 for the whole address).
        case unauthorized
        /// Telegram does not take the request as it is (400).
        case refused(Refusal)
        /// The group has become a supergroup of this id (400).
        case migrated(to: Int64)
        /// The bot may not write there (403): blocked, or thrown out.
        case forbidden
        /// Telegram's fault (5xx), or an answer that nobody can read.
        case server
        /// The way to Telegram; see ``mayHaveReached``.
        case network
    }

    /// Why a request is not taken, where that says what to do.
    public enum Refusal: Hashable, Sendable {
        /// It says what the message says already: an earlier edit has arrived.
        case notModified
        /// The message is not there any more.
        case messageGone
        /// Telegram cannot take the entities.
        case entities
        /// Longer than a message may be.
        case tooLong
        /// The topic is not there.
        case topicGone
        /// The message that is replied to is not there.
        case replyGone
        case chatNotFound
        /// The bot may not write texts there.
        case noRights
        /// A button was pressed too long ago.
        case queryTooOld
        /// Larger than the files that bots can fetch.
        case fileTooBig
        /// There is no such file any more.
        case fileGone
        case other
    }

    /// Which cause it is.
    public var code: Code
    /// What a person can act on; never the token or an address.
    public var description: String
    /// Whether Telegram may have done what was asked all the same.
    public var mayHaveReached: Bool

    /// Creates an error.
    public init(_ code: Code, _ description: String, mayHaveReached: Bool = false) {
        self.code = code
        self.description = description
        self.mayHaveReached = mayHaveReached
    }
}

extension BotError {
    /// Whether it is over after the time that Telegram names.
    var isFlood: Bool { if case .flood = code { true } else { false } }
}

extension BotError.Refusal {
    /// What `description`, Telegram's own words in lower case, means.
    init(_ description: String) {
        let meanings: [(String, Self)] = [
            ("message is not modified", .notModified),
            ("message to edit not found", .messageGone),
            ("message can't be edited", .messageGone),
            ("message to delete not found", .messageGone),
            ("message_id_invalid", .messageGone),
            // What is sent later has no number.
            ("message identifier is not specified", .messageGone),
            ("can't parse entities", .entities),
            ("entity", .entities),
            ("entities", .entities),
            ("wrong http url", .entities),
            ("message is too long", .tooLong),
            ("caption is too long", .tooLong),
            ("message thread not found", .topicGone),
            ("topic_closed", .topicGone),
            ("topic_deleted", .topicGone),
            ("message to be replied not found", .replyGone),
            ("replied message not found", .replyGone),
            ("chat not found", .chatNotFound),
            ("not enough rights to send text", .noRights),
            ("have no rights to send a message", .noRights),
            ("need administrator rights", .noRights),
            ("chat_write_forbidden", .noRights),
            ("chat_send_plain_forbidden", .noRights),
            ("chat_restricted", .noRights),
            ("query is too old", .queryTooOld),
            ("query id is invalid", .queryTooOld),
            ("file is too big", .fileTooBig),
            ("file_id", .fileGone),
        ]
        self = meanings.first { description.contains($0.0) }?.1 ?? .other
    }
}
