/// How a secret goes on after what its rule has seen of it.
enum Tail: Sendable {
    /// As long as bytes are in the set.
    case set(ByteSet)
    /// A value without quotes.
    case bare
    /// Up to the closing quote, which has as many backslashes before it as the opening one had.
    case quoted(UInt8, escapes: Int)
    /// The lines of a private key.
    case keyBlock(KeyBlock)

    /// How far ahead one step may look.
    static let reach = Window.reach

    enum Step {
        /// So many bytes more belong to it.
        case goes(Int)
        case ended
        /// More of the text is needed.
        case undecided
    }

    /// What ends a value without quotes wherever it stands.
    private static let enders = ByteSet(" \t\r\n\"'`&;<>\\\u{0}")
    /// What ends such a value unless it goes on behind it: passwords have these, but so do lists and calls.
    private static let closers = ByteSet(",)]}")
    static let plain = ByteSet(allBut: ByteSet(" \t\r\n\"'`&;<>\\\u{0},)]}"))
    private static let quotable = ByteSet(allBut: ByteSet("\"'`\\\r\n"))
    private static let mostBackslashes = 64
    private static let mostClosers = 16

    /// Whether a value without quotes ends before `position` when that is followed by what ends it wherever it stands.
    static func closes(_ window: Window, at position: Int) -> Bool {
        guard let byte = window[position], closers.contains(byte) else { return false }
        return window[position - 1].map { !closers.contains($0) } ?? true
    }

    /// Follows the secret for a bit.
    mutating func step(in window: Window, at position: Int) -> Step {
        guard window[position] != nil else { return window.isOpen ? .undecided : .ended }
        switch self {
        case .set(let set):
            let count = window.count(of: set, at: position)
            return count > 0 ? .goes(count) : .ended
        case .bare:
            let count = window.count(of: Self.plain, at: position)
            if count > 0 { return .goes(count) }
            let closing = window.count(of: Self.closers, at: position, limit: Self.mostClosers)
            guard closing > 0 else { return .ended }
            guard let next = window[position + closing] else { return window.isOpen ? .undecided : .ended }
            return closing == Self.mostClosers || Self.enders.contains(next) ? .ended : .goes(closing)
        case .quoted(let quote, let escapes):
            let count = window.count(of: Self.quotable, at: position)
            return count > 0 ? .goes(count) : Self.quoted(window, at: position, quote: quote, escapes: escapes)
        case .keyBlock(var block):
            let step = block.step(in: window, at: position)
            self = .keyBlock(block)
            return step
        }
    }

    private static func quoted(_ window: Window, at position: Int, quote: UInt8, escapes: Int) -> Step {
        let backslashes = window.count(of: .backslash, at: position, limit: mostBackslashes)
        guard backslashes < mostBackslashes else { return .goes(backslashes) }
        guard let byte = window[position + backslashes] else { return window.isOpen ? .undecided : .ended }
        guard byte == quote else {
            if backslashes > 0 { return .goes(backslashes) }
            return byte.isQuote ? .goes(1) : .ended
        }
        // Text in a string in a string: each level doubles the backslashes and adds one to the quote.
        let (pairs, rest) = (backslashes - escapes).quotientAndRemainder(dividingBy: escapes + 1)
        if backslashes <= escapes { return .ended }
        if rest == 0, pairs % 2 == 0 { return .goes(backslashes - escapes) }
        return .goes(backslashes + 1)
    }
}
