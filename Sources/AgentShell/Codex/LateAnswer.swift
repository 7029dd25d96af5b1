/// An answer for one who may be gone when it comes.
///
/// Whoever gives it learns of that, and can take back what it stands for.
struct LateAnswer<Value: Sendable>: Sendable {
    private let values: AsyncThrowingStream<Value, any Error>
    private let value: AsyncThrowingStream<Value, any Error>.Continuation

    init() { (values, value) = AsyncThrowingStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Waits for the answer, once; throws `CancellationError` when the task is cancelled first.
    func wait() async throws -> Value {
        for try await value in values { return value }
        throw CancellationError()
    }

    /// Gives the answer; returns false when nobody waits for it any more.
    func give(_ answer: Value) -> Bool {
        if case .terminated = value.yield(answer) { false } else { true }
    }

    /// There will be no answer.
    func fail(_ error: any Error) { value.finish(throwing: error) }
}
