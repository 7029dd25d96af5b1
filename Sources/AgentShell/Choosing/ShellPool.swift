public import Conversation
import Locking
public import Logging

/// All agents of the program, and which one answers when nobody chose.
///
/// A class with locks: sessions choose at the same time, and while the agents are exchanged.
public final class ShellPool: AgentDirectory {
    /// An agent that can be chosen.
    public struct Member: Sendable {
        /// The agent, whoever it is at the moment.
        public let shell: any AgentShell
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

    /// Who can be chosen, and how.
    ///
    /// A class: what is still tried of an earlier one is of no concern to the next.
    private final class Lineup: Sendable {
        let members: [Member]
        let automatic: [Member]
        let turnedOff: [String: String]
        /// When each agent failed last, and why.
        let failures = Locked<[String: (at: ContinuousClock.Instant, why: String)]>([:])

        init(_ members: [Member], _ automatic: [String]?, _ turnedOff: [String: String]) {
            self.members = members
            self.automatic =
                automatic.map { $0.compactMap { name in members.first { $0.shell.name == name } } } ?? members
            self.turnedOff = turnedOff
        }

        var names: [String] { members.map(\.shell.name) }

        func order(after earlier: String?) -> [Member] {
            guard let kept = automatic.dropLast().first(where: { $0.shell.name == earlier }) else { return automatic }
            return [kept] + automatic.filter { $0.shell.name != earlier }
        }

        func absence(of name: String) -> String {
            turnedOff[name].map { "\(name) is turned off (\($0))" } ?? "no agent is called \(name)"
        }
    }

    private let lineup: Locked<Lineup>
    /// Unbounded: one for each process that the settings ask for.
    private let processes: AsyncStream<@Sendable () async -> Void>
    private let process: AsyncStream<@Sendable () async -> Void>.Continuation
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger

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
        lineup = Locked(Lineup(members, automatic, turnedOff))
        self.now = now
        self.logger = logger
        (self.processes, process) = AsyncStream.makeStream()
        for job in processes { process.yield(job) }
    }

    /// Exchanges all agents, with the meaning of the parameters of the initializer.
    ///
    /// `processes` are added to those that are kept already; each of those returns by itself when it is no longer needed.
    public func exchange(
        _ members: [Member], automatic: [String]? = nil, turnedOff: [String: String] = [:],
        processes: [@Sendable () async -> Void] = []
    ) {
        for job in processes { process.yield(job) }
        lineup.withLock { $0 = Lineup(members, automatic, turnedOff) }
    }

    /// Keeps all processes until the task is cancelled; when it returns, nothing of them is left.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await process in processes { group.addTask { await process() } }
        }
    }

    /// The names of the members, in the order in which people see them.
    public var names: [String] { lineup.withLock(\.names) }

    /// That the settings took the agent away, or that there is none.
    public func absence(of name: String) -> String { lineup.withLock { $0.absence(of: name) } }

    /// How the members are, in the order of ``names``.
    public func statuses() async -> [ShellStatus] {
        var statuses: [ShellStatus] = []
        for member in lineup.withLock(\.members) {
            var status = await member.shell.status()
            if !member.isInstalled(), !status.isRunning, status.detail.isEmpty, status.lastError == nil {
                status.detail = "not installed"
                status.isInstalled = false
            }
            statuses.append(status)
        }
        return statuses
    }

    /// The shell for `choice`; `auto` passes over one that failed within the last 30 s.
    ///
    /// Whoever holds what is returned keeps that agent and its process, whatever is exchanged meanwhile.
    /// The last of those that `auto` tries only stands in for the others: no conversation stays with it.
    public func shell(
        for choice: AgentChoice, after earlier: String?
    ) async throws -> (shell: any AgentShell, note: String?) {
        let lineup = lineup.withLock(\.self)
        switch choice {
        case .named(let name):
            guard let member = lineup.members.first(where: { $0.shell.name == name }) else {
                throw AgentError(.unavailable, "\(lineup.absence(of: name)); \(lineup.names.existing)")
            }
            return (try await member.shell.prepared(), nil)
        case .auto:
            return try await firstThatAnswers(in: lineup, after: earlier)
        }
    }

    private func firstThatAnswers(
        in lineup: Lineup, after earlier: String?
    ) async throws -> (shell: any AgentShell, note: String?) {
        var reasons: [String] = []
        for member in lineup.order(after: earlier) where member.isInstalled() {
            let name = member.shell.name
            if let failure = lineup.failures.withLock({ $0[name] }), failure.at.duration(to: now()) < Self.pause {
                reasons.append(failure.why)
                continue
            }
            do {
                let shell = try await member.shell.prepared()
                let note = reasons.isEmpty ? nil : "\(name) answers, because \(reasons.joined(separator: "; "))"
                return (shell, note)
            } catch let error as AgentError {
                lineup.failures.withLock { $0[name] = (now(), error.description) }
                logger.warning("an agent cannot be had", metadata: ["agent": "\(name)"])
                logger.debug("why it cannot be had", metadata: ["agent": "\(name)", "reason": "\(error)"])
                reasons.append(error.description)
            }
        }
        let why = reasons.isEmpty ? "none is installed" : reasons.joined(separator: "; ")
        throw AgentError(.unavailable, "no agent answers: \(why)")
    }
}
