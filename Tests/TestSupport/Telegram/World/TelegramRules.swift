/// Those of Telegram's rules that a test may want otherwise; the defaults are Telegram's, except where they only cost
/// time.
public struct TelegramRules: Sendable {
    /// The longest a `getUpdates` waits.
    public var longPollLimit = Duration.seconds(50)
    /// How long a repeated `getUpdates` with the same offset waits at least; Telegram's is 3 s.
    public var repeatedOffsetWait = Duration.zero
    /// How long a conflict is kept back when one was told less than this before; Telegram's is 3 s.
    public var conflictDelay = Duration.zero
    /// Whether more than about 1 message a second in a chat, 30 in all, or 20 a minute in a group are refused.
    public var enforcesFloodLimits = false
    /// Until when a pressed button may be answered; Telegram does not say, and this is our guess.
    public var callbackAnswerLimit = Duration.seconds(600)
    /// How long updates are kept.
    public var updateLife = Duration.seconds(86_400)
    /// How long the update of a pressed button is kept.
    public var callbackLife = Duration.seconds(150)
    /// Whether, in groups, the bot is only told what is meant for it, as when it is no administrator.
    public var hidesGroupTalk = false
    /// How many calls are remembered at least; the oldest go.
    public var callLimit = 50_000
    /// Where the random choices of faults start.
    public var seed: UInt64 = 1

    /// Telegram's rules.
    public init() {}

    /// Telegram's rules, also those that only cost time.
    public static var strict: TelegramRules {
        var rules = TelegramRules()
        (rules.repeatedOffsetWait, rules.conflictDelay) = (.seconds(3), .seconds(3))
        rules.enforcesFloodLimits = true
        return rules
    }
}
