/// How long parsing a piece may take at worst, estimated from above, in units of about a quarter of a nanosecond.
///
/// The parser is quadratic in a few patterns: brackets within one paragraph, lines that look like the second one of a
/// table, and lines in deeply nested containers; and it is slow with addresses of mail. The weights are measured with the
/// worst text of each kind.
struct PieceCost {
    private static let tableWeight = 64
    private static let addressWeight = 20_000
    private static let lineWeight = 16

    /// Of the paragraphs that are complete.
    private var complete = 0
    /// Of the lines without a blank one between that came last: their bytes, lines and brackets, and what in them looks like
    /// the second line of a table.
    private var bytes = 0
    private var runLines = 0
    private var brackets = 0
    private var tables = 0
    private var columns = 0
    private var lines = 0
    private var depth = 1

    /// The estimate for all lines so far.
    var total: Int { complete + run + lines * depth * Self.lineWeight }

    private var run: Int {
        bytes * (brackets + Self.tableWeight * max(tables - 1, 0) + columns) + columns * runLines * Self.lineWeight
    }

    mutating func take(_ line: Line, _ shape: LineShape) {
        lines += 1
        depth = max(depth, shape.column / 2 + shape.containers)
        guard !shape.isBlank else {
            complete += run
            (bytes, runLines, brackets, tables, columns) = (0, 0, 0, 0, 0)
            return
        }
        bytes += line.count + 1
        runLines += 1
        for byte in line where byte == UInt8(ascii: "[") || byte == UInt8(ascii: "@") {
            if byte == UInt8(ascii: "[") { brackets += 1 } else { complete += Self.addressWeight }
        }
        guard shape.first == UInt8(ascii: "|") || shape.first == UInt8(ascii: "-") || shape.first == UInt8(ascii: ":")
        else { return }
        let pipes = Self.pipes(line[shape.content...])
        if pipes > 0 { tables += 1 }
        columns = max(columns, pipes)
    }

    /// How many pipes there are in a line of nothing but pipes, dashes, colons and blanks; otherwise none.
    private static func pipes(_ line: Line) -> Int {
        var pipes = 0
        for byte in line {
            switch byte {
            case UInt8(ascii: "|"): pipes += 1
            case UInt8(ascii: "-"), UInt8(ascii: ":"), .space, .tab: break
            default: return 0
            }
        }
        return pipes
    }
}
