import GRDB

/// What is kept for Telegram, as rows.
///
/// Knows no front: what updates and messages say is text of whoever puts it in, and nothing here is the token. Each method
/// is one transaction, which survives the end of the process when it returns, and a loss of power soon after: see ``sync()``.
/// Cancellation does not cut a write short: what was sent has to be noted.
public struct TelegramTables: Sendable {
    /// A day in milliseconds.
    static let day: Int64 = 24 * 60 * 60 * 1_000

    private let queue: DatabaseQueue
    private let disk: DiskSync
    /// Milliseconds since 1970.
    let now: @Sendable () -> Int64

    /// The tables in `database`; `now` is in milliseconds since 1970.
    public init(_ database: Database, now: @escaping @Sendable () -> Int64) {
        (queue, disk) = (database.queue, database.disk)
        self.now = now
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> Value) async throws -> Value {
        try await queue.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> Value) async throws -> Value {
        let value = try await queue.writeWhole(body)
        disk.begin()
        return value
    }

    /// Returns when all that was written before is on disk; throws ``StoreError``.
    public func sync() async throws { try await disk.sync() }
}

extension DatabaseQueue {
    /// Does `body` in one transaction, which cancellation does not cut short.
    func writeWhole<Value: Sendable>(
        _ body: @escaping @Sendable (GRDB.Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            asyncWrite(body) { continuation.resume(with: $1) }
        }
    }
}
