/// How a piece of text looks on a terminal.
struct TerminalLook: Equatable {
    /// What can be combined.
    struct Attributes: OptionSet {
        let rawValue: UInt8
        static let bold = Attributes(rawValue: 1)
        static let dim = Attributes(rawValue: 2)
        static let italic = Attributes(rawValue: 4)
        static let underlined = Attributes(rawValue: 8)
        static let struck = Attributes(rawValue: 16)
        static let code = Attributes(rawValue: 32)

        fileprivate static let codes: [(Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underlined, "4"), (.struck, "9"), (.code, "36"),
        ]
    }

    var attributes: Attributes = []
    /// Where it leads, for a terminal that knows links; no control character is in it.
    var url: String?

    /// `text`, which has no control characters, with the escape sequences around it.
    func applied(to text: String) -> String {
        var result = text
        let codes = Attributes.codes.filter { attributes.contains($0.0) }.map(\.1)
        if !codes.isEmpty { result = "\u{1B}[\(codes.joined(separator: ";"))m\(result)\u{1B}[0m" }
        if let url { result = "\u{1B}]8;;\(url)\u{1B}\\\(result)\u{1B}]8;;\u{1B}\\" }
        return result
    }
}
