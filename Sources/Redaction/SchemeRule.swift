/// Credentials behind the name of their scheme: `Bearer …`, wherever it stands.
struct SchemeRule: Sendable {
    let kind: String
    /// The scheme, in lower case.
    let word: [UInt8]
    private static let alphabet = ByteSet.base64URL + ".~+/="
    private static let shortest = 12

    init(_ kind: String, _ word: String) {
        self.kind = kind
        self.word = Array(word.utf8)
    }

    func verdict(in window: Window, at position: Int) -> Verdict {
        guard let isHere = window.has(word, at: position, ignoringCase: true) else { return .undecided }
        guard isHere, window.startsWord(at: position) else { return .nothing }
        var start = position + word.count
        if window[start] == UInt8(ascii: "%") || window[start] == UInt8(ascii: "+") {
            start += window[start] == UInt8(ascii: "+") ? 1 : 3
        } else {
            start += window.count(of: .blanks, at: start, limit: 4)
        }
        guard start < window.range.upperBound else { return window.verdictAtEnd }
        // A path, such as `/usr/bin`, is none.
        guard start > position + word.count, window.count(of: .base64URL, at: start, limit: 1) == 1 else {
            return .nothing
        }
        let size = window.count(of: Self.alphabet, at: start, limit: Value.longest)
        let end = start + size
        if end == window.range.upperBound, size < Value.longest, window.isOpen { return .undecided }
        guard size >= Self.shortest else { return .nothing }
        guard let isBeforeRedacted = window.has(Redacted.opening, at: end) else { return .undecided }
        if isBeforeRedacted { return .nothing }
        let letters = Letters(window, start..<end)
        guard !letters.readsLikeWords, !letters.isPlaceholder else { return .nothing }
        return .secret(Secret(range: start..<end, tail: .set(Self.alphabet), kind: kind))
    }
}
