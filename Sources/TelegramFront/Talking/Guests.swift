/// Who is let in, as it stands, and how somebody gets in.
///
/// A port: settings and database conform.
public protocol Guests: Sendable {
    /// Who is let in now.
    func access() async throws -> Access

    /// Lets `user` in, and the group where it was said, if `text` is a code that is good; nil when it is none at all.
    func redeem(_ text: String, of user: BotUser, in chat: BotChat) async throws -> Pairing?
}

/// What came of a code, in words for whoever sent it.
public enum Pairing: Hashable, Sendable {
    /// It was good.
    case letIn(String)
    /// It was not.
    case refused(String)
}
