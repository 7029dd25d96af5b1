import Conversation
import JSONRPC
import Logging

/// One running `codex app-server` and the threads open in it.
final class CodexProcess: Sendable {
    private struct Chore: Sendable {
        var thread: CodexThread
        var turn: String
    }

    let logger: Logger
    let options: CodexOptions
    private let clock: any Clock<Duration>
    private let connection: Connection
    private let threads: ThreadTable
    /// Unbounded: at most one per running turn.
    private let chores: AsyncStream<Chore>
    private let chore: AsyncStream<Chore>.Continuation

    init(options: CodexOptions, clock: any Clock<Duration>, logger: Logger) {
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

    /// Speaks with the process until it ends; calls `ready` with its version once it has answered the handshake.
    ///
    /// Throws ``AgentError`` when the process must be replaced, else what ended the connection. When it returns or
    /// throws, no turn of it runs any more.
    func run(over transport: some LineTransport, ready: @escaping @Sendable (String) -> Void) async throws {
        defer { threads.end(AgentError(.died, "codex ended while the turn ran")) }
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
            throw AgentError(.died, "codex did not answer \(R.method) within \(options.requestTimeout)")
        } catch let error as RPCError {
            throw AgentError(.refused, "codex refused \(R.method): \(error.message)")
        } catch let error as ConnectionError where error == .closed {
            throw AgentError(.died, "codex ended during \(R.method)")
        }
    }

    /// Has `turn` interrupted, and the process replaced if that does not end it in time. Returns at once.
    func interrupt(_ thread: CodexThread, turn: String) { chore.yield(Chore(thread: thread, turn: turn)) }

    private func doChores() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for await chore in chores {
                guard let number = chore.thread.runningNumber else { continue }
                // Not awaited by the other: an interrupt that comes too late is answered only after the next turn.
                group.addTask { try await self.send(chore) }
                group.addTask { try await self.insist(chore, number) }
            }
        }
    }

    private func send(_ chore: Chore) async throws {
        do {
            let call = CodexCall.InterruptTurn(threadId: chore.thread.threadID, turnId: chore.turn)
            _ = try await connection.send(call)
        } catch let error as RPCError {
            logger.debug("codex refused an interrupt", metadata: ["error": "\(error.code.rawValue)"])
        }
    }

    private func insist(_ chore: Chore, _ number: Int) async throws {
        try await clock.sleep(for: options.interruptTimeout)
        guard chore.thread.runningNumber != number else {
            throw AgentError(.died, "codex did not stop within \(options.interruptTimeout) and was replaced")
        }
    }
}
