public import Conversation
import Locking
public import Logging

/// All agents of the program, and which one answers when nobody chose.
public final class ShellPool: AgentDirectory {
    /// A shell, and what keeps its process.
    public struct Member: Sendable {
        let shell: any AgentShell
        /// Whether its program is there at all; one that is not is passed over without a word.
        let isInstalled: @Sendable () -> Bool
        let run: @Sendable () async -> Void

        /// A shell with a process of its own; `run` keeps it until cancelled.
        public init(
            _ shell: any AgentShell, isInstalled: @escaping @Sendable () -> Bool,
            run: @escaping @Sendable () async -> Void
        ) {
            self.shell = shell
            self.isInstalled = isInstalled
            self.run = run
        }

        /// A shell without a process, which is always there.
        public init(_ shell: any AgentShell) {
            self.init(shell, isInstalled: { true }, run: {})
        }
    }

    /// How long `auto` passes over an agent that could not be started.
    static let pause: Duration = .seconds(30)

    private let members: [Member]
    private let logger: Logger
    /// When each agent failed last, and why.
    ///
    /// A lock: sessions choose at the same time.
    private let failures = Locked<[String: (at: ContinuousClock.Instant, why: String)]>([:])

    /// Creates a pool of `members`, in the order in which `auto` tries them; the last one should always be there.
    public init(_ members: [Member], logger: Logger = Logger(label: "agents")) {
        self.members = members
        self.logger = logger
    }

    /// Keeps all processes until the task is cancelled; when it returns, nothing of them is left.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for member in members { group.addTask { await member.run() } }
        }
    }

    /// The names of the members, in the order in which `auto` tries them.
    public var names: [String] { members.map(\.shell.name) }

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
    public func shell(for choice: AgentChoice) async throws -> (shell: any AgentShell, note: String?) {
        switch choice {
        case .named(let name):
            guard let member = members.first(where: { $0.shell.name == name }) else {
                throw AgentError(.unavailable, "no agent is called \(name); there are \(names.joined(separator: ", "))")
            }
            try await member.shell.prepare()
            return (member.shell, nil)
        case .auto:
            return try await firstThatAnswers()
        }
    }

    private func firstThatAnswers() async throws -> (shell: any AgentShell, note: String?) {
        var reasons: [String] = []
        for member in members where member.isInstalled() {
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
                failures.withLock { $0[name] = (.now, error.description) }
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
        return failure.at.duration(to: .now) < Self.pause ? failure.why : nil
    }
}
