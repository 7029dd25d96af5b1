public import Conversation

extension CoreLink: Core {
    /// Takes what somebody typed.
    ///
    /// A message for the agent counts once, however many cores it has to be handed to. A command is not run again when
    /// the core went away before it answered: the reply says so.
    public func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        guard !message.isForAgent else {
            let message = keyed(message)
            return try await ask { try await $0.handle(message, in: session) }
        }
        do {
            return try await ask(repeatsLost: false) { try await $0.handle(message, in: session) }
        } catch let error as HubError where error == .lost {
            let name = message.text.drop { $0 == "/" || $0.isWhitespace }.prefix { !$0.isWhitespace }
            let text = "the core went away before it answered, so this may have been done or not; /status tells"
            return .replied(CommandReply(name: String(name), ok: false, text: text))
        }
    }

    /// Takes a message for the agent of `session`, once, however many cores it has to be handed to.
    public func submit(_ message: Message, to session: SessionID) async throws -> Receipt {
        let message = keyed(message)
        return try await ask { try await $0.submit(message, to: session) }
    }

    /// Gives a waiting message another text; done again with the next core it does no harm.
    public func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised {
        try await ask { try await $0.revise(key, to: text, in: session) }
    }

    /// Stops `turn` or its repetition, asked of as many cores as it takes until one has answered: the next one may go on
    /// with it.
    ///
    /// Without a turn it stops what runs in `session`. That is asked of no other core, where it might hit the turn after
    /// the one that was meant: throws ``HubError/lost`` when the core went away before it answered.
    public func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool {
        try await ask(repeatsLost: turn != nil) { try await $0.interrupt(session, turn: turn, by: person) }
    }

    /// Answers an approval of `session`, once, however many cores have to be asked.
    public func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered {
        let person = keyed(person)
        return try await ask { try await $0.answer(id, decision, from: person, in: session) }
    }

    /// The events of a session, over any number of cores, without gap or repetition.
    ///
    /// Records are only fetched as they are read. Ends when there will be no core any more, and behind ``Event/deleted``.
    public func events(
        of session: SessionID, after bookmark: Bookmark?, answers: Bool
    ) async throws -> AsyncStream<Record> {
        let events = LinkedEvents(of: session, through: self, after: bookmark, answers: answers)
        try await find { try await events.begin(with: $0) }
        return AsyncStream { await events.next() }
    }

    /// The last event on disk.
    public func position(of session: SessionID) async throws -> Cursor {
        try await ask { try await $0.position(of: session) }
    }

    /// Where `session` stands.
    public func greeting(of session: SessionID) async throws -> Greeting {
        try await ask { try await $0.greeting(of: session) }
    }

    /// What agents ask in `session` and nobody has answered.
    public func openApprovals(of session: SessionID) async throws -> [Approval] {
        try await ask { try await $0.openApprovals(of: session) }
    }

    /// What can be named in commands.
    public func names() async throws -> CoreNames { try await ask { try await $0.names() } }

    /// What the core in force has to do in this process; nothing when there is none.
    public func load() async -> CoreLoad { await current?.load() ?? CoreLoad() }

    /// Has the core in force take nothing more, if it is in this process.
    public func drain() async { await current?.drain() }
}
