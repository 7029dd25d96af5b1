import Conversation
import Foundation
import Locking

@testable import TelegramFront

/// A shelf that keeps files in memory, and breaks when the test says so.
///
/// A class with a lock, because several fill it.
final class InMemoryShelf: FileShelf {
    private let files = Locked<[String: Data]>([:])
    private let trouble: FileShelfError?

    /// A shelf on which nothing can be kept because of `trouble`, if there is any.
    init(trouble: FileShelfError? = nil) { self.trouble = trouble }

    /// What is there, by name.
    var all: [String: Data] { files.withLock(\.self) }

    func keep(
        _ name: ShelfName, for session: SessionID, from fetch: (_ take: (Data) throws -> Void) async throws -> Void
    ) async throws -> ShelvedFile {
        let path = ".cm/inbox/\(name.text)"
        if let there = all[name.text] { return ShelvedFile(path: path, size: Int64(there.count)) }
        var bytes = Data()
        try await fetch {
            if let trouble { throw trouble }
            bytes += $0
        }
        files.withLock { $0[name.text] = bytes }
        return ShelvedFile(path: path, size: Int64(bytes.count))
    }
}

/// Lets no file leave.
struct NoDeparture: FileDeparture {
    struct Stays: Error {}

    func content(of path: String) async throws -> BotUpload.Content { throw Stays() }
}
