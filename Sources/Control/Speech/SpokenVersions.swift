/// The versions of the protocol that a side speaks, from the first to the last.
struct SpokenVersions: Codable, Hashable, Sendable, CustomStringConvertible {
    var min: Int
    var max: Int

    /// What this program speaks.
    static let ours = SpokenVersions(min: 1, max: 1)

    /// The highest version that both speak; nil when there is none.
    func highest(in other: SpokenVersions) -> Int? {
        let last = Swift.min(max, other.max)
        return last >= Swift.max(min, other.min) ? last : nil
    }

    /// `1`, or `1 to 3`.
    var description: String { min == max ? "\(min)" : "\(min) to \(max)" }
}
