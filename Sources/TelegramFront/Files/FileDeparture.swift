/// Has a last look at a file of this machine when it is sent: since it was handed over, it may have changed.
///
/// A port: the workspace conforms.
public protocol FileDeparture: Sendable {
    /// What is sent as the file at `path`, without secrets where it is a text.
    ///
    /// Throws, with a description for people, when it has gone or may not leave any more.
    func content(of path: String) async throws -> BotUpload.Content
}
