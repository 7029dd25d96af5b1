import Conversation

/// A text cut to a number of UTF-16 code units: between graphemes, or between scalars where a single one is too long.
struct Clip {
    /// What is left of it, with `…` where it was cut; never longer than asked for.
    let text: String
    /// Whether something is missing.
    let isCut: Bool

    /// Keeps the beginning of `text`; `units` is at least 4.
    init(_ text: String, units: Int) {
        guard let count = Self.overflow(of: text, units) else { (self.text, isCut) = (text, false); return }
        let kept = Self.fitting(text, count, \.utf16.count) ?? Self.fitting(text.unicodeScalars, count, Self.units)
        (self.text, isCut) = (text[..<(kept ?? text.startIndex)] + "…", true)
    }

    /// Keeps the end of `text`; `units` is at least 4.
    init(endOf text: String, units: Int) {
        guard let count = Self.overflow(of: text, units) else { (self.text, isCut) = (text, false); return }
        let (characters, scalars) = (
            text.reversed() as ReversedCollection<String>,
            text.unicodeScalars.reversed() as ReversedCollection<String.UnicodeScalarView>
        )
        let kept =
            Self.fitting(characters, count, \.utf16.count)?.base ?? Self.fitting(scalars, count, Self.units)?.base
        (self.text, isCut) = ("…" + text[(kept ?? text.endIndex)...], true)
    }

    /// How many units may stay beside the `…`; nil when all of `text` may.
    private static func overflow(of text: String, _ units: Int) -> Int? {
        // A text has no more units than bytes, so most need no count.
        text.utf8.count <= units || text.utf16.count <= units ? nil : max(units, 4) - 1
    }

    /// Behind as many elements as fit; nil when the first does not.
    private static func fitting<C: Collection>(_ elements: C, _ count: Int, _ units: (C.Element) -> Int) -> C.Index? {
        var left = count
        var end = elements.startIndex
        while end < elements.endIndex, units(elements[end]) <= left {
            left -= units(elements[end])
            elements.formIndex(after: &end)
        }
        return end == elements.startIndex ? nil : end
    }

    private static func units(_ scalar: Unicode.Scalar) -> Int { scalar.value > 0xFFFF ? 2 : 1 }
}

extension String {
    /// The text cut to `units` UTF-16 code units.
    func clipped(_ units: Int) -> String { Clip(self, units: units).text }

    /// The text on one line of at most `characters`, and of not much more UTF-16 code units.
    func oneLine(_ characters: Int) -> String { headline(characters).clipped(characters * 3 / 2) }

    /// Whether people see nothing of it.
    var isInvisible: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }
}
