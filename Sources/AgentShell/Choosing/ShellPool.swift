public import Conversation
import Locking
public import Logging

/// All agents of the program, and which one answers when nobody chose.
public final class ShellPool: AgentDirectory {
    /// An agent that can be chosen.
    public struct Member: Sendable {
        let shell: any AgentShell
        /// Whether its program is there at all; one that is not is passed over without a word.
        let isInstalled: @Sendable () -> Bool

        /// Makes `shell` a member.
        public init(_ shell: any AgentShell, isInstalled: @escaping @Sendable () -> Bool = { true }) {
            self.shell = shell
            self.isInstalled = isInstalled
        }
    }

    /// How long `auto` passes over an agent that could not be started.
    static let pause: Duration = .seconds(30)

    private let members: [Member]
    private let automatic: [Member]
    private let turnedOff: [String: String]
    private let processes: [@Sendable () async -> Void]
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    /// When each agent failed last, and why.
    ///
    /// A lock: sessions choose at the same time.
    private let failures = Locked<[String: (at: ContinuousClock.Instant, why: String)]>([:])

    /// Creates a pool.
    ///
    /// - Parameters:
    ///   - members: The agents that can be chosen, in the order in which people see them.
    ///   - automatic: The names that `auto` tries, in this order; nil for all members. The last one should always be
    ///     there.
    ///   - turnedOff: Agents that the settings took away, with the reason.
    ///   - processes: What keeps the processes of the shells, each until it is cancelled.
    ///   - now: Measures the pause after a failure.
    ///   - logger: Hears of failures.
    public init(
        _ members: [Member], automatic: [String]? = nil, turnedOff: [String: String] = [:],
        processes: [@Sendable () async -> Void] = [],
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, logger: Logger = Logger(label: "agents")
    ) {
        self.members = members
        self.automatic =
            automatic.map { names in names.compactMap { name in members.first { $0.shell.name == name } } } ?? members
        self.turnedOff = turnedOff
        self.processes = processes
        self.now = now
        self.logger = logger
    }

    /// Keeps all processes until the task is cancelled; when it returns, nothing of them is left.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for process in processes { group.addTask { await process() } }
        }
    }

    /// The names of the members, in the order in which people see them.
    public var names: [String] { members.map(\.shell.name) }

    /// That the settings took the agent away, or that there is none.
    public func absence(of name: String) -> String {
        turnedOff[name].map { "\(name) is turned off (\($0))" } ?? "no agent is called \(name)"
    }

    /// How the members are, in the order of ``names``.
    public func statuses() async -> [ShellStatus] {
        var statuses: [ShellStatus] = []
        for member in members {
            var status = await member.shell.status()
            if !member.isInstalled(), !status.isRunning, status.detail.isEmpty, status.lastError == nil {
                status.detail = "not installed"
            }
            statuses.append(status)
        }
        return statuses
    }

    /// The shell for `choice`; `auto` passes over one that failed within the last 30 s.
    ///
    /// The last of those that `auto` tries only stands in for the others: no conversation stays with it.
    public func shell(
        for choice: AgentChoice, after earlier: String?
    ) async throws -> (shell: any AgentShell, note: String?) {
        switch choice {
        case .named(let name):
            guard let member = members.first(where: { $0.shell.name == name }) else {
                let known = names.joined(separator: ", ")
                throw AgentError(.unavailable, "\(absence(of: name)); there are \(known)")
            }
            try await member.shell.prepare()
            return (member.shell, nil)
        case .auto:
            return try await firstThatAnswers(order(after: earlier))
        }
    }

    private func order(after earlier: String?) -> [Member] {
        guard let kept = automatic.dropLast().first(where: { $0.shell.name == earlier }) else { return automatic }
        return [kept] + automatic.filter { $0.shell.name != earlier }
    }

    private func firstThatAnswers(_ order: [Member]) async throws -> (shell: any AgentShell, note: String?) {
        var reasons: [String] = []
        for member in order where member.isInstalled() {
            let name = member.shell.name
            if let why = recentFailure(of: name) {
                reasons.append(why)
                continue
            }
            do {
                try await member.shell.prepare()
                let note = reasons.isEmpty ? nil : "\(name) answers, because \(reasons.joined(separator: "; "))"
                return (member.shell, note)
            } catch let error as AgentError {
                failures.withLock { $0[name] = (now(), error.description) }
                logger.warning("an agent cannot be had", metadata: ["agent": "\(name)"])
                logger.debug("why it cannot be had", metadata: ["agent": "\(name)", "reason": "\(error)"])
                reasons.append(error.description)
            }
        }
        let why = reasons.isEmpty ? "none is installed" : reasons.joined(separator: "; ")
        throw AgentError(.unavailable, "no agent answers: \(why)")
    }

    private func recentFailure(of name: String) -> String? {
        guard let failure = failures.withLock({ $0[name] }) else { return nil }
        return failure.at.duration(to: now()) < Self.pause ? failure.why : nil
    }
}
