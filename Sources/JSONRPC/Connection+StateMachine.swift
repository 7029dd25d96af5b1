#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Connection {
    /// Which requests await an answer, in either direction.
    ///
    /// Holds no lock and resumes nothing: every method returns what to do.
    struct StateMachine: Sendable {
        private enum Phase {
            /// Before and during `run(over:)`; calls made before it starts go out when it does.
            case open(isRunning: Bool)
            case closed
        }

        /// What ends the serving of a request.
        enum Served {
            case task(AsyncStream<Never>.Continuation)
            /// A reply, whenever it is used.
            case reply
        }

        private var phase = Phase.open(isRunning: false)
        /// Whether new requests are refused, because they would not be sent any more.
        private var isFinishing = false
        /// Whether nothing that is queued will be written any more.
        private var isMute = false
        private var lastID = 0
        private var lastDelivery = 0
        private var calls = Waiters<RequestID, Data>()
        /// The lines that somebody waits for to be written.
        var deliveries = Waiters<Int, Void>()
        /// The peer's requests that are not answered yet.
        private var served: [RequestID: Served] = [:]
        /// How much of the peer's is under way: see ``Connection/Manners/requestLimit``.
        private var load = 0

        /// Starts the conversation; `false` when it was started before or is over.
        mutating func start() -> Bool {
            guard case .open(isRunning: false) = phase else { return false }
            phase = .open(isRunning: true)
            return true
        }

        /// Refuses new requests; those that wait go on waiting.
        mutating func finish() { isFinishing = true }

        /// Gives up what is queued, and says whom to tell.
        mutating func mute() -> [Waiters<Int, Void>.Waiting] {
            isMute = true
            return deliveries.takeAll()
        }

        /// Ends the conversation, and says whom to tell.
        mutating func close() -> (calls: [Waiters<RequestID, Data>.Waiting], deliveries: [Waiters<Int, Void>.Waiting]) {
            phase = .closed
            isFinishing = true
            served = [:]
            return (calls.takeAll(), mute())
        }
    }
}

// MARK: - Our requests

extension Connection.StateMachine {
    /// What to do with a continuation that is about to wait.
    enum WaitAction {
        case send
        case fail(any Error)
    }

    /// Takes an identifier for a request of ours.
    mutating func reserve() -> RequestID {
        lastID += 1
        let id = RequestID.number(lastID)
        calls.reserve(id)
        return id
    }

    /// Drops whatever is left of `id` once its caller is done.
    mutating func forget(_ id: RequestID) { calls.forget(id) }

    mutating func wait(_ continuation: Waiters<RequestID, Data>.Waiting, for id: RequestID) -> WaitAction {
        if isFinishing { return .fail(ConnectionError.closed) }
        return calls.wait(continuation, for: id) ? .send : .fail(CancellationError())
    }

    /// Gives up `id`, and says whom to tell; `nil` when nobody waits for it.
    mutating func cancel(_ id: RequestID) -> Waiters<RequestID, Data>.Waiting? { calls.cancel(id) }

    /// Takes the answer to `id`; `nil` when nobody waits for it any more.
    mutating func answered(_ id: RequestID) -> Waiters<RequestID, Data>.Waiting? { calls.take(id) }

    /// Takes a number for a line that somebody waits for to be written.
    mutating func reserveDelivery() -> Int {
        lastDelivery += 1
        deliveries.reserve(lastDelivery)
        return lastDelivery
    }

    mutating func wait(_ continuation: Waiters<Int, Void>.Waiting, forDelivery delivery: Int) -> WaitAction {
        if isFinishing { return .fail(ConnectionError.closed) }
        return deliveries.wait(continuation, for: delivery) ? .send : .fail(CancellationError())
    }
}

// MARK: - The peer's requests

extension Connection.StateMachine {
    /// Whether the peer has as much under way as it may.
    func isFull(_ limit: Int) -> Bool { !isMute && load >= limit }

    /// Notes something of the peer that will be answered.
    mutating func takeOn() { load += 1 }

    /// Notes that it was answered and the answer written, or that none will be.
    mutating func layDown() { load -= 1 }

    /// Notes a request of the peer.
    mutating func serve(_ id: RequestID, endedBy end: Served) {
        takeOn()
        // A number that was used twice is answered once.
        if case .reply? = served.updateValue(end, forKey: id) { layDown() }
    }

    /// Notes that `id` is being answered; `false` when it was before, or is no longer wanted.
    mutating func finishServing(_ id: RequestID) -> Bool { served.removeValue(forKey: id) != nil }

    /// Gives up serving `id`, and says what that was; `nil` when it was answered already.
    mutating func cancelServing(_ id: RequestID) -> Served? { served.removeValue(forKey: id) }
}
