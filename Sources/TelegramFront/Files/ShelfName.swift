/// The name under which a file of somebody else is kept: one that means nothing to a file system or a shell, does not hide,
/// and is the same whenever the same file is kept again.
public struct ShelfName: Hashable, Sendable {
    /// The longest in bytes; file systems take 255, and something may be put before it.
    public static let longest = 160

    /// What the file is called on disk.
    public let text: String

    /// A name for what `sender` calls a file that came with the message of this number in `chat` to `bot`.
    ///
    /// The numbers come first and tell it from all others; with them `file`, what Telegram calls the file itself, since
    /// another one can be put into a message later.
    init(_ sender: String, file: String? = nil, message: Int64, chat: Int64, bot: Int64) {
        var place = [bot, chat, message].map { ($0 < 0 ? "g" : "") + String($0.magnitude, radix: 36) }
        if let file { place.append(Self.digest(of: file)) }
        let prefix = place.joined(separator: "-") + "-"
        text = prefix + Self.safe(sender, bytes: Self.longest - prefix.utf8.count)
    }

    /// Letters and digits of any script, `.`, `_` and `-`; the ending is kept where it is short.
    private static func safe(_ name: String, bytes: Int) -> String {
        // What stands before a slash of either kind is a folder of the sender's.
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        var kept = String.UnicodeScalarView()
        for scalar in last.unicodeScalars.prefix(1000) {
            let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if isPlain || [".", "_", "-"].contains(scalar) {
                kept.append(scalar)
            } else if kept.last != "_" {
                kept.append("_")
            }
        }
        // By scalars: a dot with a mark above is no dot to Swift, but one to the file system.
        let cleaned = String(kept.drop { [".", "_", "-"].contains($0) })
        guard !cleaned.isEmpty else { return "file" }
        guard cleaned.utf8.count > bytes else { return cleaned }
        let dot = cleaned.lastIndex(of: ".")
        let ending = dot.map { cleaned[$0...] } ?? ""
        guard ending.utf8.count > 1, ending.utf8.count <= 16 else { return fitting(cleaned[...], bytes) }
        return fitting(cleaned.dropLast(ending.count), bytes - ending.utf8.count) + ending
    }

    /// Few letters for a long name (FNV-1a): upper and lower case, which are not the same to Telegram, may be to a file
    /// system.
    private static func digest(of text: String) -> String {
        let hash = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return String(hash, radix: 36)
    }

    /// The beginning of `text` that has at most so many bytes.
    private static func fitting(_ text: Substring, _ bytes: Int) -> String {
        var count = 0
        return String(
            text.prefix { character in
                count += character.utf8.count
                return count <= bytes
            })
    }
}
