/// What a client of the core may be.
public enum PeerRole: Hashable, Sendable {
    /// Somebody who may do all that people may.
    case person
    /// A program that works for an agent: it may call the tools of its own session, and nothing else.
    ///
    /// The reason says by what it was recognised, one sentence for people.
    case agent(reason: String)
}
