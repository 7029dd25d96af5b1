import Conversation

/// Where an agent's process is between not running and ready, and who waits for it.
///
/// Every method returns whom to tell.
struct Lifecycle<Process: AgentProcess>: WaitingRoom {
    typealias Line = WaitingLine<Void, Process>

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

    private(set) var phase = Phase.idle
    /// Why the last process ended or could not be started; nil when none did.
    private(set) var lastError: AgentError?
    /// Those who wait for a process.
    var line = WaitingLine<Void, Process>()

    /// Whether a process is to be started.
    var isStarting: Bool { if case .starting = phase { true } else { false } }

    /// Somebody needs the process.
    mutating func receive(_ wish: Void) -> Line.Reception {
        switch phase {
        case .ready(let ready):
            return .answer(.success(ready.process))
        case .closed(let error):
            return .answer(.failure(error))
        case .starting, .ending:
            return .wait
        case .idle:
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

    mutating func started(_ ready: Ready) -> [Line.Waiter] {
        phase = .ready(ready)
        return line.take()
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
    mutating func ended(_ error: AgentError) -> [Line.Waiter] {
        lastError = error
        if case .ending = phase, !line.isEmpty {
            phase = .starting
            return []
        }
        phase = .idle
        return line.take()
    }

    mutating func close(_ error: AgentError) -> [Line.Waiter] {
        phase = .closed(error)
        return line.take()
    }
}
