/// Text as a terminal may get it: no control character reaches it but line feed and tab.
///
/// What an agent says must not move the cursor, set the title or answer for the user. Controls are shown as the
/// pictures that Unicode has for them, `␛` for escape; the C1 ones as U+FFFD.
public struct Printable {
    /// The text.
    public let text: String

    /// The text in one line, its white space as single spaces.
    public var line: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// Takes the controls out of `raw`.
    public init(_ raw: String) {
        guard raw.unicodeScalars.contains(where: { Self.isControl($0) }) else {
            text = raw
            return
        }
        var scalars = String.UnicodeScalarView()
        var rest = raw.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\r", rest.first == "\n" { continue }
            scalars.append(Self.isControl(scalar) ? Self.picture(scalar) : scalar)
        }
        text = String(scalars)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }

    private static func picture(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        default: "\u{FFFD}"
        }
    }
}
