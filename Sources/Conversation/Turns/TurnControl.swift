import Synchronization

/// Why a turn is stopped before its end.
enum StopCause: Hashable, Sendable {
    case person
    case timeout
}

/// The way into a running turn from outside. A class with a lock, because a stop can come at any moment.
final class TurnControl: Sendable {
    private enum Phase {
        /// No thread yet: a stop cancels the opening.
        case opening
        case running(any AgentThread)
    }

    private struct State {
        var phase = Phase.opening
        var cause: StopCause?
    }

    private let state = Mutex(State())
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    init() {
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Why the turn was stopped; nil when nobody did. The first cause counts.
    var cause: StopCause? { state.withLock { $0.cause } }

    /// Asks for the end of the turn; returns at once.
    func stop(_ cause: StopCause) {
        let isFirst = state.withLock { state in
            defer { state.cause = state.cause ?? cause }
            return state.cause == nil
        }
        if isFirst { request.yield() }
    }

    /// From now on a stop interrupts `thread`. Throws `CancellationError` when the turn was stopped before.
    func enter(_ thread: any AgentThread) throws {
        let isStopped = state.withLock { state in
            state.phase = .running(thread)
            return state.cause != nil
        }
        if isStopped { throw CancellationError() }
    }

    /// Carries a stop to the thread when one comes; returns true when there is none yet and the opening must end.
    func carryStops() async -> Bool {
        for await _ in requests {
            guard case .running(let thread) = state.withLock({ $0.phase }) else { return true }
            await thread.interrupt()
        }
        return false
    }
}
