/// Names such as `__init__.py`, which are emphasis by the rules of Markdown and never meant so.
///
/// Only where such a name is part of a path or a call, and stands in the source with its underscores.
struct DunderNames {
    private let source: UnsafeBufferPointer<UInt8>

    /// `source` is what the inlines were parsed from; it must outlive this.
    init(in source: UnsafeBufferPointer<UInt8>) { self.source = source }

    /// The inlines with such names as text.
    func restored(_ inlines: [Inline]) -> [Inline] {
        guard inlines.contains(where: { Self.marked($0) != nil }) else { return inlines }
        var result: [Inline] = []
        for (index, inline) in inlines.enumerated() {
            let next = index + 1 < inlines.count ? inlines[index + 1] : nil
            guard let name = Self.marked(inline),
                Self.leads(result.last) || Self.follows(next), contains(name)
            else {
                if case .text(let more) = inline, case .text(let text) = result.last {
                    result[result.count - 1] = .text(text + more)
                } else {
                    result.append(inline)
                }
                continue
            }
            if case .text(let text) = result.last {
                result[result.count - 1] = .text(text + name)
            } else {
                result.append(.text(name))
            }
        }
        return result
    }

    /// The one word that is emphasized, with underscores around it; nil when it is more than a word.
    private static func marked(_ inline: Inline) -> String? {
        let (marks, children): (String, [Inline])
        switch inline {
        case .strong(let inner): (marks, children) = ("__", inner)
        case .emphasis(let inner): (marks, children) = ("_", inner)
        case .text, .code, .strikethrough, .link, .image, .softBreak, .hardBreak, .html: return nil
        }
        guard children.count == 1, case .text(let word) = children[0], word.utf8.count <= 64,
            word.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") })
        else { return nil }
        return marks + word + marks
    }

    /// Whether what stands before is the beginning of a path.
    private static func leads(_ inline: Inline?) -> Bool {
        guard case .text(let text) = inline, let last = text.utf8.last else { return false }
        return last == UInt8(ascii: "/") || last == UInt8(ascii: ".") || last == UInt8(ascii: "\\")
    }

    /// Whether what stands behind is the end of a path, or a call.
    private static func follows(_ inline: Inline?) -> Bool {
        guard case .text(let text) = inline, let first = text.utf8.first else { return false }
        if first == UInt8(ascii: "/") || first == UInt8(ascii: "(") { return true }
        let second = text.utf8.dropFirst().first
        return first == UInt8(ascii: ".") && second.map { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") } == true
    }

    private func contains(_ name: String) -> Bool {
        let name = Array(name.utf8)
        guard source.count >= name.count, source.count <= 1 << 13 else { return false }
        return (0...(source.count - name.count)).contains { start in
            source[start] == name[0] && source[start..<(start + name.count)].elementsEqual(name)
        }
    }
}
