/// One way in which a secret shows itself.
enum Rule: Sendable {
    case known(KnownSecret)
    case token(TokenRule)
    case webToken(WebTokenRule)
    case telegram(TelegramRule)
    case privateKey(PrivateKeyRule)
    case user(UserRule)
    case scheme(SchemeRule)
    case name(NameRule)

    /// What the rule says of a place where its anchor is.
    func verdict(in window: Window, at position: Int) -> Verdict {
        switch self {
        case .known(let rule): rule.verdict(in: window, at: position)
        case .token(let rule): rule.verdict(in: window, at: position)
        case .webToken(let rule): rule.verdict(in: window, at: position)
        case .telegram(let rule): rule.verdict(in: window, at: position)
        case .privateKey(let rule): rule.verdict(in: window, at: position)
        case .user(let rule): rule.verdict(in: window, at: position)
        case .scheme(let rule): rule.verdict(in: window, at: position)
        case .name(let rule): rule.verdict(in: window, at: position)
        }
    }

    /// The beginnings of what the rule looks for; three bytes of each are looked at.
    var literals: [[UInt8]] {
        switch self {
        case .known(let rule): [rule.bytes]
        case .token(let rule): [rule.prefix]
        case .webToken: [WebTokenRule.prefix]
        case .telegram: TelegramRule.literals
        case .privateKey(let rule): [rule.prefix]
        case .user: UserRule.literals
        case .scheme(let rule): [rule.word]
        case .name(let rule): [rule.name]
        }
    }
}

extension Window {
    private static let escaped = ByteSet("nrtbf")

    /// Whether a token may begin at `position`: what stands before is no part of the same word.
    ///
    /// The last letter of an escape is none: `\n`, `%3D`, `\u003d`, or the colour that a terminal is told.
    func startsWord(at position: Int) -> Bool {
        guard let before = self[position - 1], ByteSet.word.contains(before) else { return true }
        if Self.escaped.contains(before), self[position - 2] == UInt8(ascii: "\\") { return true }
        if before.isHexDigit, let digit = self[position - 2], digit.isHexDigit {
            if self[position - 3] == UInt8(ascii: "%") { return true }
            if self[position - 5] == UInt8(ascii: "u"), self[position - 6] == UInt8(ascii: "\\") { return true }
        }
        guard before == UInt8(ascii: "m") else { return false }
        var start = position - 2
        while position - start < 16, let byte = self[start], byte.isDigit || byte == UInt8(ascii: ";") { start -= 1 }
        return self[start] == UInt8(ascii: "[")
    }
}
