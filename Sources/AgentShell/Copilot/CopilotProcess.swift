import Conversation
import JSONRPC
import Locking
import Logging

/// One running `copilot --headless` and the sessions open in it.
final class CopilotProcess: AgentProcess {
    /// What is done for threads, which cannot wait for it.
    private enum Chore: Sendable {
        case interrupt(CopilotInterrupt)
        /// See to it that the thread's turn of this number does not hang.
        case watch(CopilotThread, number: Int)
        case decide(CopilotPermission, JSONValue, CopilotThread)
        /// Open the thread's session for one who may be gone when it is open.
        case load(CopilotThread, isNew: Bool, LateAnswer<Void>)
        /// End the thread's turn, and have it take the session off the disk.
        case delete(CopilotThread)
    }

    /// The protocol that we speak.
    private static let protocolVersion = 3

    let logger: Logger
    let options: CopilotOptions
    let clock: any Clock<Duration>
    let threads: CopilotThreads
    private let connection: Connection
    /// Why the process must be replaced; nil while it need not.
    private let failure = Locked<AgentError?>(nil)
    /// Unbounded: at most a few per running turn.
    private let chores: AsyncStream<Chore>
    private let chore: AsyncStream<Chore>.Continuation

    init(options: CopilotOptions, clock: any Clock<Duration>, logger: Logger) {
        self.options = options
        self.clock = clock
        self.logger = logger
        let threads = CopilotThreads()
        var methods = MethodTable()
        methods.onEverythingElse { threads.take($0) }
        self.threads = threads
        connection = Connection(methods: methods, logger: logger)
        (chores, chore) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// How many sessions are open.
    var threadCount: Int { threads.count }

    var limits: [String] { [] }

    func check() async throws {
        _ = try await call(CopilotCall.Ping())
        // Called once a minute.
        let checks = max(1, Int(options.idleTimeout / .seconds(60)))
        for thread in threads.all where thread.countIdleCheck() >= checks {
            // First this: who opens it now resumes it.
            threads.remove(thread)
            await letGo(of: thread.sessionID)
        }
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
            threads.end(failure.withLock(\.self) ?? AgentError(.died, "copilot ended while the turn ran"))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [connection] in
                do {
                    try await connection.run(over: transport)
                } catch let error as ContentLengthError {
                    throw AgentError(.unavailable, "copilot cannot be understood: \(error)")
                }
                throw ConnectionError.closed
            }
            group.addTask { ready(try await self.shakeHands()) }
            group.addTask { try await self.doChores() }
            defer { group.cancelAll() }
            // The first that fails ends the others; `waitForAll` would wait for all before it throws.
            while try await group.next() != nil {}
        }
    }

    // MARK: Calls

    /// Returns the version for people.
    private func shakeHands() async throws -> String {
        do {
            return try await withDeadline(options.handshakeTimeout, on: clock) { [connection] in
                let (spoken, version): (Int?, String?)
                do {
                    let answer = try await connection.send(CopilotCall.Connect())
                    (spoken, version) = (answer.protocolVersion, answer.version)
                } catch let error as RPCError where error.code == .methodNotFound {
                    (spoken, version) = (try await connection.send(CopilotCall.Ping()).protocolVersion, nil)
                }
                guard spoken == Self.protocolVersion else {
                    let found = spoken.map { "protocol \($0)" } ?? "no protocol that cm knows"
                    throw AgentError(
                        .unavailable,
                        "copilot \(version ?? "") speaks \(found), not \(Self.protocolVersion); "
                            + "cm needs GitHub Copilot CLI 1.0, was tested with 1.0.57")
                }
                return version.map { "version \($0)" } ?? "protocol \(Self.protocolVersion)"
            }
        } catch is DeadlineExceeded {
            throw AgentError(.unavailable, "copilot did not answer its handshake within \(options.handshakeTimeout)")
        } catch let error as RPCError {
            throw AgentError(.unavailable, "copilot refused its handshake: \(error.message)")
        }
    }

    /// Sends a request that needs no model, in bounded time; throws ``AgentError`` or `CancellationError`.
    @discardableResult
    func call<R: Request & Encodable>(_ request: R) async throws -> R.Response where R.Response: Decodable {
        do {
            return try await withDeadline(options.requestTimeout, on: clock) { [connection] in
                try await connection.send(request)
            }
        } catch is DeadlineExceeded {
            // It may still do what it was asked: nobody must hear of this process again.
            let error = AgentError(.died, "copilot did not answer \(R.method) within \(options.requestTimeout)")
            replace(error)
            throw error
        } catch let error as RPCError {
            throw AgentError(.refused, "copilot refused \(R.method): \(error.message)")
        } catch let error as ConnectionError where error == .closed {
            throw AgentError(.died, "copilot ended during \(R.method)")
        }
    }

    /// Sends a request whose refusal changes nothing, in bounded time; returns whether it was taken.
    @discardableResult
    func attempt<R: Request & Encodable>(_ request: R) async -> Bool where R.Response: Decodable {
        do {
            try await call(request)
            return true
        } catch {
            logger.debug("copilot did not take a request", metadata: ["method": "\(R.method)"])
            return false
        }
    }

    // MARK: Chores

    /// Has a turn stopped, and the process replaced if it does not stop in time.
    ///
    /// Returns at once.
    func interrupt(_ interrupt: CopilotInterrupt) { chore.yield(.interrupt(interrupt)) }

    /// Has turn `number` of `thread` given up if Copilot no longer works on it.
    ///
    /// Returns at once.
    func watch(_ thread: CopilotThread, number: Int) { chore.yield(.watch(thread, number: number)) }

    /// Has a permission of `thread` decided.
    ///
    /// Returns at once.
    func decide(_ permission: CopilotPermission, _ result: JSONValue, of thread: CopilotThread) {
        chore.yield(.decide(permission, result, thread))
    }

    /// Has the session of `thread` opened.
    ///
    /// Returns at once.
    func load(_ thread: CopilotThread, isNew: Bool, for answer: LateAnswer<Void>) {
        if case .terminated = chore.yield(.load(thread, isNew: isNew, answer)) {
            answer.fail(AgentError(.died, "copilot ended while it opened a session"))
        }
    }

    /// Has Copilot forget the session of `thread`; its turn, if one runs, is ended first.
    ///
    /// Returns at once.
    func forget(_ thread: CopilotThread) { chore.yield(.delete(thread)) }

    /// Decides a permission of `thread`.
    func decide(_ permission: CopilotPermission, _ result: JSONValue, for thread: CopilotThread) async {
        await attempt(
            CopilotCall.DecidePermission(
                sessionId: thread.sessionID, requestId: permission.request.id, result: result))
    }

    /// Ends the connection because of `error`, which every running turn gets.
    private func replace(_ error: AgentError) {
        failure.withLock { $0 = $0 ?? error }
        chore.finish()
    }

    private func doChores() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for await chore in chores { group.addTask { try await self.perform(chore) } }
            // The group cannot end its own loop by an error of a task; so `replace` ends the loop.
            if let error = failure.withLock(\.self) { throw error }
        }
    }

    private func perform(_ chore: Chore) async throws {
        switch chore {
        case .interrupt(let interrupt): try await stop(interrupt)
        case .watch(let thread, let number): try await watchOver(thread, number)
        case .decide(let permission, let result, let thread): await decide(permission, result, for: thread)
        case .load(let thread, let isNew, let answer): await loadSession(of: thread, isNew: isNew, for: answer)
        case .delete(let thread):
            // While it is listened to: its end would not be heard.
            try await thread.settle()
            threads.remove(thread)
            await delete(thread.sessionID)
        }
    }

    private func stop(_ interrupt: CopilotInterrupt) async throws {
        let thread = interrupt.thread
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                defer { interrupt.settling.finish() }
                // What is left open by an abort would come back when the session is resumed.
                for permission in interrupt.permissions {
                    await self.decide(permission, CopilotPermission.end, for: thread)
                }
                await self.attempt(CopilotCall.Abort(sessionId: thread.sessionID))
            }
            group.addTask {
                try await self.clock.sleep(for: self.options.interruptTimeout)
                guard thread.runningNumber == interrupt.number else { return }
                let timeout = self.options.interruptTimeout
                self.replace(AgentError(.died, "copilot did not stop within \(timeout) and was replaced"))
            }
        }
    }

    /// Asks, whenever a turn is silent for long, whether Copilot still works on it.
    private func watchOver(_ thread: CopilotThread, _ number: Int) async throws {
        while let before = thread.pulse(of: number) {
            try await clock.sleep(for: options.silenceTimeout)
            guard let after = thread.pulse(of: number) else { return }
            guard after.count == before.count, !after.isWaiting, await !isWorking(on: thread) else { continue }
            guard let last = thread.pulse(of: number), last.count == before.count else { continue }
            let reason = "copilot said nothing for \(options.silenceTimeout) and no longer works on the turn"
            return thread.giveUp(number, because: AgentError(.died, reason))
        }
    }

    private func isWorking(on thread: CopilotThread) async -> Bool {
        do {
            let question = CopilotCall.IsProcessing(sessionId: thread.sessionID)
            return try await withDeadline(options.interruptTimeout, on: clock) { [connection] in
                try await connection.send(question).processing
            }
        } catch let error as RPCError where error.code == .methodNotFound {
            return true  // a version that cannot say; the time limit of the turn remains
        } catch {
            return false
        }
    }
}
