/// Why a turn is stopped before its end.
enum StopCause: Hashable, Sendable {
    case person
    case timeout
}

/// The way into a running turn from outside. An actor, because a stop can come at any moment of the work.
actor TurnControl {
    /// Why the turn was stopped; nil when nobody did.
    ///
    /// The first cause counts.
    private(set) var cause: StopCause?

    /// nil while none is open: a stop then cancels the opening.
    private var thread: (any AgentThread)?
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    init() {
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Asks for the end of the turn; does not wait for it.
    func stop(_ cause: StopCause) {
        guard self.cause == nil else { return }
        self.cause = cause
        request.yield()
    }

    /// From now on a stop interrupts `thread`.
    ///
    /// Throws `CancellationError` when the turn was stopped before.
    func enter(_ thread: any AgentThread) throws {
        self.thread = thread
        if cause != nil { throw CancellationError() }
    }

    /// Carries a stop to the thread when one comes; returns true when there is none yet and the opening must end.
    func carryStops() async -> Bool {
        for await _ in requests {
            guard let thread else { return true }
            await thread.interrupt()
        }
        return false
    }
}
