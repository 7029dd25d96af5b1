/// What stands behind the name of a secret: the secret itself, or code, a word, a placeholder.
struct Value {
    /// How much of a value is looked at.
    static let longest = 64
    private static let authority = Array("://".utf8)
    private static let roots = ["/", "./", "../", "~/"].map { Array($0.utf8) }
    private static let hexadecimal = Array("0x".utf8)
    private static let names = ByteSet.word + ".?!:"
    private static let brackets = ByteSet("([{")

    enum Style {
        /// In quotes.
        case quoted
        /// Without, but where no code stands: a variable of the environment, an option, a query.
        case assigned
        /// Without, where a word is more likely that of a variable.
        case bare
    }

    let window: Window
    let range: Range<Int>
    let style: Style
    /// Whether what is named so is a secret even when it is short and simple.
    let isPassword: Bool

    /// Whether this is a secret and no word.
    var isSecret: Bool {
        guard range.count >= (isPassword ? 6 : style == .bare ? 10 : 8) else { return false }
        let letters = Letters(window, range)
        return looksLikeSecret(letters) && !letters.isPlaceholder && !isPath(letters)
    }

    private func looksLikeSecret(_ letters: Letters) -> Bool {
        if letters.lower + letters.upper == 0, letters.signs == 0 {
            return isPassword && style != .bare || letters.digits >= 20
        }
        if letters.blanks > 0 { return hasSecretWord }
        if style != .quoted, isCall || isShortNumber { return false }
        guard letters.readsLikeWords else { return style != .bare || letters.digits > 0 || range.count >= 20 }
        let isOneWord = letters.others == 0 && (letters.lower == 0 || letters.upper == 0)
        switch style {
        case .bare: return false
        case .quoted, .assigned:
            if isPassword, letters.digits + letters.signs > 0 { return true }
            return isOneWord && range.count >= (isPassword ? 16 : 20)
        }
    }

    /// Whether one of several words looks like a key.
    private var hasSecretWord: Bool {
        var start = range.lowerBound
        for end in range.lowerBound...range.upperBound
        where end == range.upperBound || window[end]?.isBlank == true {
            let letters = Letters(window, start..<end)
            if end - start >= 8, letters.digits > 0, !letters.readsLikeWords, !letters.isPlaceholder { return true }
            start = end + 1
        }
        return false
    }

    /// Whether this says where something is: `/run/secrets/token`, `https://…`.
    private func isPath(_ letters: Letters) -> Bool {
        guard letters.slashes > 1 else { return false }
        let isURL = range.contains { window.has(Self.authority, at: $0) == true }
        let isAbsolute = Self.roots.contains { window.has($0, at: range.lowerBound) == true }
        return isURL || isAbsolute && (letters.upper < 4 || letters.digits < 4)
    }

    /// Whether this is an expression: `nextToken()`, `tokens[0]`.
    private var isCall: Bool {
        let name = window.count(of: Self.names, at: range.lowerBound, limit: range.count)
        let next = name < range.count ? window[range.lowerBound + name] : nil
        return name > 0 && next.map { Self.brackets.contains($0) } == true && window[range.lowerBound]?.isDigit == false
    }

    /// Whether this is an address in memory, such as `0x7ffee4b2`.
    private var isShortNumber: Bool {
        range.count <= 18 && window.has(Self.hexadecimal, at: range.lowerBound) == true
    }
}
