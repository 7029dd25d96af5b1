/// Finds the name a person meant.
enum Suggestion {
    /// `; did you mean …?` with the nearest of `candidates`, or nothing when none is near.
    static func text(for name: String, among candidates: some Sequence<String>) -> String {
        guard let nearest = nearest(to: name, among: candidates) else { return "" }
        return "; did you mean \(nearest)?"
    }

    /// The candidate with the fewest slips, at most one in four letters; of equals the first in the alphabet.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, name.count / 4)
        let letters = Array(name.lowercased())
        let scored: [(slips: Int, candidate: String)] = candidates.compactMap { candidate in
            // A name of the wrong length is never near, and comparing it costs the product of both lengths.
            guard abs(candidate.count - letters.count) <= limit else { return nil }
            let slips = distance(letters, Array(candidate.lowercased()))
            return slips <= limit ? (slips, candidate) : nil
        }
        return scored.min { ($0.slips, $0.candidate) < ($1.slips, $1.candidate) }?.candidate
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make `left` into `right`.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
