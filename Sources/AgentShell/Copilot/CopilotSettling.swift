/// Something that goes on for a turn, and that the next one has to wait for.
struct CopilotSettling: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    /// Notes that it is over; more than once does nothing.
    func finish() { continuation.finish() }

    /// Waits until it is over or the task is cancelled.
    func end() async { for await _ in stream {} }
}
