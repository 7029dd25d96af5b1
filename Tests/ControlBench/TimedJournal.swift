import BenchSupport
import Conversation
import Locking
import Store

/// The journal on disk, which notes when each action was committed: it is published right after.
struct TimedJournal: Journal {
    let journal: SQLiteJournal
    /// By the number of the action.
    private let times = Locked<[Int64: Int64]>([:])

    init(_ journal: SQLiteJournal) { self.journal = journal }

    /// When the actions since the last call were committed, by their numbers.
    func takeTimes() -> [Int64: Int64] {
        times.withLock { times in
            defer { times = [:] }
            return times
        }
    }

    func commit(_ records: [Record]) async throws {
        try await journal.commit(records)
        let now = Moment.now
        for record in records {
            guard case .action(_, let action) = record.event, let number = Int64(action.id) else { continue }
            times.withLock { $0[number] = now }
        }
    }

    func sync() async throws { try await journal.sync() }

    func unfinished() async throws -> (last: Cursor, sessions: [SessionID]) { try await journal.unfinished() }
    func state(of session: SessionID) async throws -> SessionState? { try await journal.state(of: session) }

    func last(of session: SessionID) async throws -> Cursor { try await journal.last(of: session) }

    func sessions() async throws -> [SessionListing] { try await journal.sessions() }
    func delete(_ session: SessionID) async throws { try await journal.delete(session) }
    func deletion(of session: SessionID) async throws -> Cursor? { try await journal.deletion(of: session) }

    func records(of session: SessionID, _ selection: RecordSelection) async throws -> [Record] {
        try await journal.records(of: session, selection)
    }

    func usage(in scope: UsageScope, by grouping: UsageGrouping) async throws -> [UsagePart] {
        try await journal.usage(in: scope, by: grouping)
    }
}
