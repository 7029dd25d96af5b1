extension ValueForm where Value: CaseIterable & RawRepresentable<String> {
    /// One of the cases in any case of letters; messages spell them by `spelling`.
    static func anyCase(spelledBy spelling: (String) -> String = \.self) -> Self {
        Self(
            expected: "one of " + Value.allCases.map { spelling($0.rawValue) }.joined(separator: ", "),
            read: { written, _ in written.string.flatMap { Value(rawValue: $0.trimmed.lowercased()) } },
            toml: { TOMLText.quote($0.rawValue) })
    }
}

extension ValueForm where Value == Double {
    /// The weight of an executor; the upper end only keeps sums finite.
    static var weight: Self {
        Self(
            expected: "a number from 0 to 1000000",
            read: { written, _ in
                let number: Double? =
                    switch written {
                    case .plain(let text): Double(text.trimmed)
                    case .integer(let number): Double(number)
                    case .decimal(let number): number
                    case .text, .boolean, .texts, .numbers, .other: nil
                    }
                // NaN fails both comparisons.
                guard let number, number >= 0, number <= 1_000_000 else { return nil }
                return number
            },
            toml: { String($0) })
    }
}

extension ValueForm where Value == String {
    /// A name or a model: a word that can be typed and passed on.
    static var word: Self {
        Self(
            expected: "a text without white space",
            read: { written, _ in
                guard let text = written.string, !text.isEmpty else { return nil }
                return text.unicodeScalars.allSatisfy(isPrinted) ? text : nil
            },
            toml: TOMLText.quote)
    }

    private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
        default: true
        }
    }
}

extension ValueForm where Value == [String] {
    /// A program, by name or path, and its arguments; never a line for a shell.
    static var command: Self {
        let expected =
            #"an array of strings, the program and its arguments, such as ["my-agent", "--quiet"]"#
        return Self(
            expected: expected,
            read: { written, base in
                guard case .texts(let texts) = written, let program = texts.first, !program.isEmpty,
                    // The system would take the NUL for the end of the argument.
                    !texts.contains(where: { $0.utf8.contains(0) })
                else { return nil }
                return [program.contains("/") ? base.absolute(program) : program] + texts.dropFirst()
            },
            toml: ValueForm.words.toml)
    }
}
