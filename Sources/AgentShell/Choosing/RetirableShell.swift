public import Conversation
import Locking

/// An agent's shell that another can replace: it is told to retire, and its process ends when nobody uses it.
///
/// It is used while it is prepared, while a thread is opened, and as long as somebody holds a lease or a thread of it:
/// that is, to the end of the turn. Whoever comes to it after it retired gets to its successor. A class with a lock:
/// sessions use it while the settings replace it.
public final class RetirableShell: ExchangeableShell {
    private enum Phase {
        case serving
        /// nil when the agent was taken away.
        case retired((any AgentShell)?)
    }

    private struct State {
        var phase = Phase.serving
        var uses = 0

        var isDone: Bool {
            switch phase {
            case .serving: false
            case .retired: uses == 0
            }
        }
    }

    /// Lets go of the shell when it is no longer held itself; the lifetime is the point.
    private final class Use: Sendable {
        private let shell: RetirableShell

        init(of shell: RetirableShell) { self.shell = shell }

        deinit { shell.change { $0.uses -= 1 } }
    }

    /// The shell for one who uses it to the end, whatever comes after it.
    private struct Lease: AgentShell {
        let base: any AgentShell
        let use: Use

        var name: String { base.name }
        var playsRoles: Bool { base.playsRoles }
        var answersByRules: Bool { base.answersByRules }
        func prepare() async throws { try await base.prepare() }
        func open(_ request: ThreadRequest) async throws -> any AgentThread {
            UsedThread(base: try await base.open(request), use: use)
        }
        func status() async -> ShellStatus { await base.status() }
    }

    /// A thread that keeps its shell in use.
    private struct UsedThread: AgentThread {
        let base: any AgentThread
        let use: Use

        var id: String? { base.id }
        var predecessor: String? { base.predecessor }
        func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
            try await base.run(request)
        }
        func steer(_ text: String) async throws { try await base.steer(text) }
        func interrupt() async { await base.interrupt() }
        func close() async { await base.close() }
        func answer(_ request: String, _ decision: ApprovalDecision) async { await base.answer(request, decision) }
    }

    /// What people choose it by.
    public var name: String { base.name }
    /// Whether the agent can.
    public var playsRoles: Bool { base.playsRoles }
    /// Whether the agent does.
    public var answersByRules: Bool { base.answersByRules }
    private let base: any AgentShell
    private let process: @Sendable () async -> Void
    private let state = Locked(State())
    /// Ends when the shell has retired and nobody uses it.
    private let done: AsyncStream<Never>
    private let finish: AsyncStream<Never>.Continuation

    /// Makes `base`, of which `process` keeps the process, retirable.
    public init(_ base: any AgentShell, process: @escaping @Sendable () async -> Void) {
        self.base = base
        self.process = process
        (done, finish) = AsyncStream.makeStream()
    }

    /// Keeps the process until the task is cancelled, or the shell has retired and nobody uses it; when it returns,
    /// nothing of the process is left.
    public func run() async {
        await withTaskGroup { group in
            group.addTask { [process] in await process() }
            group.addTask { [done] in for await _ in done {} }
            await group.next()
            group.cancelAll()
        }
    }

    /// Leaves all that is new to `successor`, or, when that is nil, refuses it.
    public func retire(for successor: (any AgentShell)?) { change { $0.phase = .retired(successor) } }

    /// The agent, or that of the successor once this one has retired.
    func leased() async throws -> any AgentShell {
        guard let lease = lease() else { return try await successor().prepared() }
        try await lease.prepare()
        return lease
    }

    /// Opens a thread, of the successor once this one has retired.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        try await (lease() ?? successor()).open(request)
    }

    /// How the agent is.
    public func status() async -> ShellStatus { await base.status() }

    /// nil when it has retired.
    private func lease() -> Lease? {
        let isServing = state.withLock { state in
            guard case .serving = state.phase else { return false }
            state.uses += 1
            return true
        }
        return isServing ? Lease(base: base, use: Use(of: self)) : nil
    }

    private func successor() throws -> any AgentShell {
        if case .retired(let successor?) = state.withLock(\.phase) { return successor }
        throw AgentError(.unavailable, "\(name) was taken out of the settings")
    }

    private func change(_ change: (inout State) -> Void) {
        let isDone = state.withLock { state in
            change(&state)
            return state.isDone
        }
        if isDone { finish.finish() }
    }
}
