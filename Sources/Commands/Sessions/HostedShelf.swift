import Control
import Conversation
import Foundation
import Store

/// The sessions of the core in this process, for whoever puts some away or brings others.
struct HostedShelf: SessionShelf {
    let hub: Hub
    let state: StateDirectory

    func delete(_ session: SessionID, force: Bool) async throws {
        let isDone = try await hub.maintain(session, deletes: true) { journal, last in
            guard let known = try await journal.sessions().first(where: { $0.id == session }) else {
                throw ShelfRefusal("there is no session \(session)")
            }
            guard force || known.waiting == 0 else {
                throw ShelfRefusal("\(session) is not done (\(known.activity)); --force deletes it all the same")
            }
            try await journal.delete(session)
            return last
        }
        guard isDone else { throw ShelfRefusal("a turn of \(session) runs; stop it first") }
        Snapshots(in: state).remove(session)
    }

    func take(_ file: Data) async throws -> ImportedSession {
        do {
            let session = try EarlierSession(file)
            let now = Timestamp.now
            let isDone = try await hub.maintain(session.session) { journal, last in
                try await session.write(to: journal, after: last, now: now)
            }
            guard isDone else {
                throw ShelfRefusal("becomes the session \(session.session), in which a turn runs; delete that first")
            }
            return session.report
        } catch let error as EarlierSessionError {
            throw ShelfRefusal("\(error)")
        }
    }
}

extension EarlierSession {
    /// What was taken in, for people.
    var report: ImportedSession {
        ImportedSession(text: "imported as \(session), \(count) messages and answers", warnings: warnings)
    }
}
