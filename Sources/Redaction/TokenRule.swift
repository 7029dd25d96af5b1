/// A token that is known by how it begins.
struct TokenRule: Sendable {
    /// What has to be seen besides the length, where words could look like the token.
    enum Mix: Sendable {
        case any
        /// Two of: lower case, upper case, digits.
        case mixed
        /// A digit.
        case numbered
    }

    let kind: String
    /// How it begins; case matters.
    let prefix: [UInt8]
    /// What it goes on with.
    let alphabet: ByteSet
    /// The least number of bytes that follow.
    let minimum: Int
    /// The number of bytes that follow when there is only one; no word may go on behind them.
    let isExact: Bool
    let mix: Mix
    /// Whether the prefix is no part of the secret and stays.
    let keepsPrefix: Bool

    init(
        _ kind: String, _ prefix: String, _ alphabet: ByteSet, _ minimum: Int, isExact: Bool = false, mix: Mix = .any,
        keepsPrefix: Bool = false
    ) {
        self.kind = kind
        self.prefix = Array(prefix.utf8)
        self.alphabet = alphabet
        self.minimum = minimum
        self.isExact = isExact
        self.mix = mix
        self.keepsPrefix = keepsPrefix
    }

    func verdict(in window: Window, at position: Int) -> Verdict {
        guard let isHere = window.has(prefix, at: position) else { return .undecided }
        guard isHere, keepsPrefix || window.startsWord(at: position) else { return .nothing }
        let start = position + prefix.count
        let size = window.count(of: alphabet, at: start, limit: minimum)
        guard size == minimum else { return start + size == window.range.upperBound ? window.verdictAtEnd : .nothing }
        if isExact {
            guard let next = window[start + size] else {
                return window.isOpen ? .undecided : found(window, position, start + size, nil)
            }
            return ByteSet.word.contains(next) ? .nothing : found(window, position, start + size, nil)
        }
        return found(window, position, start + size, .set(alphabet))
    }

    /// The token of only one length that stands at `position` and behind which a word goes on; nil for none.
    func beginningOfWord(in window: Window, at position: Int) -> Secret? {
        let start = position + prefix.count, end = start + minimum
        guard isExact, window.has(prefix, at: position) == true, keepsPrefix || window.startsWord(at: position),
            window.count(of: alphabet, at: start, limit: minimum) == minimum, window[end] != nil,
            case .secret(let secret) = found(window, position, end, nil)
        else { return nil }
        return secret
    }

    private func found(_ window: Window, _ position: Int, _ end: Int, _ tail: Tail?) -> Verdict {
        let start = position + prefix.count
        let letters = Letters(window, start..<end)
        let isMixed =
            switch mix {
            case .any: true
            case .mixed: letters.kinds >= 2
            case .numbered: letters.digits > 0
            }
        guard isMixed else { return .nothing }
        return .secret(Secret(range: (keepsPrefix ? start : position)..<end, tail: tail, kind: kind))
    }
}
