/// Why a turn failed, in terms a person or a script can act on.
public struct TurnError: Hashable, Sendable {
    /// The causes that callers tell apart.
    public enum Kind: String, Sendable {
        /// The provider did not accept who we are.
        case auth
        /// The account has used up what it may.
        case quota
        /// Too many requests in too short a time.
        case rateLimit = "rate_limit"
        /// The conversation outgrew the model's context.
        case context
        /// The provider could not be reached, or broke off.
        case network
        /// The turn took longer than it may.
        case timeout
        /// The agent's program is missing, broken or died.
        case process
        /// The agent or the provider would not do it.
        case refused
        /// Anything else.
        case `internal`
    }

    /// The cause.
    public var kind: Kind
    /// What went wrong, in the words of whoever noticed.
    public var message: String

    /// Creates an error from its parts.
    public init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }
}
