import Conversation

/// What the file with the snapshot of a session is called.
///
/// No two sessions share a name, and a name has only letters of ASCII, digits and `-_.%+`, at most 200 of them.
struct SnapshotName {
    private static let longest = 180
    private static let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)

    let text: String

    /// `tty-NAME.json` for a session of the terminal; for one of Telegram its numbers, joined.
    init(_ session: SessionID) {
        if let numbers = session.telegramNumbers {
            text = numbers.map(String.init).joined(separator: "-") + ".json"
            return
        }
        let parts = session.rawValue.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        text = Self.short(parts.map(Self.escaped).joined(separator: "-")) + ".json"
    }

    private static func escaped(_ text: Substring) -> String {
        text.utf8.reduce(into: "") { name, byte in
            if kept.contains(byte) {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                name += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }

    /// A long name gets the hash of all of it for an end; none has `+` by itself.
    private static func short(_ name: String) -> String {
        guard name.utf8.count > longest else { return name }
        let hash = name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
        return name.prefix(longest - 17) + "+" + String(hash, radix: 16)
    }
}

extension SessionID {
    /// Chat and user, with the topic between them when there is one; nil for a session of another kind.
    var telegramNumbers: [Int64]? {
        let parts = rawValue.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts[0] == "tg", (3...4).contains(parts.count) else { return nil }
        let numbers = parts.dropFirst().compactMap { part in Int64(part).flatMap { "\($0)" == part ? $0 : nil } }
        // Only a chat can have a negative number.
        guard numbers.count == parts.count - 1, numbers.dropFirst().allSatisfy({ $0 >= 0 }) else { return nil }
        return numbers
    }
}
