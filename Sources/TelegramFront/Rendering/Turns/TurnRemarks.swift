/// What was remarked about how a turn goes on, for its progress.
struct TurnRemarks {
    private static let most = 2

    /// The latest, oldest first.
    private(set) var lines: [String] = []
    /// Whether nothing was heard of the agent since it was said that something holds it up.
    var isHeldUp = false

    /// Takes in a remark.
    mutating func add(_ line: String) { lines = (lines + [line]).suffix(Self.most) }
}
