/// The token of a Telegram bot: its number, a colon, and what is secret.
struct TelegramRule: Sendable {
    /// The most digits that count as the number.
    static let mostDigits = 20
    /// The end of the number with the colon, also a percent-encoded one.
    static let literals = (0...9).flatMap { digit in
        (0...9).map { Array("\($0)\(digit):".utf8) } + [Array("\(digit)%3".utf8)]
    }
    private static let leastDigits = 6
    private static let shortest = 30

    func verdict(in window: Window, at position: Int) -> Verdict {
        var start = position
        while position - start < Self.mostDigits - 2, window[start - 1]?.isDigit == true { start -= 1 }
        let colon = position + window.count(of: .digits, at: position, limit: 2)
        guard colon - start >= Self.leastDigits else { return .nothing }
        var secret = colon + 1
        if window[colon] == UInt8(ascii: "%") {
            guard let last = window[colon + 2] else { return window.verdictAtEnd }
            guard last.lowercased == UInt8(ascii: "a") else { return .nothing }
            secret = colon + 3
        }
        let size = window.count(of: .base64URL, at: secret, limit: Self.shortest)
        let end = secret + size
        guard size == Self.shortest else { return end == window.range.upperBound ? window.verdictAtEnd : .nothing }
        let letters = Letters(window, secret..<end)
        guard letters.lower > 0, letters.upper > 0 else { return .nothing }
        return .secret(Secret(range: start..<end, tail: .set(.base64URL), kind: "Telegram token"))
    }
}
