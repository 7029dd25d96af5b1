/// The definitions of links, as `[1]: https://example.org`, that were found outside of other blocks.
///
/// Pieces of a text are parsed for themselves; these are put before each that may use them. Only what is a definition
/// beyond doubt is taken, and not more than a person would write.
struct LinkDefinitions {
    private static let most = 4_096

    /// In Markdown, with an empty line at the end; or nothing.
    private(set) var source: [UInt8] = []

    /// Takes a line that stands where a definition may stand; returns whether it is one.
    mutating func take(_ line: Line) -> Bool {
        guard line.first == UInt8(ascii: "["), let close = line.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let label = line[(line.startIndex + 1)..<close]
        guard !label.allSatisfy(\.isBlank), label.count < 100,
            !label.contains(UInt8(ascii: "[")), !label.contains(UInt8(ascii: "\\")),
            close + 1 < line.endIndex, line[close + 1] == UInt8(ascii: ":")
        else { return false }
        let rest = line[(close + 2)...].drop(while: \.isBlank)
        let destination = rest.prefix { $0 > .space && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
        guard !destination.isEmpty, !destination.contains(UInt8(ascii: "\\")),
            Self.isTitle(line[destination.endIndex...])
        else { return false }
        if source.count + line.count < Self.most {
            if !source.isEmpty { source.removeLast() }
            source += line[...close]
            source += ":<".utf8
            source += destination
            source += ">\n\n".utf8
        }
        return true
    }

    private static func isTitle(_ rest: Line) -> Bool {
        let title = rest.drop(while: \.isBlank)
        guard let quote = title.first else { return true }
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), title.startIndex > rest.startIndex else {
            return false
        }
        let behind = title.dropFirst().drop { $0 != quote && $0 != UInt8(ascii: "\\") }
        return behind.first == quote && behind.dropFirst().allSatisfy(\.isBlank)
    }
}
