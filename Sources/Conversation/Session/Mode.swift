/// How messages of a session are worked on.
public enum Mode: String, CaseIterable, Sendable {
    /// One agent, on the session's own thread.
    case single
    /// Where it is worth it, by a plan and with reviews.
    case plan
}
