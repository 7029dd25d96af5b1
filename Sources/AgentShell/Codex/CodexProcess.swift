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
        /// Give the thread's turn up when it tries in vain for too long.
        case watch(CodexThread, turn: Int, row: Int)
        /// Open a thread for one who may be gone when it is open.
        case start(CodexCall.StartThread, LateAnswer<CodexCall.OpenedThread>)
        /// End the thread's turn, and say that we no longer listen to it.
        case leave(CodexThread)
        /// Ask how much of the account's limits is used.
        case readLimits
    }

    /// How long to wait, time after time, for a thread that another process writes to.
    ///
    /// Codex frees it within 0.2 s when that process ends, which may be an earlier one of ours.
    private static let writerPauses: [Duration] = [.milliseconds(200), .milliseconds(400), .milliseconds(800)]

    let logger: Logger
    let options: CodexOptions
    private let clock: any Clock<Duration>
    private let connection: Connection
    private let threads: ThreadTable
    private let rateLimits: Locked<RateLimits>
    /// How long this process has been there.
    let age: @Sendable () -> Duration
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
        let rateLimits = Locked(RateLimits())
        var methods = MethodTable()
        methods.on(CodexNews.RateLimitsUpdated.self) { news in rateLimits.withLock { $0.take(news.rateLimits) } }
        let toolServers = ToolServerLog(logger)
        methods.on(CodexNews.ToolServerChanged.self) { toolServers.take($0) }
        methods.onEverythingElse { threads.take($0) }
        self.threads = threads
        self.rateLimits = rateLimits
        age = Self.stopwatch(on: clock)
        connection = Connection(methods: methods, logger: logger)
        (chores, chore) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// How many threads are open.
    var threadCount: Int { threads.count }

    var limits: [String] { rateLimits.withLock { $0.lines() } }

    /// Lets go of threads that were not used lately.
    func check() async throws {
        _ = try await call(CodexCall.ListLoadedThreads())
        for id in threads.takeUnused(since: age() - options.idleTimeout) {
            defer { threads.left(id) }
            do {
                _ = try await call(CodexCall.UnsubscribeThread(threadId: id))
            } catch let error as AgentError where error.code == .refused {
                logger.debug("codex kept a thread that is not used", metadata: ["thread": "\(id)"])
            }
        }
    }

    private static func stopwatch<C: Clock>(on clock: C) -> @Sendable () -> Duration where C.Duration == Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }

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
            chore.yield(.readLimits)
            let version = answer.userAgent?.split(separator: "/").dropFirst().first?.prefix { $0 != " " }
            return version.map(String.init) ?? "of an unknown version"
        } catch is DeadlineExceeded {
            throw AgentError(.unavailable, "codex did not answer its handshake within \(options.handshakeTimeout)")
        }
    }

    /// The thread kept under `resume`, else a new one.
    ///
    /// One that another program writes to is forked: the new thread knows all that was said.
    func open(_ request: ThreadRequest) async throws -> CodexThread {
        let cwd = request.workingDirectory ?? options.workingDirectory
        if let resume = request.resume, let open = try await threads.use(resume, at: age()) {
            try await use(open, in: cwd, model: request.model)
            return open
        }
        let configuration = try await readConfiguration(cwd)
        var start = CodexCall.StartThread(
            cwd: cwd, approvalPolicy: options.approvalPolicy, sandbox: sandbox(configuration),
            model: options.model, modelProvider: options.provider.map { _ in CodexProvider.id })
        switch request.purpose {
        case .errand:
            (start.approvalPolicy, start.sandbox, start.ephemeral) = ("never", "read-only", true)
            start.model = request.model ?? options.model
            let terms = CodexThread.Terms(directory: cwd)
            return threads.add(CodexThread(try await self.start(start).thread.id, of: self, on: terms, at: age()))
        case .conversation:
            if let server = request.tools.map(CodexToolServer.init) {
                start.config = .object([server.key: server.table])
                start.developerInstructions = server.instructions(after: configuration.developerInstructions)
            }
            if let resume = request.resume, let resumed = try await self.resume(resume, start, configuration) {
                return add(resumed, of: resume, in: cwd, for: request, configuration)
            }
            return add(try await self.start(start), in: cwd, for: request, configuration)
        }
    }

    /// Lets go of a thread that will not be used again; its turn, if one runs, is ended first.
    ///
    /// Returns at once.
    func close(_ thread: CodexThread) {
        if threads.beginLeaving(thread) { chore.yield(.leave(thread)) }
    }

    /// Has the open thread go on in `directory` with `model`.
    private func use(_ thread: CodexThread, in directory: String, model: String?) async throws {
        if thread.directory != directory {
            let configuration = try await readConfiguration(directory)
            thread.move(to: directory, sandboxPolicy: configuration.sandboxPolicy(options.sandbox))
        }
        thread.choose(model)
    }

    /// Opens a new thread; when nobody waits for it any more, it is left.
    private func start(_ call: CodexCall.StartThread) async throws -> CodexCall.OpenedThread {
        let answer = LateAnswer<CodexCall.OpenedThread>()
        if case .terminated = chore.yield(.start(call, answer)) { throw Self.ended(CodexCall.StartThread.method) }
        return try await answer.wait()
    }

    private func add(
        _ opened: CodexCall.OpenedThread, of predecessor: String? = nil, in directory: String,
        for request: ThreadRequest, _ configuration: CodexConfiguration
    ) -> CodexThread {
        let terms = CodexThread.Terms(
            directory: directory, sandboxPolicy: configuration.sandboxPolicy(options.sandbox), model: request.model)
        return threads.add(
            CodexThread(
                opened.thread.id, of: self, on: terms, ownModel: options.model ?? configuration.model ?? opened.model,
                predecessor: predecessor, toolServer: request.tools?.name, at: age()))
    }

    /// The sandbox that a thread is opened with; its turns bring their own where we can tell them.
    private func sandbox(_ configuration: CodexConfiguration) -> String {
        configuration.sandboxPolicy(options.sandbox) == nil ? options.sandbox : "read-only"
    }

    private func readConfiguration(_ cwd: String) async throws -> CodexConfiguration {
        do {
            return CodexConfiguration(try await call(CodexCall.ReadConfiguration(cwd: cwd)))
        } catch let error as AgentError where error.code == .refused {
            return CodexConfiguration([:])
        }
    }

    /// The thread `id`, with the terms on which a new one would `start`; nil when Codex no longer has it.
    private func resume(
        _ id: String, _ start: CodexCall.StartThread, _ configuration: CodexConfiguration
    ) async throws -> CodexCall.OpenedThread? {
        let call = CodexCall.ResumeThread(
            threadId: id, cwd: start.cwd, approvalPolicy: start.approvalPolicy, sandbox: start.sandbox,
            model: start.model ?? configuration.model, modelProvider: provider(configuration),
            config: start.config, developerInstructions: start.developerInstructions)
        for pause in Self.writerPauses {
            do {
                return try await self.call(call)
            } catch let error as AgentError where error.code == .refused {
                if error.description.contains("no rollout found") { return nil }
                guard error.description.contains("already has an active writer") else { throw error }
                try await clock.sleep(for: pause)
            }
        }
        return try await fork(id, start, configuration)
    }

    private func fork(
        _ id: String, _ start: CodexCall.StartThread, _ configuration: CodexConfiguration
    ) async throws -> CodexCall.OpenedThread {
        logger.notice("another program writes to a thread, which is forked", metadata: ["thread": "\(id)"])
        let call = CodexCall.ForkThread(
            threadId: id, cwd: start.cwd, approvalPolicy: start.approvalPolicy, sandbox: start.sandbox,
            model: start.model ?? configuration.model, modelProvider: provider(configuration),
            config: start.config, developerInstructions: start.developerInstructions)
        do {
            return try await self.call(call)
        } catch let error as AgentError where error.code == .refused {
            let advice = "end that program, a codex in a terminal perhaps, or begin a new conversation with /new"
            throw AgentError(.refused, "another program uses this conversation: \(advice) (\(error.description))")
        }
    }

    /// The provider for a thread that remembers one.
    private func provider(_ configuration: CodexConfiguration) -> String {
        options.provider == nil ? configuration.modelProvider : CodexProvider.id
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
        } catch let error as ConnectionError {
            switch error.code {
            case .closed: throw Self.ended(R.method)
            case .unexpectedResult: throw AgentError(.refused, "codex is of a version that cm does not know: \(error)")
            }
        }
    }

    private static func ended(_ method: String) -> AgentError {
        AgentError(.died, "codex ended during \(method)")
    }

    /// Sends a request of which the answer changes nothing, and waits for it only briefly.
    func tell<R: Request & Encodable>(_ request: R) async where R.Response: Decodable {
        do {
            _ = try await withDeadline(options.courtesyTimeout, on: clock) { [connection] in
                try await connection.send(request)
            }
        } catch {
            logger.notice("codex did not take a request", metadata: ["method": "\(R.method)", "reason": "\(error)"])
        }
    }

    /// Waits for `signal`; returns false when it was not given within `limit`.
    func wait(for signal: Signal, within limit: Duration) async throws -> Bool {
        do {
            try await withDeadline(limit, on: clock) { try await signal.given() }
            return true
        } catch is DeadlineExceeded {
            return false
        }
    }

    /// Waits briefly for `signal`.
    func wait(asCourtesyFor signal: Signal) async throws {
        _ = try await wait(for: signal, within: options.courtesyTimeout)
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

    /// Has turn `turn` of `thread` given up if its attempts of `row` go on for too long.
    ///
    /// Returns at once.
    func watch(_ thread: CodexThread, turn: Int, row: Int) { chore.yield(.watch(thread, turn: turn, row: row)) }

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
            thread.noteCleaned()
        case .watch(let thread, let turn, let row):
            try await clock.sleep(for: options.retryTimeout)
            thread.giveUpRetrying(turn, row: row)
        case .start(let call, let answer):
            await open(call, for: answer)
        case .leave(let thread):
            defer { threads.left(thread.threadID) }
            // While it is listened to: its end would not be heard, and the process be replaced in vain.
            try await thread.settle()
            await attempt(CodexCall.UnsubscribeThread(threadId: thread.threadID))
        case .readLimits:
            await readLimits()
        case .insist(let thread, let number):
            try await clock.sleep(for: options.interruptTimeout)
            guard thread.runningNumber == number else { return }
            replace(AgentError(.died, "codex did not stop within \(options.interruptTimeout) and was replaced"))
        }
    }

    private func open(_ call: CodexCall.StartThread, for answer: LateAnswer<CodexCall.OpenedThread>) async {
        do {
            let opened = try await self.call(call)
            guard !answer.give(opened) else { return }
            await attempt(CodexCall.UnsubscribeThread(threadId: opened.thread.id))
        } catch is CancellationError {
            answer.fail(Self.ended(CodexCall.StartThread.method))
        } catch {
            answer.fail(error)
        }
    }

    private func readLimits() async {
        do {
            let answer = try await connection.send(CodexCall.ReadRateLimits())
            let more: [JSONValue]
            if case .object(let byID)? = answer["rateLimitsByLimitId"] { more = Array(byID.values) } else { more = [] }
            rateLimits.withLock { limits in
                for report in [answer["rateLimits"]].compactMap(\.self) + more { limits.take(report) }
            }
        } catch {
            // Without a login there are none.
            logger.debug("codex told no limits", metadata: ["reason": "\(error)"])
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
