extension Signal {
    /// Returns when it was given, when `pause` is over by `clock`, or when the task is cancelled.
    public func wait(atMost pause: Duration, by clock: any Clock<Duration>) async {
        await withTaskGroup(of: Void.self) { group in
            // Whoever cancels the sleep has a reason to look again.
            group.addTask { try? await clock.sleep(for: pause) }
            group.addTask { await self.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Returns when one of two was given, or the task is cancelled.
    public static func first(of one: Signal, _ other: Signal) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await one.wait() }
            group.addTask { await other.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    /// What `body` returns; nil when this is given before, which cancels `body`.
    ///
    /// Throws what `body` throws, and `CancellationError` when the task is cancelled.
    public func unlessGiven<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await self.given()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
