/// A password in a URL, as in `scheme://user:password@host`.
///
/// The user goes with it, being a token itself now and then.
struct UserRule: Sendable {
    /// How `://` begins, also where JSON has its slashes escaped.
    static let literals = ["://", ":\\/", ":\\\\"].map { Array($0.utf8) }
    private static let inside = ByteSet(allBut: ByteSet("/?#\\ \t\r\n\"'`<>"))
    /// Examples in documents, and no password.
    private static let examples = Set(["password", "pass", "secret", "passwd", "pwd", "pw", "token", "key", "apikey"])

    func verdict(in window: Window, at position: Int) -> Verdict {
        var start = position + 1
        for _ in 0..<2 {
            start += window.count(of: .backslash, at: start, limit: 16)
            guard let byte = window[start] else { return window.verdictAtEnd }
            guard byte == UInt8(ascii: "/") else { return .nothing }
            start += 1
        }
        let end = start + window.count(of: Self.inside, at: start)
        guard
            let colon = (start..<end).first(where: {
                window[$0] == UInt8(ascii: ":") || window[$0] == UInt8(ascii: "@")
            })
        else { return end == window.range.upperBound ? window.verdictAtEnd : .nothing }
        guard window[colon] == UInt8(ascii: ":") else { return .nothing }
        if end == window.range.upperBound, window.isOpen { return .undecided }
        // A password may contain what should have been encoded.
        guard let at = (colon..<end).last(where: { window[$0] == UInt8(ascii: "@") }), at > colon + 1 else {
            return .nothing
        }
        let letters = Letters(window, colon + 1..<at)
        if letters.isPlaceholder || Self.examples.contains(window.text(colon + 1..<at).lowercased()) { return .nothing }
        return .secret(Secret(range: start..<at, kind: "password"))
    }
}
