/// Which values of a setting are valid, and how they are read and written.
package struct ValueForm<Value: Sendable>: Sendable {
    /// What is valid, to follow the word "expected".
    let expected: String
    /// The value, or nil when what is written does not fit.
    let read: @Sendable (WrittenValue, PathBase) -> Value?
    /// The value in TOML; nil when it is none.
    let toml: @Sendable (Value) -> String?

    /// The same, but a setting that nobody writes is nil.
    package var optional: ValueForm<Value?> {
        ValueForm<Value?>(
            expected: expected,
            read: { written, base in read(written, base).map(Optional.some) },
            toml: { value in value.flatMap(toml) })
    }
}

extension ValueForm where Value == String {
    /// Any text but the empty one.
    package static var text: Self {
        Self(expected: "a text that is not empty", read: { written, _ in nonEmpty(written) }, toml: TOMLText.quote)
    }

    /// A file or directory; what is read is absolute.
    package static var path: Self {
        Self(
            expected: "a path", read: { written, base in nonEmpty(written).map(base.absolute) }, toml: TOMLText.quote)
    }

    /// A program: a bare name stays as it is, anything with a slash is read as a path.
    package static var program: Self {
        Self(
            expected: "the name or path of a program",
            read: { written, base in nonEmpty(written).map { $0.contains("/") ? base.absolute($0) : $0 } },
            toml: TOMLText.quote)
    }

    /// One of `words`, spelled exactly so.
    package static func choice(_ words: String...) -> Self {
        Self(
            expected: "one of " + words.joined(separator: ", "),
            read: { written, _ in written.string.map(\.trimmed).flatMap { words.contains($0) ? $0 : nil } },
            toml: TOMLText.quote)
    }

    private static func nonEmpty(_ written: WrittenValue) -> String? {
        written.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension ValueForm where Value == Int {
    /// A whole number in `range`.
    package static func integer(in range: ClosedRange<Int>) -> Self {
        Self(
            expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            read: { written, _ in integer(written).flatMap { range.contains($0) ? $0 : nil } },
            toml: { String($0) })
    }

    /// A whole number that is not negative.
    package static var count: Self {
        Self(
            expected: "a whole number, 0 or more",
            read: { written, _ in integer(written).flatMap { $0 >= 0 ? $0 : nil } },
            toml: { String($0) })
    }

    private static func integer(_ written: WrittenValue) -> Int? {
        switch written {
        case .plain(let text): Int(text.trimmed)
        case .integer(let number): number
        case .text, .decimal, .boolean, .texts, .numbers, .other: nil
        }
    }
}

extension ValueForm where Value == Bool {
    /// true or false; in plain text also 1 and 0, yes and no, on and off, in any case.
    package static var boolean: Self {
        Self(
            expected: "true or false",
            read: { written, _ in
                switch written {
                case .boolean(let value): value
                case .plain(let text):
                    switch text.trimmed.lowercased() {
                    case "true", "1", "yes", "on": true
                    case "false", "0", "no", "off": false
                    default: nil
                    }
                case .text, .integer, .decimal, .texts, .numbers, .other: nil
                }
            },
            toml: { $0 ? "true" : "false" })
    }
}

extension ValueForm where Value == Duration {
    /// Seconds above zero, whole or decimal, counted in microseconds; up to ten years.
    package static var seconds: Self {
        Self(
            expected: "seconds, more than 0 and at most 315360000",
            read: { written, _ in
                let seconds: Double? =
                    switch written {
                    case .plain(let text): Double(text.trimmed)
                    case .integer(let number): Double(number)
                    case .decimal(let number): number
                    case .text, .boolean, .texts, .numbers, .other: nil
                    }
                // NaN fails both comparisons.
                guard let seconds, seconds >= 0.000_001, seconds <= 315_360_000 else { return nil }
                return .microseconds(Int64((seconds * 1_000_000).rounded()))
            },
            toml: { duration in
                let (seconds, attoseconds) = duration.components
                return attoseconds == 0 ? String(seconds) : String(Double(seconds) + Double(attoseconds) * 1e-18)
            })
    }
}

extension String {
    /// The text without the white space around it.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
