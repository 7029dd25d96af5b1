import Conversation
import Locking
import Logging
import Processes

/// The processes of a Codex MCP server: one for each conversation, started when there is none to be had.
///
/// So no conversation waits for another's turn. A class with a lock: whoever needs a process, the task that runs it and
/// its end meet here.
final class CodexMCPFleet: Sendable {
    private let name: String
    private let options: CodexMCPOptions
    private let program: AgentProgram
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let roster = Locked(CodexMCPRoster())
    /// Unbounded: one for each who waits.
    private let demands: AsyncStream<Void>
    private let demand: AsyncStream<Void>.Continuation

    init(
        of name: String, options: CodexMCPOptions, program: AgentProgram, clock: any Clock<Duration>, logger: Logger
    ) {
        self.name = name
        self.options = options
        self.program = program
        self.clock = clock
        self.logger = logger
        (demands, demand) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Runs the processes until the task is cancelled; when it returns, nothing of them is left.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in demands { group.addTask { await self.runOne() } }
            group.cancelAll()
        }
        resume(roster.withLock { $0.close() })
    }

    /// A process; one of one's own is claimed, to be used or released.
    func process(_ wish: CodexMCPRoster.Wish) async throws -> CodexMCPProcess {
        try await roster.wait(for: wish) { demand.yield() }
    }

    /// The process that holds the conversation `id` and works in `directory`, nil for the shell's own place; it is kept
    /// from being closed for a while.
    ///
    /// One that works elsewhere is closed: it cannot move.
    func process(of id: String, in directory: String?) -> CodexMCPProcess? {
        guard let process = roster.withLock({ $0.process(of: id) }) else { return nil }
        guard process.conversation.directory == directory ?? options.workingDirectory else {
            process.conversation.closeIfIdle()
            return nil
        }
        return process.conversation.touch() ? process : nil
    }

    func status() -> ShellStatus {
        let (members, starting, lastError) = roster.withLock { ($0.members, $0.starting, $0.lastError) }
        guard let oldest = members.first else {
            return ShellStatus(
                name: name, isRunning: starting > 0, isReady: false, lastError: lastError?.description)
        }
        let count = members.count == 1 ? "" : ", \(members.count) processes"
        return ShellStatus(
            name: name, isRunning: true, isReady: true, pid: oldest.pid,
            uptimeSeconds: Int(oldest.since.duration(to: .now).components.seconds),
            threads: members.count { $0.process.conversation.id != nil },
            detail: "version \(oldest.version)\(count)", lastError: lastError?.description)
    }

    // MARK: One process

    /// Runs one process from its start to its end.
    private func runOne() async {
        closeSurplus()
        let process = CodexMCPProcess(name: name, options: options, clock: clock, logger: logger)
        let hasStarted = Locked(false)
        let error = await program.run { child in
            try await process.run(with: child) { version in
                hasStarted.withLock { $0 = true }
                let member = CodexMCPRoster.Member(process: process, pid: child.pid, version: version, since: .now)
                self.resume(self.roster.withLock { $0.started(member) })
            }
        }
        // Last of all: whoever hears that a turn has ended may look at how the processes are.
        defer { process.conversation.bury() }
        logger.info("the agent ended", metadata: ["agent": "\(name)"])
        logger.debug("why the agent ended", metadata: ["agent": "\(name)", "reason": "\(error)"])
        guard hasStarted.withLock(\.self) else {
            return resume(roster.withLock { $0.failedToStart(error) })
        }
        roster.withLock { $0.ended(process, process.conversation.wasGivenUp ? nil : error) }
    }

    /// Makes room for one more.
    private func closeSurplus() {
        let surplus = roster.withLock { $0.surplus(over: max(options.idleLimit - 1, 0)) }
        for process in surplus { process.conversation.closeIfIdle() }
    }

    private func resume(_ answers: [CodexMCPRoster.Answer]) {
        for answer in answers { answer.waiter.resume(with: answer.result) }
    }
}
