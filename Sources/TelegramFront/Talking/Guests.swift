/// Who is let in, as it stands, and how somebody gets in.
///
/// A port: settings and database conform.
public protocol Guests: Sendable {
    /// Who is let in now.
    func access() async throws -> Access

    /// Lets `user` in, and the group where it was said, if `text` is a code that is good; nil when it is none at all.
    ///
    /// Else what to tell them.
    func redeem(_ text: String, of user: BotUser, in chat: BotChat) async throws -> String?
}
