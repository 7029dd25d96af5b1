import Locking
import Conversation
import JSONRPC
import Logging
import Processes

/// One running MCP server of Codex, and the conversation in it.
///
/// It serves one conversation for all its life: that lives in the process only, one call may be under way at a time,
/// and after a call that was given up or failed, answers are taken for those of other calls.
struct CodexMCPProcess: Sendable {
    /// All has been said to it that was to be said, the end above all.
    private struct Dismissed: Error {}

    /// How often an idle process is asked for a sign of life.
    static let checkInterval = Duration.seconds(60)

    let conversation: CodexMCPConversation
    private let name: String
    private let options: CodexMCPOptions
    private let clock: any Clock<Duration>
    private let connection: Connection
    /// Given when its input is closed, after all that was sent.
    private let isToldAll = Signal()

    init(name: String, options: CodexMCPOptions, clock: any Clock<Duration>, logger: Logger) {
        self.name = name
        self.options = options
        self.clock = clock
        let conversation = CodexMCPConversation(options: options, logger: logger)
        var methods = MethodTable()
        methods.onEverythingElse { conversation.take($0) }
        self.conversation = conversation
        connection = Connection(methods: methods, logger: logger) { CodexMCPCall.Cancelled(requestId: $0) }
    }

    /// Speaks with `child`, the process, until it ends or is to end.
    ///
    /// Calls `ready` with its version once it has answered the handshake. Throws ``AgentError`` when it is of no use,
    /// else what ended the connection. When it throws, no turn goes on; the process has yet to end.
    func run(with child: RunningChild, ready: @escaping @Sendable (String) -> Void) async throws {
        let transport = StreamTransport(reading: child.output) { line in
            try await child.write(line)
        } finish: {
            await child.closeInput()
            isToldAll.give()
        }
        defer { conversation.end(AgentError(.died, "\(name) ended while the turn ran")) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [connection] in
                try await connection.run(over: transport)
                throw ConnectionError.closed
            }
            group.addTask {
                ready(try await self.shakeHands())
                try await self.check()
            }
            group.addTask {
                await self.doChores()
                // What was sent, the notice of a call given up above all, goes out, unless it does not read.
                self.connection.finish()
                try await withDeadline(self.options.grace, on: ContinuousClock()) { try await self.isToldAll.given() }
                throw Dismissed()
            }
            defer { group.cancelAll() }
            // The first that fails ends the others; `waitForAll` would wait for all before it throws.
            while try await group.next() != nil {}
        }
    }

    // MARK: Handshake

    private func shakeHands() async throws -> String {
        do {
            return try await withDeadline(options.handshakeTimeout, on: clock) { try await self.initialize() }
        } catch is DeadlineExceeded {
            throw AgentError(.unavailable, "\(name) did not answer its handshake within \(options.handshakeTimeout)")
        } catch let error as RPCError {
            throw AgentError(.unavailable, "\(name) refused the handshake: \(error.message)")
        }
    }

    private func initialize() async throws -> String {
        let call = CodexMCPCall.Initialize(clientInfo: .init(version: options.clientVersion))
        let answer = try await connection.send(call)
        try connection.notify(CodexMCPCall.Initialized())
        var found: [JSONValue] = [], cursor: String?
        repeat {
            let page = try await connection.send(CodexMCPCall.ListTools(cursor: cursor))
            if case .array(let tools)? = page["tools"] { found += tools }
            cursor = page["nextCursor"]?.text
        } while cursor != nil
        guard let tools = CodexMCPTools(found) else {
            let names = found.compactMap { $0["name"]?.text }.sorted().joined(separator: ", ")
            throw AgentError(
                .unavailable,
                "\(options.command) is no MCP server of Codex: it has \(names.isEmpty ? "no tools" : "the tools \(names)")"
                    + ", not codex and codex-reply")
        }
        conversation.learn(tools)
        return answer["serverInfo"]?["version"]?.text ?? "of an unknown version"
    }

    // MARK: Chores

    /// Returns when the process is to end; the call under way is given up then.
    private func doChores() async {
        await withDiscardingTaskGroup { group in
            for await chore in conversation.chores { group.addTask { await self.perform(chore) } }
            group.cancelAll()
        }
    }

    private func perform(_ chore: CodexMCPConversation.Chore) async {
        switch chore {
        case .call(let call, let number):
            do {
                conversation.finish(number, .success(CodexMCPResult(try await connection.send(call))))
            } catch {
                conversation.finish(number, .failure(error))
            }
        case .watch(let question, let number):
            do {
                try await clock.sleep(for: options.questionTimeout)
                conversation.expire(question, number: number)
            } catch {
                return  // cancelled, because the process is to end
            }
        }
    }

    /// Looks after an idle process; throws when it gives no sign of life, or is no longer needed.
    private func check() async throws {
        let limit = Int(options.idleTimeout / Self.checkInterval)
        while true {
            try await clock.sleep(for: Self.checkInterval)
            switch conversation.countIdleCheck() {
            case 0: continue
            case let count where count > limit: conversation.closeIfIdle()
            default: try await askForSignOfLife()
            }
        }
    }

    private func askForSignOfLife() async throws {
        do {
            _ = try await withDeadline(options.checkTimeout, on: clock) { [connection] in
                try await connection.send(CodexMCPCall.Ping())
            }
        } catch is RPCError {
            return  // no answer is worse
        } catch is DeadlineExceeded {
            throw AgentError(.died, "\(name) gave no sign of life within \(options.checkTimeout)")
        }
    }
}
