public import Conversation
import Locking
public import Logging
import Processes

/// An agent that is any command: for each turn it is run once, with the message as its input and its output as the answer.
///
/// It remembers nothing between turns, asks nothing and cannot be steered.
public final class CommandShell: AgentShell {
    /// What people choose it by.
    public let name: String
    private let options: CommandOptions
    private let child: ChildProcess
    private let logger: Logger
    /// What runs, by process.
    private let running = Locked<[Int32: ContinuousClock.Instant]>([:])
    private let lastError = Locked<String?>(nil)
    /// Unbounded: one for each turn that somebody waits for.
    private let turns: AsyncStream<CommandTurn>
    private let turn: AsyncStream<CommandTurn>.Continuation

    /// Creates a shell that starts nothing until ``run()`` runs and there is a turn.
    public init(options: CommandOptions, logger: Logger = Logger(label: "custom")) {
        name = options.name
        self.options = options
        self.logger = logger
        var child = ChildProcess(
            options.command.first ?? "", arguments: Array(options.command.dropFirst()),
            environment: options.environment, workingDirectory: options.workingDirectory, grace: options.grace)
        child.custody = options.custody
        child.owner = name
        self.child = child
        (turns, turn) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Runs the commands, until the task is cancelled; when it returns, nothing of them is left.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await turn in turns { group.addTask { await self.perform(turn) } }
            group.cancelAll()
        }
        // Those that nobody came to.
        for await turn in turns { turn.end(ended) }
    }

    private var ended: AgentError { AgentError(.died, "\(name) was ended with cm") }

    /// Whether somebody wrote down that it can.
    public var playsRoles: Bool { options.playsRoles }

    /// Throws when there is no such program.
    public func prepare() async throws {
        guard program == nil else { return }
        throw AgentError(.unavailable, "\(name): \(child.executable) \(obstacle)")
    }

    /// A thread without an id: the command keeps no conversation.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        try await prepare()
        return CommandThread(name: name, in: request.workingDirectory) { [turn, ended] new in
            if case .terminated = turn.yield(new) { new.end(ended) }
        }
    }

    /// Whether the command could be run, and whether it runs.
    public func status() async -> ShellStatus {
        let oldest = running.withLock { $0.min { $0.value < $1.value } }
        let program = program
        var status = ShellStatus(
            name: name, isRunning: oldest != nil, isReady: program != nil, pid: oldest?.key,
            uptimeSeconds: oldest.map { Int($0.value.duration(to: .now).components.seconds) },
            threads: running.withLock(\.count), detail: program ?? "\(child.executable) \(obstacle)",
            lastError: lastError.withLock(\.self))
        status.isInstalled = program != nil
        return status
    }

    private var program: String? {
        let name = child.executable
        guard !name.isEmpty else { return nil }
        let isRelative = name.contains("/") && !name.hasPrefix("/")
        let path = isRelative ? "\(options.workingDirectory)/\(name)" : name
        return Executables.find(path, path: options.environment["PATH"])
    }

    /// The command in the place where the turn wants it; a program named relative to the shell's own place stays that.
    private func child(for turn: CommandTurn) -> ChildProcess {
        guard let directory = turn.directory else { return child }
        var child = child
        if let program, child.executable.contains("/") { child.executable = program }
        child.workingDirectory = directory
        return child
    }

    private var obstacle: String {
        child.executable.contains("/") ? "is no program that can be run" : "was not found in PATH"
    }

    // MARK: One turn

    private func perform(_ turn: CommandTurn) async {
        guard turn.isNew else { return turn.end(ended) }
        let errors = ErrorOutput(options.redactor(), logger: logger)
        defer { errors.finish() }
        do {
            let (output, status) = try await child(for: turn).run { line in
                errors.take(line)
            } body: { child in
                running.withLock { $0[child.pid] = .now }
                defer { running.withLock { $0[child.pid] = nil } }
                turn.start(self.child.executable)
                return try await converse(turn, with: child)
            }
            finish(turn, output, status, errors)
        } catch is CancellationError {
            turn.end(ended)
        } catch let error as ChildProcessError {
            lastError.withLock { $0 = "\(error)" }
            turn.end(AgentError(turn.isNew ? .unavailable : .died, "\(name): \(error)"))
        } catch {
            turn.end(AgentError(.died, "\(name): \(error)"))
        }
    }

    private func finish(_ turn: CommandTurn, _ output: Output, _ status: ExitStatus, _ errors: ErrorOutput) {
        let problem: String
        switch output {
        case .stopped: return turn.end(ended)  // unless it was interrupted
        case .tooLong: problem = "wrote more than \(options.outputLimit >> 20) MB; the rest was not read"
        case .whole where status.isSuccess: return turn.finish(.completed)
        case .whole where status.isSignal:
            let error = AgentError(.died, "\(name) \(status)")
            lastError.withLock { $0 = error.description }
            return turn.end(error)
        case .whole: problem = errors.lastWords(after: "\(status)")
        }
        let message = "\(name) \(problem)"
        lastError.withLock { $0 = message }
        turn.finish(.failed(TurnError(kind: .process, message: message)))
    }

    /// How much of the output was read.
    private enum Output {
        case whole, tooLong, stopped
    }

    private func converse(_ turn: CommandTurn, with child: RunningChild) async throws -> Output {
        try await withThrowingTaskGroup(of: Output?.self) { group in
            group.addTask {
                await Self.write(turn.text, to: child)
                return nil
            }
            group.addTask { [limit = options.outputLimit] in
                guard try await turn.read(child.output, limit: limit) else { return .tooLong }
                _ = try await child.ended()
                return .whole
            }
            group.addTask {
                await turn.waitForStop()
                return .stopped
            }
            defer { group.cancelAll() }
            while let part = try await group.next() {
                if let part { return part }
            }
            return .stopped
        }
    }

    private static func write(_ text: String, to child: RunningChild) async {
        do {
            try await child.write(Array(text.utf8))
        } catch {
            // A command that does not read its input may still know the answer.
        }
        await child.closeInput()
    }
}
