/// How messages of a session are worked on.
public enum Mode: String, CaseIterable, Sendable {
    /// One agent, on the session's own thread.
    case single

    /// The mode of a new session.
    public static let initial = Mode.single
}
