import Conversation

/// Which processes of a Codex MCP server there are, and who waits for one.
///
/// Every method returns whom to tell.
struct CodexMCPRoster: WaitingRoom {
    typealias Value = CodexMCPProcess
    typealias Answer = (waiter: Line.Waiter, result: Result<CodexMCPProcess, any Error>)

    /// What somebody waits for.
    enum Wish {
        /// That the server answers at all.
        case anyone
        /// A process of one's own, claimed.
        case own
    }

    /// A process that has answered its handshake.
    struct Member {
        var process: CodexMCPProcess
        var pid: Int32
        var version: String
        var since: ContinuousClock.Instant
    }

    private var all: [Member] = []
    private(set) var starting = 0
    /// Why the last process ended or could not be started; nil when none did.
    private(set) var lastError: AgentError?
    private(set) var isClosed = false
    /// Those who wait for a process.
    var line = WaitingLine<Wish, CodexMCPProcess>()

    /// Those that can be used.
    var members: [Member] { all.filter { !$0.process.conversation.isOver } }

    /// The process that holds the conversation `id`.
    func process(of id: String) -> CodexMCPProcess? {
        members.first { $0.process.conversation.id == id }?.process
    }

    /// The idle processes beyond `limit`, those unused for longest.
    func surplus(over limit: Int) -> [CodexMCPProcess] {
        let idle = members.compactMap { member in
            member.process.conversation.idleSince.map { (process: member.process, since: $0) }
        }
        return idle.sorted { $0.since < $1.since }.dropLast(limit).map(\.process)
    }

    // MARK: Waiting

    /// Somebody comes with `wish`.
    mutating func receive(_ wish: Wish) -> Line.Reception {
        guard !isClosed else { return .answer(.failure(Self.closed)) }
        let members = members
        let found: CodexMCPProcess? =
            switch wish {
            case .anyone: members.first?.process
            case .own: members.first { $0.process.conversation.claim() }?.process
            }
        if let found { return .answer(.success(found)) }
        let owners = (line.wishes + [wish]).count { $0 == .own }
        guard starting < max(owners, 1) else { return .wait }
        starting += 1
        return .start
    }

    // MARK: Processes

    mutating func started(_ member: Member) -> [Answer] {
        starting -= 1
        all.append(member)
        return answerFirst(.success(member.process)) { member.process.conversation.claim() }
    }

    mutating func failedToStart(_ error: AgentError) -> [Answer] {
        starting -= 1
        lastError = error
        return answerFirst(.failure(error)) { true }
    }

    /// Nothing is left of `process`; `error` is nil when it was to end.
    mutating func ended(_ process: CodexMCPProcess, _ error: AgentError?) {
        all.removeAll { $0.process.conversation === process.conversation }
        lastError = error ?? lastError
    }

    mutating func close() -> [Answer] {
        isClosed = true
        return line.take().map { ($0, .failure(Self.closed)) }
    }

    /// Answers all who wait for anyone, and the first who waits for one of his own if `claim` agrees.
    private mutating func answerFirst(
        _ result: Result<CodexMCPProcess, any Error>, if claim: () -> Bool
    ) -> [Answer] {
        var isTaken = false
        let due = line.take { wish in
            switch wish {
            case .anyone: return true
            case .own:
                guard !isTaken, claim() else { return false }
                isTaken = true
                return true
            }
        }
        return due.map { ($0, result) }
    }

    private static let closed = AgentError(.unavailable, "cm is shutting down")
}
