import Conversation
import JSONRPC
import Locking
import Logging

/// One running `codex app-server` and the threads open in it.
final class CodexProcess: AgentProcess {
    /// What is done for threads, which cannot wait for it.
    private enum Chore: Sendable {
        /// Interrupt the thread's turn of this id.
        case interrupt(CodexThread, turn: String)
        /// Replace the process when the thread's turn of this number does not end in time.
        case insist(CodexThread, number: Int)
        /// End the commands that the thread's interrupted turn has left running.
        case clean(CodexThread)
    }

    let logger: Logger
    let options: CodexOptions
    private let clock: any Clock<Duration>
    private let connection: Connection
    private let threads: ThreadTable
    /// Why the process must be replaced; nil while it need not.
    private let failure = Locked<AgentError?>(nil)
    /// Unbounded: at most a few per running turn.
    private let chores: AsyncStream<Chore>
    private let chore: AsyncStream<Chore>.Continuation

    init(options: CodexOptions, clock: any Clock<Duration>, logger: Logger = Logger(label: "codex")) {
        self.options = options
        self.clock = clock
        self.logger = logger
        let threads = ThreadTable()
        var methods = MethodTable()
        methods.onEverythingElse { threads.take($0) }
        self.threads = threads
        connection = Connection(methods: methods, logger: logger)
        (chores, chore) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// How many threads are open.
    var threadCount: Int { threads.count }

    var limits: [String] { [] }

    func check() async throws { _ = try await call(CodexCall.ListLoadedThreads()) }

    /// Speaks with the process until it ends.
    ///
    /// Calls `ready` with its version once it has answered the handshake, and `ending` when it can no longer be used.
    /// Throws ``AgentError`` when the process must be replaced, else what ended the connection. When it returns or
    /// throws, no turn of it runs any more.
    func run(
        over transport: some LineTransport, ready: @escaping @Sendable (String) -> Void, ending: () -> Void
    ) async throws {
        defer {
            // First this: whoever hears that a turn has ended may want a process for the next at once.
            ending()
            threads.end(failure.withLock(\.self) ?? AgentError(.died, "codex ended while the turn ran"))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [connection] in
                try await connection.run(over: transport)
                throw ConnectionError.closed
            }
            group.addTask { ready(try await self.shakeHands()) }
            group.addTask { try await self.doChores() }
            defer { group.cancelAll() }
            // The first that fails ends the others; `waitForAll` would wait for all before it throws.
            while try await group.next() != nil {}
        }
    }

    private func shakeHands() async throws -> String {
        let call = CodexCall.Initialize(clientInfo: .init(version: options.clientVersion))
        do {
            let answer = try await withDeadline(options.handshakeTimeout, on: clock) { [connection] in
                try await connection.send(call)
            }
            try connection.notify(CodexCall.Initialized())
            let version = answer.userAgent?.split(separator: "/").dropFirst().first?.prefix { $0 != " " }
            return version.map(String.init) ?? "of an unknown version"
        } catch is DeadlineExceeded {
            throw AgentError(.unavailable, "codex did not answer its handshake within \(options.handshakeTimeout)")
        }
    }

    /// The thread kept under `resume`, else a new one.
    func open(resume: String?) async throws -> CodexThread {
        if let resume {
            if let open = threads[resume] { return open }
            if let resumed = try await self.resume(resume) { return resumed }
        }
        let start = CodexCall.StartThread(
            cwd: options.workingDirectory, approvalPolicy: options.approvalPolicy, sandbox: options.sandbox,
            model: options.model)
        return threads.add(try await call(start).thread.id, of: self)
    }

    /// nil when Codex no longer has it.
    private func resume(_ id: String) async throws -> CodexThread? {
        let call = CodexCall.ResumeThread(
            threadId: id, cwd: options.workingDirectory, approvalPolicy: options.approvalPolicy,
            sandbox: options.sandbox, model: options.model)
        do {
            return threads.add(try await self.call(call).thread.id, of: self)
        } catch let error as AgentError where error.code == .refused && error.description.contains("no rollout found") {
            return nil
        }
    }

    /// Sends a request that needs no model, in bounded time; throws ``AgentError`` or `CancellationError`.
    func call<R: Request & Encodable>(_ request: R) async throws -> R.Response where R.Response: Decodable {
        do {
            return try await withDeadline(options.requestTimeout, on: clock) { [connection] in
                try await connection.send(request)
            }
        } catch is DeadlineExceeded {
            // It may still do what it was asked: nobody must hear of this process again.
            let error = AgentError(.died, "codex did not answer \(R.method) within \(options.requestTimeout)")
            replace(error)
            throw error
        } catch let error as RPCError {
            throw AgentError(.refused, "codex refused \(R.method): \(error.message)")
        } catch let error as ConnectionError where error == .closed {
            throw AgentError(.died, "codex ended during \(R.method)")
        }
    }

    // MARK: Chores

    /// Has `turn` interrupted.
    ///
    /// Returns at once.
    func interrupt(_ thread: CodexThread, turn: String) { chore.yield(.interrupt(thread, turn: turn)) }

    /// Has the process replaced if turn `number` of `thread` is not over in time.
    ///
    /// Returns at once.
    func insist(on thread: CodexThread, number: Int) { chore.yield(.insist(thread, number: number)) }

    /// Ends what an interrupted turn of `thread` has left running.
    ///
    /// Returns at once.
    func clean(_ thread: CodexThread) { chore.yield(.clean(thread)) }

    /// Ends the connection because of `error`, which every running turn gets.
    private func replace(_ error: AgentError) {
        failure.withLock { $0 = $0 ?? error }
        chore.finish()
    }

    private func doChores() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for await chore in chores {
                // None is awaited by the next: an interrupt that comes too late is answered only after the next turn.
                group.addTask { try await self.perform(chore) }
            }
            // The group cannot end its own loop by an error of a task; so `replace` ends the loop.
            if let error = failure.withLock(\.self) { throw error }
        }
    }

    private func perform(_ chore: Chore) async throws {
        switch chore {
        case .interrupt(let thread, let turn):
            await attempt(CodexCall.InterruptTurn(threadId: thread.threadID, turnId: turn))
        case .clean(let thread):
            await attempt(CodexCall.CleanBackgroundTerminals(threadId: thread.threadID))
        case .insist(let thread, let number):
            try await clock.sleep(for: options.interruptTimeout)
            guard thread.runningNumber == number else { return }
            replace(AgentError(.died, "codex did not stop within \(options.interruptTimeout) and was replaced"))
        }
    }

    /// Sends a request whose refusal changes nothing.
    private func attempt<R: Request & Encodable>(_ request: R) async where R.Response: Decodable {
        do {
            _ = try await connection.send(request)
        } catch {
            logger.debug("codex did not take a request", metadata: ["method": "\(R.method)"])
        }
    }
}
