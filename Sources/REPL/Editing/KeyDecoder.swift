/// One thing the user did, as the terminal reported it.
enum Keystroke: Equatable, Sendable {
    /// A character, a control character included; never NUL and never U+0080…U+009F.
    case character(Unicode.Scalar)
    /// Text that was pasted at once: newlines are LF, and tab is the only other control character.
    case paste(String)
}

/// Turns what a terminal sends, in chunks of any size, into keystrokes.
///
/// A UTF-8 sequence or a marker of bracketed paste may be split between chunks at any byte. Malformed UTF-8 becomes
/// U+FFFD. NUL is dropped, and so are the C1 controls: no key sends them, and the editor uses them for itself.
struct KeyDecoder {
    /// Bytes of one paste that are kept; the rest of it is dropped.
    ///
    /// Only a bound on memory.
    static let pasteLimit = 16 << 20

    private static let escape: UInt8 = 0x1B
    private static let pasteStart = Array("\u{1B}[200~".utf8)
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// The start of something whose rest has not arrived.
    private var held: [UInt8] = []
    /// What was pasted so far, nil outside a paste.
    private var pasted: [UInt8]?

    /// Whether the start of a paste was seen and its end was not.
    var isPasting: Bool { pasted != nil }

    /// Whether an escape is held back because it may begin the marker of a paste: a lone Esc key looks the same.
    var isHoldingEscape: Bool { pasted == nil && held.first == Self.escape }

    /// Keystrokes that are complete with these bytes.
    mutating func decode(_ bytes: some Sequence<UInt8>) -> [Keystroke] {
        var rest = (held + bytes)[...]
        held = []
        var keystrokes: [Keystroke] = []
        while !rest.isEmpty {
            keystrokes += isPasting ? takePasted(from: &rest) : takeTyped(from: &rest)
        }
        return keystrokes
    }

    /// Gives up waiting for the rest of a marker: the escape was a key.
    mutating func releaseEscape() -> [Keystroke] {
        guard isHoldingEscape else { return [] }
        defer { held = [] }
        return Self.characters(of: held[...])
    }

    /// Leaves a paste whose end never came, and drops it.
    mutating func abandonPaste() {
        pasted = nil
        held = []
    }

    private mutating func takeTyped(from rest: inout ArraySlice<UInt8>) -> [Keystroke] {
        guard let marker = Self.firstMarker(of: [Self.pasteStart, Self.pasteEnd], in: rest) else {
            let split = rest.endIndex - Self.incompleteTail(of: rest)
            held = Array(rest[split...])
            defer { rest = [] }
            return Self.characters(of: rest[..<split])
        }
        let typed = Self.characters(of: rest[..<marker.start])
        switch marker.match {
        case nil:
            held = Array(rest[marker.start...])
            rest = []
        case Self.pasteStart:
            pasted = []
            rest = rest[(marker.start + Self.pasteStart.count)...]
        default:
            // An end without a start: nothing to end.
            rest = rest[(marker.start + Self.pasteEnd.count)...]
        }
        return typed
    }

    private mutating func takePasted(from rest: inout ArraySlice<UInt8>) -> [Keystroke] {
        let marker = Self.firstMarker(of: [Self.pasteEnd], in: rest)
        let text = rest[..<(marker?.start ?? rest.endIndex)]
        let room = Self.pasteLimit - (pasted?.count ?? 0)
        pasted?.append(contentsOf: text.prefix(room))
        guard let marker else {
            rest = []
            return []
        }
        guard marker.match != nil else {
            held = Array(rest[marker.start...])
            rest = []
            return []
        }
        rest = rest[(marker.start + Self.pasteEnd.count)...]
        let cleaned = Self.cleaned(pasted ?? [])
        pasted = nil
        return cleaned.isEmpty ? [] : [.paste(cleaned)]
    }
}

extension KeyDecoder {
    /// The first of `markers` in `bytes`; `match` is nil when the bytes end in the middle of one.
    private static func firstMarker(
        of markers: [[UInt8]], in bytes: ArraySlice<UInt8>
    ) -> (start: Int, match: [UInt8]?)? {
        var from = bytes.startIndex
        while let start = bytes[from...].firstIndex(of: escape) {
            let rest = bytes[start...]
            for marker in markers {
                if rest.starts(with: marker) { return (start, marker) }
                if rest.count < marker.count, marker.starts(with: rest) { return (start, nil) }
            }
            from = start + 1
        }
        return nil
    }

    /// How many bytes at the end begin a UTF-8 sequence that more bytes can still complete.
    private static func incompleteTail(of bytes: ArraySlice<UInt8>) -> Int {
        for length in 1...3 where length <= bytes.count {
            let tail = bytes.suffix(length)
            guard let lead = tail.first, lead & 0xC0 != 0x80 else { continue }
            return isStartOfSequence(tail, lead: lead) ? length : 0
        }
        return 0
    }

    private static func isStartOfSequence(_ bytes: ArraySlice<UInt8>, lead: UInt8) -> Bool {
        let length =
            switch lead {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard bytes.count < length else { return false }
        guard let second = bytes.dropFirst().first else { return true }
        switch lead {
        case 0xE0: return second >= 0xA0  // below: overlong
        case 0xED: return second < 0xA0  // above: surrogates
        case 0xF0: return second >= 0x90  // below: overlong
        case 0xF4: return second < 0x90  // above: past U+10FFFF
        default: return true
        }
    }

    private static func characters(of bytes: ArraySlice<UInt8>) -> [Keystroke] {
        String(decoding: bytes, as: UTF8.self).unicodeScalars
            .filter { $0 != "\0" && !("\u{80}"..."\u{9F}").contains($0) }
            .map(Keystroke.character)
    }

    /// The text of what was pasted.
    static func cleaned(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\r": text.append("\n")
            case "\n" where previous == "\r": continue
            case "\t", "\n": text.append(scalar)
            case _ where scalar.properties.generalCategory == .control: continue
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}
