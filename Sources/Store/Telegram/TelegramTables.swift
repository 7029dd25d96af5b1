import GRDB

/// What is kept for Telegram, as rows.
///
/// Knows no front: what updates and messages say is text of whoever puts it in, and nothing here is the token. Each method
/// is one transaction, on disk when it returns. Cancellation does not cut a write short: what was sent has to be noted.
public struct TelegramTables: Sendable {
    /// A day in milliseconds.
    static let day: Int64 = 24 * 60 * 60 * 1_000

    private let queue: DatabaseQueue
    /// Milliseconds since 1970.
    let now: @Sendable () -> Int64

    /// The tables in `database`; `now` is in milliseconds since 1970.
    public init(_ database: Database, now: @escaping @Sendable () -> Int64) {
        queue = database.queue
        self.now = now
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> Value) async throws -> Value {
        try await queue.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncWrite(body) { continuation.resume(with: $1) }
        }
    }
}
