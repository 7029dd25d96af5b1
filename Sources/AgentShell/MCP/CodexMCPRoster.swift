import Conversation

/// Which processes of a Codex MCP server there are, and who waits for one.
///
/// Every method returns whom to tell.
struct CodexMCPRoster {
    typealias Waiter = CheckedContinuation<CodexMCPProcess, any Error>
    typealias Answer = (waiter: Waiter, result: Result<CodexMCPProcess, any Error>)

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

    enum WaitAction {
        case resume(Result<CodexMCPProcess, any Error>)
        /// Start a process, and wait.
        case start
        case wait
    }

    private var all: [Member] = []
    private(set) var starting = 0
    /// Why the last process ended or could not be started; nil when none did.
    private(set) var lastError: AgentError?
    private(set) var isClosed = false
    private var waiters: [(id: Int, wish: Wish, waiter: Waiter)] = []
    /// Handed out and not waiting yet; true for those cancelled meanwhile.
    private var reserved: [Int: Bool] = [:]
    private var lastID = 0

    /// Those that can be used.
    var members: [Member] { all.filter { !$0.process.conversation.isOver } }

    /// The process that holds the conversation `id`.
    func process(of id: String) -> CodexMCPProcess? {
        members.first { $0.process.conversation.threadID == id }?.process
    }

    /// The idle processes beyond `limit`, those unused for longest.
    func surplus(over limit: Int) -> [CodexMCPProcess] {
        let idle = members.compactMap { member in
            member.process.conversation.idleSince.map { (process: member.process, since: $0) }
        }
        return idle.sorted { $0.since < $1.since }.dropLast(limit).map(\.process)
    }

    // MARK: Waiting

    mutating func reserve() -> Int {
        lastID += 1
        reserved[lastID] = false
        return lastID
    }

    mutating func wait(_ id: Int, for wish: Wish, _ waiter: Waiter) -> WaitAction {
        if reserved.removeValue(forKey: id) == true { return .resume(.failure(CancellationError())) }
        guard !isClosed else { return .resume(.failure(Self.closed)) }
        let members = members
        let found: CodexMCPProcess? =
            switch wish {
            case .anyone: members.first?.process
            case .own: members.first { $0.process.conversation.claim() }?.process
            }
        if let found { return .resume(.success(found)) }
        waiters.append((id, wish, waiter))
        let owners = waiters.count { $0.wish == .own }
        guard starting < max(owners, 1) else { return .wait }
        starting += 1
        return .start
    }

    /// The waiter to resume, when it waits already; one that comes later is refused.
    mutating func cancel(_ id: Int) -> Waiter? {
        if reserved[id] != nil { reserved[id] = true }
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index).waiter
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
        defer { waiters = [] }
        return waiters.map { ($0.waiter, .failure(Self.closed)) }
    }

    /// Answers all who wait for anyone, and the first who waits for one of his own if `claim` agrees.
    private mutating func answerFirst(
        _ result: Result<CodexMCPProcess, any Error>, if claim: () -> Bool
    ) -> [Answer] {
        var answers: [Answer] = [], isTaken = false, left: [(id: Int, wish: Wish, waiter: Waiter)] = []
        for waiting in waiters {
            let isDue =
                switch waiting.wish {
                case .anyone: true
                case .own: !isTaken && claim()
                }
            if isDue {
                if waiting.wish == .own { isTaken = true }
                answers.append((waiting.waiter, result))
            } else {
                left.append(waiting)
            }
        }
        waiters = left
        return answers
    }

    private static let closed = AgentError(.unavailable, "cm is shutting down")
}
