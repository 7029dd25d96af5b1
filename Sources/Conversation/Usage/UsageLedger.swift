/// Tells what agents used, added up.
///
/// A port: the storage conforms.
public protocol UsageLedger: Sendable {
    /// What was used in `scope`, part by part, without the parts in which nothing was.
    ///
    /// A stage counts once it is over, with the turn that it ran in; the rest of a turn counts at its end, for who was
    /// at work then. So every use is in exactly one part. Turns come in their order, other parts in any.
    func usage(in scope: UsageScope, by grouping: UsageGrouping) async throws -> [UsagePart]
}

/// Whose use is meant.
public enum UsageScope: Hashable, Sendable {
    /// That of a session since its conversation began.
    case conversation(SessionID)
    /// That of all sessions.
    case workspace
}

/// Into which parts use is divided.
public enum UsageGrouping: Hashable, Sendable {
    /// The last so many turns that were started.
    case turns(last: Int)
    case roles
    case agents
    case sessions
    /// Days that begin at these moments, in ascending order, each up to the next; the last one has no end.
    case days([Timestamp])
}
