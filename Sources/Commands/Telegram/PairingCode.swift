import Changes

/// A one-time code by which somebody is let in over Telegram.
///
/// Prints as `<redacted>`; ``text`` is for the eyes of one person.
struct PairingCode: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Crockford's 32: none of them looks like another.
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let length = 8

    private let symbols: String

    /// One by chance, of 32^8 = 2^40; see ``TelegramTables/redeemCode(hash:by:for:of:)`` for how likely it is guessed.
    static func random() -> PairingCode {
        var generator = SystemRandomNumberGenerator()
        return PairingCode(
            symbols: String((0..<length).map { _ in letters[Int.random(in: 0..<32, using: &generator)] }))
    }

    private init(symbols: String) { self.symbols = symbols }

    /// Takes a code as people type it, in any case, with or without hyphens; nil for what cannot be one.
    init?(_ typed: String) {
        let symbols = typed.uppercased().filter { $0 != "-" && !$0.isWhitespace }
            .replacing("O", with: "0").replacing("I", with: "1").replacing("L", with: "1")
        guard symbols.count == Self.length, symbols.allSatisfy(Self.letters.contains) else { return nil }
        self.symbols = symbols
    }

    /// As it is shown: `7K2M-9QXA`.
    var text: String { symbols.prefix(Self.length / 2) + "-" + symbols.suffix(Self.length / 2) }

    /// What is kept in its place.
    func hash(for bot: Int64) -> String { SHA256.hex(of: Array("cm pair \(bot) \(symbols)".utf8)) }

    var description: String { "<redacted>" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
