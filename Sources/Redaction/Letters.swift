/// What a value is made of: tells what was drawn at random from what a person has named.
struct Letters {
    private(set) var lower = 0
    private(set) var upper = 0
    private(set) var digits = 0
    /// Everything else, blanks included.
    private(set) var others = 0
    private(set) var blanks = 0
    private(set) var slashes = 0
    /// Signs that passwords have and names have not.
    private(set) var signs = 0

    /// Changes from lower to upper case and back.
    private var caseChanges = 0
    private var lettersAfterDigits = 0
    private var longestNumber = 0
    private var isUniform = true
    private let window: Window
    private let range: Range<Int>

    /// Written in the place of a secret, in documents and by other redactors.
    private static let placeholders = [
        "redacted", "xxxx", "****", "....", "example", "placeholder", "changeme", "change-me", "change_me", "\u{2026}",
    ].map { Array($0.utf8) }
    private static let beginnings = ByteSet("rReExXpPcC*.")
    private static let your = Array("your".utf8)
    private static let openings = ByteSet("<{[(*")
    private static let signs = ByteSet("@!#$%^&*+~")

    init(_ window: Window, _ range: Range<Int>) {
        self.window = window
        self.range = range.clamped(to: window.range)
        var number = 0
        var before: UInt8 = 0
        var seen: (UInt8, UInt8) = (window[range.lowerBound] ?? 0, window[range.lowerBound] ?? 0)
        for position in range {
            guard let byte = window[position] else { break }
            if byte != seen.0, byte != seen.1 {
                if seen.0 != seen.1 { isUniform = false }
                seen.1 = byte
            }
            if byte.isDigit { number += 1 } else { number = 0 }
            longestNumber = max(longestNumber, number)
            if byte.isLetter, before.isDigit { lettersAfterDigits += 1 }
            if byte.isLowercase && before.isUppercase || byte.isUppercase && before.isLowercase { caseChanges += 1 }
            count(byte)
            before = byte
        }
    }

    /// How many of lower case, upper case and digits there are.
    var kinds: Int { (lower > 0 ? 1 : 0) + (upper > 0 ? 1 : 0) + (digits > 0 ? 1 : 0) }

    /// Whether these are words, with a number behind them at most: `nextToken`, `my-api-key`, `SECRET_2`.
    var readsLikeWords: Bool {
        lettersAfterDigits == 0 && longestNumber <= 4 && (caseChanges <= 1 || lower + upper > 3 * caseChanges)
    }

    /// Whether something is yet to be put here: `<your-key>`, `$TOKEN`, `****`.
    var isPlaceholder: Bool { isUniform || isReference || saysSo }

    private mutating func count(_ byte: UInt8) {
        if byte.isLowercase {
            lower += 1
        } else if byte.isUppercase {
            upper += 1
        } else if byte.isDigit {
            digits += 1
        } else {
            others += 1
            if byte.isBlank { blanks += 1 }
            if byte == UInt8(ascii: "/") { slashes += 1 }
            if Self.signs.contains(byte) { signs += 1 }
        }
    }

    /// The name of what holds the value, for a shell or a template.
    private var isReference: Bool {
        guard let first = window[range.lowerBound] else { return true }
        if Self.openings.contains(first) { return true }
        let next = range.count > 1 ? window[range.lowerBound + 1] ?? 0 : 0
        let isBracket = next == UInt8(ascii: "{") || next == UInt8(ascii: "(")
        let name = window.count(of: .word, at: range.lowerBound + 1, limit: range.count - 1)
        return switch first {
        case UInt8(ascii: "$"): isBracket || name == range.count - 1 && !next.isDigit || next.isUppercase && digits == 0
        case UInt8(ascii: "#"): isBracket
        case UInt8(ascii: "%"): isBracket || window[range.upperBound - 1] == first
        default: false
        }
    }

    private var saysSo: Bool {
        if window.has(Self.your, at: range.lowerBound, ignoringCase: true) == true { return true }
        return range.contains { position in
            guard let byte = window[position], byte > 0x7F || Self.beginnings.contains(byte) else { return false }
            return Self.placeholders.contains {
                position + $0.count <= range.upperBound && window.has($0, at: position, ignoringCase: true) == true
            }
        }
    }
}
