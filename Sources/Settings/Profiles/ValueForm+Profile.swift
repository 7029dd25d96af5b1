extension ValueForm where Value == String {
    /// A name that a profile may have.
    static var profileName: Self {
        Self(
            expected: "the name of a profile, 1 to 64 letters, digits, -, _ or .",
            read: { written, _ in
                guard let name = written.string?.trimmed, (1...64).contains(name.count) else { return nil }
                return name.unicodeScalars.allSatisfy(isPartOfName) ? name : nil
            },
            toml: TOMLText.quote)
    }

    private static func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
            || "-_.".unicodeScalars.contains(scalar)
    }

    /// Any text, also the empty one.
    static var anyText: Self {
        Self(expected: "a text", read: { written, _ in written.string }, toml: TOMLText.quote)
    }

    /// A text that has more than white space.
    static var prompt: Self {
        Self(
            expected: "a text that is not empty",
            read: { written, _ in written.string.flatMap { $0.trimmed.isEmpty ? nil : $0 } },
            toml: TOMLText.quote)
    }
}

extension ValueForm where Value == Secret {
    /// What a variable is set to; numbers and Booleans count as they are written.
    static var variable: Self {
        Self(
            expected: "a text without NUL, a whole number or a Boolean",
            read: { written, _ in
                let text: String? =
                    switch written {
                    case .plain(let text), .text(let text): text
                    case .integer(let number): String(number)
                    case .boolean(let value): String(value)
                    case .decimal, .texts, .numbers, .other: nil
                    }
                // The system would take the NUL for the end of the value.
                return text.flatMap { $0.utf8.contains(0) ? nil : Secret($0) }
            },
            toml: { _ in nil })
    }
}
