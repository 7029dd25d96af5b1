/// Where positions in the UTF-8 of a text lie in its UTF-16, each moved on to the next bound of a grapheme.
///
/// One pass over the text, however its graphemes are made.
struct TextPositions {
    private var units: [Int: Int] = [:]
    /// Those that lay within a grapheme.
    private var moved: Set<Int> = []

    /// `positions` are at the bounds of scalars.
    init(of positions: [Int], in text: String) {
        var text = text
        let isASCII = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 0x80 } }
        // Then the positions are the same.
        guard !isASCII else { return }
        units.reserveCapacity(positions.count)
        var walk = Walk(text)
        for position in positions.sorted() where units[position] == nil {
            let (sum, isMoved) = walk.units(at: position)
            units[position] = sum
            if isMoved { moved.insert(position) }
        }
    }

    /// Whether `position` lay within a grapheme, so that what stands behind it has changed.
    func isMoved(_ position: Int) -> Bool { moved.contains(position) }

    subscript(position: Int) -> Int { units[position] ?? position }

    private struct Walk {
        private let text: String
        private let count: Int
        /// A bound of graphemes; behind it is looked for the next.
        private var bound = 0
        private var position = 0
        private var sum = 0

        init(_ text: String) {
            self.text = text
            count = text.utf8.count
        }

        mutating func units(at wanted: Int) -> (Int, isMoved: Bool) {
            let end = roundedUp(wanted)
            guard end > position else { return (sum, end != wanted) }
            text.utf8.withContiguousStorageIfAvailable { bytes in
                for byte in bytes[position..<end] { sum += byte.utf16Units }
            }
            position = end
            return (sum, end != wanted)
        }

        private mutating func roundedUp(_ wanted: Int) -> Int {
            if wanted <= bound || wanted >= count { return min(max(wanted, bound), count) }
            // Between two ASCII characters there is a bound, as line feeds are alone.
            if byte(wanted) < 0x80, byte(wanted - 1) < 0x80 { return wanted }
            var start = wanted
            while start > bound, !(byte(start) < 0x80 && (start == 0 || byte(start - 1) < 0x80)) { start -= 1 }
            bound = max(bound, start)
            while bound < wanted {
                bound = text.utf8.distance(from: text.startIndex, to: text.index(after: index(bound)))
            }
            return bound
        }

        private func index(_ position: Int) -> String.Index {
            text.utf8.index(text.startIndex, offsetBy: position)
        }

        private func byte(_ position: Int) -> UInt8 { text.utf8[index(position)] }
    }
}
