/// How far apart two words are, counted in slips of the hand.
public enum EditDistance {
    /// The number of insertions, deletions, replacements and swaps of neighbours that make `left` into `right`.
    ///
    /// This is the optimal string alignment distance; its time is the product of the lengths.
    public static func between(_ left: String, _ right: String) -> Int {
        let left = Array(left), right = Array(right)
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }

    /// The one of `words` that `typed` is nearest to, if it is near: one slip in up to four letters, else two.
    public static func nearest<Word>(to typed: String, among words: [Word], name: (Word) -> String) -> Word? {
        guard typed.count >= 2 else { return nil }
        let slips = typed.count <= 4 ? 1 : 2
        let near = words.map { ($0, between(name($0), typed.lowercased())) }
        return near.filter { $0.1 <= slips }.min { $0.1 < $1.1 }?.0
    }
}
