extension KeyScanner {
    /// Skips a value in `depth` brackets.
    mutating func value(depth: Int) throws(KeyLines.Refusal) {
        guard depth < KeyLines.limit else { throw tooDeep }
        switch current {
        case .doubleQuote?: _ = try string(by: .doubleQuote)
        case .singleQuote?: _ = try string(by: .singleQuote)
        case .leftBracket?: try array(depth: depth)
        case .leftBrace?: try inlineTable(depth: depth)
        default: try bareValue()
        }
    }

    private mutating func array(depth: Int) throws(KeyLines.Refusal) {
        repeat {
            advance()
            skipBlank()
            if current == .rightBracket { break }
            try value(depth: depth + 1)
            skipBlank()
        } while current == .comma
        try expect(.rightBracket)
    }

    private mutating func inlineTable(depth: Int) throws(KeyLines.Refusal) {
        repeat {
            advance()
            skipSpaces()
            if current == .rightBrace { break }
            _ = try key()
            try expect(.equals)
            skipSpaces()
            try value(depth: depth + 1)
            skipSpaces()
        } while current == .comma
        try expect(.rightBrace)
    }

    /// Skips a number, a Boolean, a date or a time.
    private mutating func bareValue() throws(KeyLines.Refusal) {
        let unknown = refusal("a value was expected; a text needs quotes")
        let word = word()
        let date = /[0-9]{4}-[0-9]{2}-[0-9]{2}/
        if word.wholeMatch(of: date) != nil, hasDigitAfterSpace {
            advance()
            guard isTime(self.word()) else { throw unknown }
        } else if let match = word.prefixMatch(of: date), match.endIndex < word.endIndex {
            let separator = word[match.endIndex]
            guard separator == "T" || separator == "t", isTime(word[match.endIndex...].dropFirst()) else {
                throw unknown
            }
        } else {
            let number = /[+-]?[0-9][0-9A-Za-z_]*(\.[0-9_]+)?([eE][+-]?[0-9_]+)?/
            let name = /true|false|[+-]?(inf|nan)/
            let isKnown =
                word.wholeMatch(of: date) != nil || word.wholeMatch(of: number) != nil
                || word.wholeMatch(of: name) != nil || isTime(Substring(word))
            guard isKnown else { throw unknown }
        }
    }

    private func isTime(_ word: some StringProtocol) -> Bool {
        let time = /[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?/
        return String(word).wholeMatch(of: time) != nil
    }

    private var hasDigitAfterSpace: Bool {
        guard current == .space, position + 1 < bytes.count else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position + 1])
    }

    private mutating func word() -> String {
        let start = position
        while let byte = current, TOMLText.isBareKeyByte(byte) || [.dot, .plus, .colon].contains(byte) { advance() }
        return text(from: start)
    }
}
