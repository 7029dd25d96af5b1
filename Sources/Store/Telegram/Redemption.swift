/// What came of trying a code.
public enum Redemption: Hashable, Sendable {
    /// It was right, and is used up.
    case letIn
    /// It was wrong; so many tries are left.
    case wrong(triesLeft: Int)
    /// There is no code, or it is too old.
    case noCode
}
