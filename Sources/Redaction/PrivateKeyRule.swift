/// A private key in lines of base64 between a first and a last line.
struct PrivateKeyRule: Sendable {
    let prefix: [UInt8]
    private let dashes: Int
    private static let longestLabel = 60
    private static let words = Array("PRIVATE KEY".utf8)

    /// - Parameter prefix: The dashes and `BEGIN`; as many dashes end the line.
    init(_ prefix: String) {
        self.prefix = Array(prefix.utf8)
        dashes = prefix.utf8.prefix { $0 == UInt8(ascii: "-") }.count
    }

    func verdict(in window: Window, at position: Int) -> Verdict {
        guard let isHere = window.has(prefix, at: position) else { return .undecided }
        guard isHere else { return .nothing }
        let start = position + prefix.count
        let label = window.count(of: .label, at: start, limit: Self.longestLabel)
        let end = start + label
        let closing = window.count(of: .dash, at: end, limit: dashes)
        guard closing == dashes else {
            return end + closing == window.range.upperBound ? window.verdictAtEnd : .nothing
        }
        let isPrivate = (start..<end).contains { window.has(Self.words, at: $0) == true }
        guard isPrivate else { return .nothing }
        return .secret(Secret(range: position..<end + closing, tail: .keyBlock(KeyBlock()), kind: "private key"))
    }
}
