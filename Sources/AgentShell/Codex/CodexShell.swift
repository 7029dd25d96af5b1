public import Conversation
import JSONRPC
import Locking
public import Logging
import Processes

/// Codex through `codex app-server`: one process for all conversations, started when first needed and after a death.
public final class CodexShell: AgentShell {
    /// `codex`.
    public let name = "codex"
    private let options: CodexOptions
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let lifecycle = Locked(CodexLifecycle())
    private let demands: AsyncStream<Void>
    private let demand: AsyncStream<Void>.Continuation

    /// Creates a shell that starts nothing until ``run()`` runs and somebody needs it.
    public init(
        options: CodexOptions, clock: any Clock<Duration> = ContinuousClock(), logger: Logger = Logger(label: "codex")
    ) {
        self.options = options
        self.clock = clock
        self.logger = logger
        (demands, demand) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Keeps the process, until the task is cancelled; when it returns, nothing of the process is left.
    public func run() async {
        for await _ in demands {
            while !Task.isCancelled, lifecycle.withLock({ $0.isStarting }) {
                let error = await runProcess()
                logger.info("codex ended")
                logger.debug("codex ended", metadata: ["reason": "\(error)"])
                resume(lifecycle.withLock { $0.ended(error) }, with: .failure(error))
            }
        }
        let error = AgentError(.unavailable, "cm is shutting down")
        resume(lifecycle.withLock { $0.close(error) }, with: .failure(error))
    }

    /// Starts the process when there is none, and waits until it has answered its handshake.
    public func prepare() async throws { _ = try await process() }

    /// Opens a thread of the process, which is started, once more if it has just died.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        do {
            return try await process().open(resume: request.resume)
        } catch let error as AgentError where error.code == .died {
            logger.info("codex ended before a turn; it is started once more")
        }
        do {
            return try await process().open(resume: request.resume)
        } catch let error as AgentError where error.code == .died {
            // Nothing of the turn has reached it.
            throw AgentError(.unavailable, error.description)
        }
    }

    /// How the process is.
    public func status() async -> ShellStatus {
        switch lifecycle.withLock({ $0.phase }) {
        case .idle(let error):
            return ShellStatus(name: name, isRunning: false, isReady: false, detail: error?.description ?? "")
        case .starting, .ending:
            return ShellStatus(name: name, isRunning: true, isReady: false)
        case .ready(let ready):
            let uptime = ready.since.duration(to: .now).components.seconds
            return ShellStatus(
                name: name, isRunning: true, isReady: true, pid: ready.pid, uptimeSeconds: Int(uptime),
                threads: ready.process.threadCount, detail: "version \(ready.version)")
        case .closed:
            return ShellStatus(name: name, isRunning: false, isReady: false, detail: "closed")
        }
    }

    // MARK: The process

    /// The process, once it is ready; starts it when there is none.
    private func process() async throws -> CodexProcess {
        let id = lifecycle.withLock { $0.reserve() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch lifecycle.withLock({ $0.wait(id, continuation) }) {
                case .resume(let result): continuation.resume(with: result)
                case .start: demand.yield()
                case .wait: break
                }
            }
        } onCancel: {
            let waiter = lifecycle.withLock { $0.cancel(id) }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func resume(_ waiters: [CodexLifecycle.Waiter], with result: Result<CodexProcess, any Error>) {
        for waiter in waiters { waiter.resume(with: result) }
    }

    /// Runs one process from start to end; returns why it ended.
    private func runProcess() async -> AgentError {
        let child = ChildProcess(
            options.command, arguments: ["app-server"], environment: options.environment,
            workingDirectory: options.workingDirectory)
        let lastWords = Locked("")
        do {
            let status = try await child.run { [logger] line in
                logger.debug("stderr", metadata: ["line": "\(line)"])
                lastWords.withLock { $0 = line }
            } body: { child in
                let process = CodexProcess(options: options, clock: clock, logger: logger)
                let transport = StreamTransport(reading: child.output) { line in
                    try await child.write(line)
                } finish: {
                    await child.closeInput()
                }
                do {
                    try await process.run(over: transport) { version in
                        let ready = CodexLifecycle.Ready(
                            process: process, pid: child.pid, version: version, since: .now)
                        self.resume(self.lifecycle.withLock { $0.started(ready) }, with: .success(process))
                    } ending: {
                        self.lifecycle.withLock { $0.ending() }
                    }
                    return AgentError?.none
                } catch let error as AgentError {
                    return error
                } catch {
                    return nil  // a broken connection: how the child ended says more
                }
            }
            if let error = status.value { return error }
            let words = lastWords.withLock { $0 }.headline(200)
            return AgentError(.unavailable, "codex \(status.status)" + (words.isEmpty ? "" : ": \(words)"))
        } catch let error as ChildProcessError where error.code == .notFound {
            let place = options.command.contains("/") ? "does not exist" : "was not found in PATH"
            return AgentError(
                .unavailable, "\(options.command) \(place); install Codex, or set codex.command to its path")
        } catch {
            return AgentError(.unavailable, "\(error)")
        }
    }
}
