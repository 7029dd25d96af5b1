/// Takes secrets out of a text that arrives in pieces.
///
/// What it returns, joined, is what ``Redactor/redact(_:)`` makes of the pieces joined. It holds back no more than what
/// could be the beginning of a secret, at most ``Window/reach`` bytes or the longest known secret.
public struct StreamRedactor: Sendable {
    /// How many secrets were removed so far.
    public private(set) var count = 0

    private var scanner: Scanner
    /// What was not returned yet, after a little of what was: a rule may look at what stands before.
    private var bytes: [UInt8] = []
    /// Where the former begins.
    private var pending = 0

    /// Creates a redactor for one text, with the rules and secrets of `redactor`.
    public init(_ redactor: Redactor) { scanner = Scanner(rules: redactor.rules) }

    /// Adds a piece and returns what can be said by now.
    public mutating func take(_ delta: String) -> String {
        bytes.append(contentsOf: delta.utf8)
        return advance(isLast: false)
    }

    /// Ends the text and returns its rest.
    public mutating func finish() -> String { advance(isLast: true) }

    private mutating func advance(isLast: Bool) -> String {
        let (kept, decided) = bytes.withUnsafeBufferPointer { bytes in
            let scan = scanner.scan(bytes, from: pending, isLast: isLast)
            count += scan.count
            return (scan.kept(of: bytes, from: pending), scan.decided)
        }
        let forgotten = max(0, decided - Window.lookback)
        bytes.removeFirst(forgotten)
        scanner.forget(forgotten)
        pending = decided - forgotten
        return String(decoding: kept, as: UTF8.self)
    }
}
