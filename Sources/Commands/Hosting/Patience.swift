/// Bounds what another process may take.
enum Patience {
    /// What `body` returns within `limit`; throws ``Failure`` with `reason` when that takes longer.
    static func limit<Value: Sendable>(
        _ limit: Duration, _ reason: String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw Failure(code: Failure.unavailable, message: reason)
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
