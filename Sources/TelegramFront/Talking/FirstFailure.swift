/// The first failure of tasks that a loop begins: it ends the loop.
///
/// A group of tasks alone does not do that: its loop goes on, with tasks that are cancelled from the start.
struct FirstFailure: Sendable {
    private let failure: AsyncStream<any Error>.Continuation

    /// Runs `loop`; throws what it throws, or, as soon as one of its attempts fails, what that threw.
    static func ends(_ loop: @escaping @Sendable (FirstFailure) async throws -> Void) async throws {
        let (failures, failure) = AsyncStream.makeStream(of: (any Error).self, bufferingPolicy: .bufferingOldest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { failure.finish() }
                try await loop(FirstFailure(failure: failure))
            }
            group.addTask { for await error in failures { throw error } }
            defer { group.cancelAll() }
            while try await group.next() != nil {}
        }
        try Task.checkCancellation()
    }

    /// Runs `body`; what it throws ends the loop.
    func attempt(_ body: () async throws -> Void) async {
        do { try await body() } catch { failure.yield(error) }
    }
}
