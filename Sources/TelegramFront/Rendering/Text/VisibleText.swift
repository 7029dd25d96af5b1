/// A text in which nothing hides, nor turns the order of other characters around: what is allowed must not read like
/// something else.
struct VisibleText {
    /// The text, with pictures for controls and `<U+202E>` for what cannot be seen.
    let text: String

    /// Makes all of `raw` seen.
    init(_ raw: String) {
        guard raw.unicodeScalars.contains(where: { Self.replacement(of: $0) != nil }) else {
            text = raw
            return
        }
        var shown = String.UnicodeScalarView()
        var rest = raw.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\r", rest.first == "\n" { continue }
            if scalar == "\u{200D}", Self.joinsEmoji(shown.last, rest.first) {
                shown.append(scalar)
                continue
            }
            if let replacement = Self.replacement(of: scalar) {
                shown.append(contentsOf: replacement.unicodeScalars)
            } else {
                shown.append(scalar)
            }
        }
        text = String(shown)
    }

    private static func joinsEmoji(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        guard let before, let after, after.value > 0xFF, after.properties.isEmoji else { return false }
        return before.value > 0xFF && (before.properties.isEmoji || before == "\u{FE0F}")
    }

    private static func replacement(of scalar: Unicode.Scalar) -> String? {
        switch (scalar.properties.generalCategory, scalar.value) {
        case (.control, 0x09), (.control, 0x0A): nil
        case (.control, 0..<0x20): Unicode.Scalar(0x2400 + scalar.value).map { String(Character($0)) }
        case (.control, 0x7F): "\u{2421}"
        case (.control, _): "\u{FFFD}"
        case (.format, _), (.lineSeparator, _), (.paragraphSeparator, _):
            "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
        default: nil
        }
    }
}
