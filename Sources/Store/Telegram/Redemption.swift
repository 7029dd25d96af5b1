/// What came of trying a code.
public enum Redemption: Hashable, Sendable {
    /// It was right, and is used up.
    case letIn
    /// It was wrong; so many tries are left to this person.
    case wrong(triesLeft: Int)
    /// It was not looked at: this person has tried too often, or all together have.
    case tooMany
    /// There is no code, or it is too old.
    case noCode
}
