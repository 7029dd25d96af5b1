/// A set of bytes, as bits.
struct ByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// Whether bytes of characters outside of ASCII belong to it.
    private var hasOthers = false

    /// The bytes of `characters`, which are all ASCII.
    init(_ characters: String) {
        for byte in characters.utf8 { insert(byte) }
    }

    /// All bytes that are not in `set`.
    init(allBut set: ByteSet) {
        low = ~set.low
        high = ~set.high
        hasOthers = !set.hasOthers
    }

    func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<64: low >> UInt64(byte) & 1 == 1
        case 64..<128: high >> UInt64(byte & 63) & 1 == 1
        default: hasOthers
        }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }

    static func + (left: ByteSet, right: String) -> ByteSet {
        var sum = left
        for byte in right.utf8 { sum.insert(byte) }
        return sum
    }

    static let digits = ByteSet("0123456789")
    static let uppercase = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    static let uppercaseOrDigits = uppercase + "0123456789"
    static let alphanumerics = uppercaseOrDigits + "abcdefghijklmnopqrstuvwxyz"
    static let word = alphanumerics + "_"
    static let base64URL = word + "-"
    static let base64 = alphanumerics + "+/="
    static let blanks = ByteSet(" \t")
    static let backslash = ByteSet("\\")
    static let dash = ByteSet("-")
    static let label = uppercaseOrDigits + " "
}

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isUppercase: Bool { self &- 0x41 < 26 }
    var isLowercase: Bool { self &- 0x61 < 26 }
    var isLetter: Bool { isUppercase || isLowercase }
    var isHexDigit: Bool { isDigit || lowercased &- 0x61 < 6 }
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isQuote: Bool { self == 0x22 || self == 0x27 || self == 0x60 }
    var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
}
