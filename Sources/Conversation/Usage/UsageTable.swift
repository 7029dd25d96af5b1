/// Parts of what was used as aligned lines, each with a bar.
struct UsageTable {
    /// A named part.
    typealias Line = (name: String, part: UsagePart)

    private static let longestName = 32

    private let title: String
    private let lines: [Line]

    /// A table of `lines` in their order under `title`.
    init(_ title: String, _ lines: [Line]) {
        self.title = title
        self.lines = lines.map { ($0.name.headline(Self.longestName), $0.part) }
    }

    /// The table, the head first.
    var text: String {
        let cells =
            [[title, "read", "written", "time", "turns", "stages"]] + lines.map { Self.cells($0.name, $0.part) }
        let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let remarks = [""] + zip(lines, bars).map { $1 + Self.remark($0.part) }
        return zip(cells, remarks).map { row, remark in
            let padded = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + space : space + row[column]
            }
            return padded.joined(separator: "  ") + (remark.isEmpty ? "" : "  \(remark)")
        }.joined(separator: "\n")
    }

    private static func cells(_ name: String, _ part: UsagePart) -> [String] {
        [
            name, ShortNumber(part.tokens.inputTokens).description, ShortNumber(part.tokens.outputTokens).description,
            Elapsed(part.durationMs).description, ShortNumber(part.turns).description,
            ShortNumber(part.stages).description,
        ]
    }

    /// One bar for each line: its tokens, or its time where no agent reports tokens.
    private var bars: [String] {
        let tokens = lines.map { $0.part.tokens.inputTokens + $0.part.tokens.outputTokens }
        let lengths = tokens.allSatisfy { $0 == 0 } ? lines.map { Int($0.part.durationMs) } : tokens
        let longest = lengths.max() ?? 0
        return lengths.map { Bar($0, of: longest).description }
    }

    private static func remark(_ part: UsagePart) -> String {
        part.unreadable == 0 ? "" : " \(part.unreadable) unreadable"
    }
}

/// A length drawn with block characters, exact to an eighth of a cell.
struct Bar: CustomStringConvertible {
    private static let cells = 20
    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    let description: String

    /// The bar for `value` where that for `largest` has 20 cells; empty only for nothing.
    init(_ value: Int, of largest: Int) {
        guard value > 0, largest > 0 else {
            description = ""
            return
        }
        let length = max(1, Int((Double(value) / Double(largest) * Double(Self.cells * 8)).rounded()))
        description = String(repeating: "█", count: length / 8) + Self.eighths[length % 8]
    }
}

/// A number in at most six characters: `999`, `12.3k`, `4.5M`.
struct ShortNumber: CustomStringConvertible {
    let description: String

    /// Takes a number that is not negative; cuts off, never rounds up.
    init(_ number: Int) {
        let units = [(1_000_000_000, "G"), (1_000_000, "M"), (1000, "k")]
        let unit = units.first { number >= $0.0 }
        description = unit.map { "\(number / $0.0).\(number % $0.0 / ($0.0 / 10))\($0.1)" } ?? "\(number)"
    }
}
