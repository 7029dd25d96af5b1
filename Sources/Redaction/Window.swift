/// The part of a text that a rule may look at.
///
/// Valid only during the scan that made it; reading outside of it gives nil, so that no rule can leave it.
struct Window {
    /// How far a rule looks ahead at most.
    static let reach = 512
    /// How far a rule looks back at most.
    static let lookback = 64

    /// Where the part begins and ends.
    let range: Range<Int>
    /// Whether the end is that of what has arrived, and the rule may look at what will come.
    let isOpen: Bool
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>, around position: Int, reach: Int, floor: Int, isLast: Bool) {
        self.bytes = bytes
        let end = position + reach
        isOpen = !isLast && end > bytes.count
        range = max(floor, position - Self.lookback)..<min(end, bytes.count)
    }

    subscript(position: Int) -> UInt8? { range.contains(position) ? bytes[position] : nil }

    /// What a rule says that came to the end of the window.
    var verdictAtEnd: Verdict { isOpen ? .undecided : .nothing }

    /// How many bytes from `position` are in `set`, but not more than `limit`.
    func count(of set: ByteSet, at position: Int, limit: Int = reach) -> Int {
        var end = position
        let last = min(range.upperBound, position + limit)
        while end < last, set.contains(bytes[end]) { end += 1 }
        return end - position
    }

    /// Whether `literal` stands at `position`; nil when the end of what has arrived leaves that open.
    func has(_ literal: [UInt8], at position: Int, ignoringCase: Bool = false) -> Bool? {
        for (offset, expected) in literal.enumerated() {
            guard let byte = self[position + offset] else { return isOpen ? nil : false }
            guard (ignoringCase ? byte.lowercased : byte) == expected else { return false }
        }
        return true
    }
}

/// What a rule says of a candidate.
enum Verdict {
    case nothing
    /// More of the text is needed.
    case undecided
    case secret(Secret)
}

/// A secret that was recognised.
struct Secret {
    /// What belongs to it as far as was looked at.
    var range: Range<Int>
    /// How it goes on; nil when it does not.
    var tail: Tail?
    /// What it is, in words for the reader.
    var kind: String
}

extension [UInt8] {
    /// What stands where the rest of a text was cut off.
    static let ellipsis = Array("…".utf8)
}
