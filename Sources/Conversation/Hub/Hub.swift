public import Logging

/// The core: takes messages, keeps them, has agents answer them, and shows every front the same events.
///
/// Everything that happens goes through one inbox and one loop: what must survive is committed to the journal, then
/// folded into the session's state, then published. So there is one order, nobody sees what is not on disk, and what a
/// session does next is decided from committed state only. An actor, because the loop awaits the journal between
/// taking in and publishing while fronts keep adding to the inbox.
public actor Hub {
    let journal: any Journal
    let directory: any AgentDirectory
    let profiles: any ProfileDirectory
    var configuration: HubConfiguration
    /// Finished by the next change of the configuration.
    var configured: AsyncStream<Never>.Continuation?
    let logger: Logger

    var cursor = Cursor.start
    var sessions: [SessionID: SessionState] = [:]
    var controls: [SessionID: TurnControl] = [:]
    /// Unbounded, but each turn has at most one entry in it and waits for it; the rest comes from people.
    var inbox: [HubEntry] = []
    private let bell: AsyncStream<Void>
    let ring: AsyncStream<Void>.Continuation
    var subscribers = Subscribers()
    /// The last deletion of each session that was deleted since the start, for readers that are behind.
    var deletions: [SessionID: Record] = [:]
    var announcing = Announcing()
    /// The questions that the last core left open.
    var questions: [SessionID] = []
    /// Those of them for which nobody has come back.
    var abandoned: Set<SessionID> = []
    /// How many deeds agents have asked for.
    var deedCount = 0
    /// Where it was told that an agent plays no roles.
    var toldOfRoles: Set<AgentInSession> = []
    private var isClosed = false
    private var failure: (any Error)?
    var isDraining = false
    private var drained: [CheckedContinuation<Void, Never>] = []

    /// Creates a core that does nothing until ``run()``.
    public init(
        journal: any Journal, directory: any AgentDirectory, configuration: HubConfiguration,
        logger: Logger = Logger(label: "conversation")
    ) {
        self.journal = journal
        self.directory = directory
        self.configuration = configuration
        profiles = configuration.profiles
        self.logger = logger
        (bell, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Settles what the last core left open, then works until the task is cancelled.
    ///
    /// When it returns or throws, no turn runs any more, and whatever is asked later throws ``HubError``. Turns that
    /// ran at a cancellation stay open in the journal: the next run treats them like after a crash. Throws when the
    /// journal can no longer be written. Called once.
    public func run() async throws {
        defer { close() }
        try await recover()
        try await withThrowingDiscardingTaskGroup { group in
            // Before the turns are awaited: they may wait for an answer of the loop that has ended.
            defer { close() }
            group.addTask { await self.denyUnanswered() }
            group.addTask { await self.closeAbandonedQuestions() }
            group.addTask { await self.tellWhatWaits() }
            group.addTask { await self.tellOfOrphans() }
            for await _ in bell {
                while !inbox.isEmpty {
                    for runner in try await takeBatch() { group.addTask { await runner.run() } }
                }
                for session in unanswerable { group.addTask { await self.denyAll(in: session) } }
            }
            if let failure { throw failure }
        }
    }

    /// Ends ``run()`` with `error`: something that must be in the journal cannot be written.
    func fail(_ error: any Error) {
        failure = failure ?? error
        ring.finish()
    }

    /// Starts no further turn: what waits, and what is handed in from now on, stays in the journal for the next core.
    public func beginDraining() { isDraining = true }

    /// Starts no further turn, and returns when none runs any more but those that wait for a person.
    public func drain() async {
        beginDraining()
        guard !isClosed, isBusy else { return }
        await withCheckedContinuation { drained.append($0) }
    }

    var isBusy: Bool { sessions.values.contains { $0.isBusy && $0.running?.isWaitingForPerson != true } }

    /// How many turns run, and how many messages wait, over all sessions in use.
    public func load() -> CoreLoad {
        CoreLoad(
            running: sessions.values.count { $0.isBusy }, waiting: sessions.values.reduce(0) { $0 + $1.waitingCount })
    }
}

// MARK: The inbox

extension Hub {
    /// Records events together, or none; returns once they are on disk (when durable) and published.
    ///
    /// `make` is told the cursor of the first, and the state that holds when they are recorded.
    func append(to session: SessionID, _ make: @escaping HubEntry.Make) async throws -> HubEntry.Committed {
        try await enter { .record(session, make: make, reply: $0) }
    }

    /// Records one event whatever the state is.
    func append(_ event: Event, to session: SessionID) async throws {
        _ = try await append(to: session) { _, _ in [event] }
    }

    /// The events of a session: first those after `bookmark` (none when nil), then what the running turn said so far,
    /// then live ones, without gap or repetition.
    ///
    /// Ends with the core, behind ``Event/deleted``, and, with a `limit`, when more than so many records wait for the
    /// reader: it then subscribes again after what it has read, and first learns of a deletion behind that. Without one
    /// the stream holds whatever its reader has not read. As long as one that `answers` reads, what agents of the session
    /// ask waits for an answer.
    public func events(
        of session: SessionID, after bookmark: Bookmark? = nil, answers: Bool = false, limit: Int?
    ) async throws -> AsyncStream<Record> {
        let wish = Subscribers.Wish(after: bookmark, answers: answers, limit: limit)
        return try await enter { .subscribe(session, wish, $0) }
    }

    /// The first durable records of a session behind `cursor`, at most `limit`, in order.
    ///
    /// Read beside the loop: long histories hold up nobody. When the session was deleted behind `cursor` this is
    /// ``Event/deleted`` alone.
    public nonisolated func backlog(
        of session: SessionID, after cursor: Cursor, limit: Int
    ) async throws -> [Record] {
        let page = try await journal.records(of: session, .first(limit, after: cursor))
        // Looked for behind the page, which else could begin with what was said after it.
        return try await deletion(of: session, after: cursor).map { [$0] } ?? page
    }

    func enter<Answer>(_ entry: (CheckedContinuation<Answer, any Error>) -> HubEntry) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            inbox.append(entry(continuation))
            guard !isClosed else { return failInbox() }
            ring.yield()
        }
    }

    private func failInbox() {
        let failed = inbox
        inbox = []
        for entry in failed { entry.fail(HubError.closed) }
    }

    func close() {
        isClosed = true
        ring.finish()
        failInbox()
        subscribers.finish()
        announcing.finish()
        finishDraining()
    }

    func finishDraining() {
        let waiting = drained
        drained = []
        for continuation in waiting { continuation.resume() }
    }
}
