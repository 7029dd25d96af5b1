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
        typealias Waiting = CheckedContinuation<Data, any Error>

        private enum Phase {
            /// Before and during `run(over:)`; calls made before it starts go out when it does.
            case open(isRunning: Bool)
            case closed
        }

        private enum Call {
            /// Has an identifier and no one waiting yet.
            case reserved
            case waiting(Waiting)
            /// Given up before anyone waited.
            case cancelled
        }

        private var phase = Phase.open(isRunning: false)
        /// Whether new requests are refused, because they would not be sent any more.
        private var isFinishing = false
        private var lastID = 0
        private var calls: [RequestID: Call] = [:]
        /// The peer's requests that are not answered yet, with what ends their task; `nil` where there is none.
        private var served: [RequestID: AsyncStream<Never>.Continuation?] = [:]

        /// Starts the conversation; `false` when it was started before or is over.
        mutating func start() -> Bool {
            guard case .open(isRunning: false) = phase else { return false }
            phase = .open(isRunning: true)
            return true
        }

        /// Refuses new requests; those that wait go on waiting.
        mutating func finish() { isFinishing = true }

        /// Ends the conversation, and says whom to tell.
        mutating func close() -> [Waiting] {
            phase = .closed
            isFinishing = true
            defer {
                calls = [:]
                served = [:]
            }
            return calls.values.compactMap { call in
                if case .waiting(let continuation) = call { continuation } else { nil }
            }
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
        calls[id] = .reserved
        return id
    }

    /// Drops whatever is left of `id` once its caller is done.
    mutating func forget(_ id: RequestID) { calls[id] = nil }

    mutating func wait(_ continuation: Waiting, for id: RequestID) -> WaitAction {
        if isFinishing { return .fail(ConnectionError.closed) }
        switch calls[id] {
        case .reserved:
            calls[id] = .waiting(continuation)
            return .send
        case .cancelled, .waiting, nil:
            calls[id] = nil
            return .fail(CancellationError())
        }
    }

    /// Gives up `id`, and says whom to tell; `nil` when nobody waits for it.
    mutating func cancel(_ id: RequestID) -> Waiting? {
        switch calls[id] {
        case .reserved:
            calls[id] = .cancelled
            return nil
        case .waiting(let continuation):
            calls[id] = nil
            return continuation
        case .cancelled, nil:
            return nil
        }
    }

    /// Takes the answer to `id`; `nil` when nobody waits for it any more.
    mutating func answered(_ id: RequestID) -> Waiting? {
        guard case .waiting(let continuation)? = calls[id] else { return nil }
        calls[id] = nil
        return continuation
    }
}

// MARK: - The peer's requests

extension Connection.StateMachine {
    /// Notes a request of the peer.
    mutating func serve(_ id: RequestID, endedBy signal: AsyncStream<Never>.Continuation?) {
        served.updateValue(signal, forKey: id)
    }

    /// Notes that `id` is being answered; `false` when it was before, or is no longer wanted.
    mutating func finishServing(_ id: RequestID) -> Bool { served.removeValue(forKey: id) != nil }

    /// Gives up serving `id`, and says what ends its task.
    mutating func cancelServing(_ id: RequestID) -> AsyncStream<Never>.Continuation? {
        served.removeValue(forKey: id) ?? nil
    }
}
