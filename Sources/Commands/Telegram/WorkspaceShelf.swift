import Conversation
import Foundation
import TelegramFront

/// Files from Telegram in the `.cm/inbox` of the directory in which a conversation's agent works.
struct WorkspaceShelf: FileShelf {
    /// Where the agents of a session work.
    let directory: @Sendable (SessionID) async throws -> String

    func keep(
        _ name: ShelfName, for session: SessionID, from fetch: (_ take: (Data) throws -> Void) async throws -> Void
    ) async throws -> ShelvedFile {
        let inbox = try InboxFolder(in: try await directory(session))
        let path = "\(InboxFolder.path)/\(name.text)"
        if let size = try inbox.size(of: name.text) { return ShelvedFile(path: path, size: size) }
        let file = try inbox.begin(name.text)
        try await fetch { try file.write($0) }
        return ShelvedFile(path: path, size: try file.keep())
    }
}
