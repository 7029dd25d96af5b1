/// HTML that may hold blank lines, and ends with a certain text: a comment, a script.
enum OpenHTML: Equatable {
    case comment, instruction, declaration, characters
    /// `<script>`, `<pre>` and their kin.
    case verbatim

    /// What the content of a line opens.
    init?(_ content: Line) {
        guard content.first == UInt8(ascii: "<"), content.count > 1 else { return nil }
        let next = content[content.startIndex + 1]
        if next == UInt8(ascii: "?") {
            self = .instruction
        } else if next == UInt8(ascii: "!") {
            if content.starts(with: "<!--".utf8) {
                self = .comment
            } else {
                self = content.starts(with: "<![CDATA[".utf8) ? .characters : .declaration
            }
        } else if ["<script", "<pre", "<style", "<textarea"].contains(where: { Self.begins(content, with: $0) }) {
            self = .verbatim
        } else {
            return nil
        }
    }

    /// Whether it ends on a line.
    func ends(on line: Line) -> Bool {
        let ends: [String] =
            switch self {
            case .comment: ["-->"]
            case .instruction: ["?>"]
            case .declaration: [">"]
            case .characters: ["]]>"]
            case .verbatim: ["</script>", "</pre>", "</style>", "</textarea>"]
            }
        return line.indices.contains { start in
            let byte = line[start]
            guard
                byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: ">")
                    || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "<")
            else { return false }
            return ends.contains { Self.begins(line[start...], with: $0) }
        }
    }

    private static func begins(_ bytes: Line, with word: String) -> Bool {
        var position = bytes.startIndex
        for byte in word.utf8 {
            guard position < bytes.endIndex else { return false }
            let found = bytes[position]
            guard found == byte || found | 0x20 == byte && byte.isLetter else { return false }
            position += 1
        }
        return true
    }
}
