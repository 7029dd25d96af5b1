import Conversation

/// Where an agent's process is between not running and ready, and who waits for it.
///
/// Every method returns whom to tell.
struct Lifecycle<Process: AgentProcess> {
    typealias Waiter = CheckedContinuation<Process, any Error>

    /// A process that answers.
    struct Ready {
        var process: Process
        var pid: Int32
        var detail: String
        var since: ContinuousClock.Instant
    }

    enum Phase {
        case idle
        case starting
        case ready(Ready)
        /// It can no longer be used, and is not quite gone.
        case ending
        case closed(AgentError)
    }

    enum WaitAction {
        case resume(Result<Process, any Error>)
        /// Start a process, and wait.
        case start
        case wait
    }

    private(set) var phase = Phase.idle
    /// Why the last process ended or could not be started; nil when none did.
    private(set) var lastError: AgentError?
    private var waiters: [Int: Waiter] = [:]
    /// Handed out and not waiting yet; true for those cancelled meanwhile.
    private var reserved: [Int: Bool] = [:]
    private var lastID = 0

    /// Whether a process is to be started.
    var isStarting: Bool { if case .starting = phase { true } else { false } }

    mutating func reserve() -> Int {
        lastID += 1
        reserved[lastID] = false
        return lastID
    }

    mutating func wait(_ id: Int, _ waiter: Waiter) -> WaitAction {
        if reserved.removeValue(forKey: id) == true { return .resume(.failure(CancellationError())) }
        switch phase {
        case .ready(let ready):
            return .resume(.success(ready.process))
        case .closed(let error):
            return .resume(.failure(error))
        case .starting, .ending:
            waiters[id] = waiter
            return .wait
        case .idle:
            waiters[id] = waiter
            phase = .starting
            return .start
        }
    }

    /// Starts a process that nobody waits for; returns false when there is one, or may be none.
    mutating func restart() -> Bool {
        guard case .idle = phase else { return false }
        phase = .starting
        return true
    }

    /// The waiter to resume, when it waits already; one that comes later is refused.
    mutating func cancel(_ id: Int) -> Waiter? {
        if reserved[id] != nil { reserved[id] = true }
        return waiters.removeValue(forKey: id)
    }

    mutating func started(_ ready: Ready) -> [Waiter] {
        phase = .ready(ready)
        return takeWaiters()
    }

    /// Somebody found out that `process` is dead, before its own end is noticed.
    mutating func retire(_ process: Process) {
        if case .ready(let ready) = phase, ready.process === process { phase = .ending }
    }

    /// The process can no longer be used.
    ///
    /// Does nothing before it was ready: then it has failed to start.
    mutating func ending() {
        if case .ready = phase { phase = .ending }
    }

    /// Nothing is left of the process.
    ///
    /// Those who waited for its start are to be told `error`; for those who came while it ended the next one is to be
    /// started.
    mutating func ended(_ error: AgentError) -> [Waiter] {
        lastError = error
        if case .ending = phase, !waiters.isEmpty {
            phase = .starting
            return []
        }
        phase = .idle
        return takeWaiters()
    }

    mutating func close(_ error: AgentError) -> [Waiter] {
        phase = .closed(error)
        return takeWaiters()
    }

    private mutating func takeWaiters() -> [Waiter] {
        defer { waiters = [:] }
        return Array(waiters.values)
    }
}
