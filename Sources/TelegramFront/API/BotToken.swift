/// The secret by which a bot is known to Telegram; whoever has it is the bot.
///
/// Prints as `<redacted>`, also when it is part of something that is printed.
public struct BotToken: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The bot's own id: no secret, and the same when the token is replaced.
    public let botID: Int64
    /// The secret itself, for requests only.
    let secret: String

    /// Takes a token as BotFather writes it: the bot's id, a colon, and letters, digits, `_` and `-`; nil for anything
    /// else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Int64(parts[0]), id > 0, parts[0].allSatisfy(\.isASCII), parts[1].count >= 20,
            parts[1].utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        botID = id
        secret = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }

    /// `<redacted>`.
    public var description: String { "<redacted>" }
    /// `<redacted>`.
    public var debugDescription: String { description }
    /// Nothing inside.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
