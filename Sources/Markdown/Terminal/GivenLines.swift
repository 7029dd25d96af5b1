/// The lines of a block that a terminal was given, while more of the block is written.
struct GivenLines {
    private var lines: [String] = []
    /// Whether the lines are the first ones of the block as it is rendered now.
    private var isExact = true

    /// Whether there are none.
    var isEmpty: Bool { lines.isEmpty }

    mutating func add(_ new: [String]) { lines += new }

    /// What of `all`, the lines of the block as far as it goes, was not given.
    ///
    /// Where the beginning looks different by now, for instance because what was taken for a paragraph is a heading, it is
    /// found by the characters that people see.
    mutating func rest(of all: [String]) -> [String] {
        guard !lines.isEmpty else { return all }
        if isExact, all.starts(with: lines) { return Array(all.dropFirst(lines.count)) }
        // Fewer lines than before are no news: a part of the block was looked at.
        if isExact, lines.starts(with: all) { return [] }
        isExact = false
        return behind(lines.flatMap(VisibleLine.characters), in: all)
    }

    private func behind(_ seen: [Character], in all: [String]) -> [String] {
        var seen = seen[...]
        for (index, line) in all.enumerated() {
            guard !seen.isEmpty else { return rest(from: all[index...]) }
            let shown = VisibleLine.characters(of: line)
            let taken = Self.take(shown, from: &seen)
            guard taken < shown.count, let rest = VisibleLine.dropping(taken, from: line) else { continue }
            return [rest] + all[(index + 1)...]
        }
        return []
    }

    /// Takes off `seen` what of it stands in `shown`; returns how many characters of that these are.
    private static func take(_ shown: [Character], from seen: inout ArraySlice<Character>) -> Int {
        var taken = 0
        while taken < shown.count, let first = seen.first {
            let isSame = first == shown[taken]
            // Marks that were shown as they were written got their other half, or look different.
            if isSame || VisibleLine.isMark(first) {
                seen.removeFirst()
            } else if !VisibleLine.isMark(shown[taken]) {
                break
            }
            if isSame || !VisibleLine.isMark(first) { taken += 1 }
        }
        return taken
    }

    /// `next` without the empty lines that were given already.
    private func rest(from next: ArraySlice<String>) -> [String] {
        let given = lines.reversed().prefix(while: \.isEmpty).count
        return Array(next.dropFirst(min(given, next.prefix(while: \.isEmpty).count)))
    }
}
