/// A JSON web token: three parts in base64, two of which are JSON objects.
struct WebTokenRule: Sendable {
    static let prefix = Array("eyJ".utf8)
    private static let second = Array(".eyJ".utf8)
    private static let shortest = 8

    func verdict(in window: Window, at position: Int) -> Verdict {
        guard let isHere = window.has(Self.prefix, at: position) else { return .undecided }
        guard isHere, window.startsWord(at: position) else { return .nothing }
        let header = window.count(of: .base64URL, at: position)
        let end = position + header
        if end == window.range.upperBound { return window.verdictAtEnd }
        guard header >= Self.shortest else { return .nothing }
        guard let isToken = window.has(Self.second, at: end) else { return .undecided }
        guard isToken else { return .nothing }
        let range = position..<end + Self.second.count
        return .secret(Secret(range: range, tail: .set(.base64URL + "."), kind: "web token"))
    }
}
