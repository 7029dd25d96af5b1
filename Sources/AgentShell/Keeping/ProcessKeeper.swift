import Conversation
import Locking
import Logging

/// Keeps one process of an agent: starts it when it is first needed, and again with back-off when it dies.
///
/// A class with a lock: whoever needs the process, the task that runs it and its end meet here.
final class ProcessKeeper<Process: AgentProcess>: Sendable {
    /// How one process tells where it is.
    struct Stage: Sendable {
        /// It has answered; its pid, and its version for people.
        let ready: @Sendable (Process, _ pid: Int32, _ detail: String) -> Void
        /// It can no longer be used, and is not quite gone.
        let ending: @Sendable () -> Void
    }

    /// How often a process that is ready is asked for a sign of life.
    private static var checkInterval: Duration { .seconds(60) }

    private let name: String
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let start: @Sendable (Stage) async -> AgentError
    private let lifecycle = Locked(Lifecycle<Process>())
    private let backOff = Locked(BackOff())
    private let demands: AsyncStream<Void>
    private let demand: AsyncStream<Void>.Continuation

    /// Creates a keeper of the agent called `name`.
    ///
    /// `start` runs one process from its start to its end, when nothing of it is left, and returns why it ended.
    init(
        of name: String, clock: any Clock<Duration>, logger: Logger,
        start: @escaping @Sendable (Stage) async -> AgentError
    ) {
        self.name = name
        self.clock = clock
        self.logger = logger
        self.start = start
        (demands, demand) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Keeps the process until the task is cancelled; when it returns, nothing of the process is left.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in demands {
                while !Task.isCancelled, lifecycle.withLock({ $0.isStarting }) {
                    guard let pause = await runOnce() else { continue }
                    group.addTask { await self.restart(after: pause) }
                }
            }
            group.cancelAll()
        }
        let error = AgentError(.unavailable, "cm is shutting down")
        resume(lifecycle.withLock { $0.close(error) }, with: .failure(error))
    }

    /// The process, once it is ready; starts it when there is none.
    func process() async throws -> Process {
        try await lifecycle.wait(for: ()) { demand.yield() }
    }

    /// What `body` makes of the process; once more with a new one when it has died before or meanwhile.
    ///
    /// Nothing of a turn has reached it then: a second death is reported as `unavailable`.
    func withProcess<Value: Sendable>(_ body: (Process) async throws -> Value) async throws -> Value {
        let first = try await process()
        do {
            return try await body(first)
        } catch let error as AgentError where error.code == .died {
            logger.info("the agent ended before a turn and is started once more", metadata: ["agent": "\(name)"])
            lifecycle.withLock { $0.retire(first) }
        }
        do {
            return try await body(try await process())
        } catch let error as AgentError where error.code == .died {
            throw AgentError(.unavailable, error.description)
        }
    }

    /// How the process is.
    func status() -> ShellStatus {
        let (phase, lastError) = lifecycle.withLock { ($0.phase, $0.lastError?.description) }
        switch phase {
        case .idle:
            return ShellStatus(name: name, isRunning: false, isReady: false, lastError: lastError)
        case .starting, .ending:
            return ShellStatus(name: name, isRunning: true, isReady: false, lastError: lastError)
        case .ready(let ready):
            let uptime = ready.since.duration(to: .now).components.seconds
            return ShellStatus(
                name: name, isRunning: true, isReady: true, pid: ready.pid, uptimeSeconds: Int(uptime),
                threads: ready.process.threadCount, detail: ready.detail, lastError: lastError,
                limits: ready.process.limits)
        case .closed:
            return ShellStatus(name: name, isRunning: false, isReady: false, detail: "closed", lastError: lastError)
        }
    }

    // MARK: The process

    /// Runs one process from start to end; returns when to start the next one by itself.
    private func runOnce() async -> Duration? {
        let readySince = Locked<ContinuousClock.Instant?>(nil)
        let (checks, check) = AsyncStream.makeStream(of: Process.self, bufferingPolicy: .bufferingNewest(1))
        let stage = Stage { process, pid, detail in
            let ready = Lifecycle.Ready(process: process, pid: pid, detail: detail, since: .now)
            readySince.withLock { $0 = ready.since }
            check.yield(process)
            self.resume(self.lifecycle.withLock { $0.started(ready) }, with: .success(process))
        } ending: {
            self.lifecycle.withLock { $0.ending() }
        }
        let error = await withTaskGroup(of: AgentError?.self) { group in
            group.addTask { await self.start(stage) }
            group.addTask { await self.watch(checks) }
            defer { group.cancelAll() }
            var first: AgentError?
            for await ended in group {
                // The second to end is only a consequence of the first.
                if first == nil { first = ended }
                group.cancelAll()
            }
            return first ?? AgentError(.unavailable, "\(self.name) ended")
        }
        check.finish()
        logger.info("the agent ended", metadata: ["agent": "\(name)"])
        logger.debug("why the agent ended", metadata: ["agent": "\(name)", "reason": "\(error)"])
        resume(lifecycle.withLock { $0.ended(error) }, with: .failure(error))
        guard !Task.isCancelled else { return nil }
        return backOff.withLock { $0.ended(after: readySince.withLock(\.self)?.duration(to: .now)) }
    }

    /// Returns why the process is no longer alive, or nil when cancelled.
    private func watch(_ checks: AsyncStream<Process>) async -> AgentError? {
        for await process in checks {
            do {
                while true {
                    try await clock.sleep(for: Self.checkInterval)
                    do {
                        try await process.check()
                    } catch let error as AgentError where error.code == .refused {
                        logger.debug("the agent refused a check", metadata: ["agent": "\(name)", "reason": "\(error)"])
                    }
                }
            } catch is CancellationError {
                return nil
            } catch {
                return AgentError(.died, "\(name) gave no sign of life: \(error)")
            }
        }
        return nil
    }

    private func restart(after pause: Duration) async {
        do {
            try await clock.sleep(for: pause)
        } catch {
            return  // cancelled
        }
        if lifecycle.withLock({ $0.restart() }) { demand.yield() }
    }

    private func resume(_ waiters: [Lifecycle<Process>.Line.Waiter], with result: Result<Process, any Error>) {
        for waiter in waiters { waiter.resume(with: result) }
    }
}
