/// A piece of work took longer than it may.
struct DeadlineExceeded: Error {}

/// Runs `body`, cancelling it after `limit`; throws ``DeadlineExceeded`` then, else what `body` throws.
func withDeadline<Value: Sendable>(
    _ limit: Duration, on clock: any Clock<Duration>, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await clock.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw DeadlineExceeded() }
        return value
    }
}
