import Conversation

/// Runs the inputs of a script one by one while it writes what happens in the session.
///
/// An actor, because events arrive whenever they like, between inputs, too.
actor ScriptPlayer {
    private let core: any Core
    private let options: ScriptFront.Options
    private let output: ScriptOutput
    private let answered: @Sendable (String) throws -> Void

    /// What follows a line.
    enum Step {
        case goesOn
        /// The rest goes to this session.
        case attaches(SessionID)
        case leaves
    }

    private var session: SessionID
    private var hasBegun = false
    /// What came before it had begun.
    private var early: [Notice] = []
    private(set) var hasFailed = false
    /// Whether an own turn failed because there was no agent for it.
    private(set) var hasMissedAgent = false
    /// Own messages that have found their end while nobody waited for it yet.
    private var settled: Set<Message.ID> = []
    private var waiting: (message: Message.ID, continuation: CheckedContinuation<Void, any Error>)?
    private var end: (any Error)?
    private var turns: [Turn.ID: Turn] = [:]
    /// Own messages whose turn has not come.
    private var submitted: Set<Message.ID> = []

    init(
        core: any Core, options: ScriptFront.Options, output: ScriptOutput,
        answered: @escaping @Sendable (String) throws -> Void
    ) {
        self.core = core
        self.options = options
        session = options.session
        self.output = output
        self.answered = answered
    }

    // MARK: Inputs

    /// Goes to `session`, of which no event was followed yet.
    func begin(in session: SessionID) async throws {
        self.session = session
        (settled, turns, submitted, end) = ([], [:], [], nil)
        if options.isJSON { try output.answer(JSONLine(try await core.greeting(of: session)).text) }
        guard !hasBegun else { return }
        hasBegun = true
        for notice in options.notices + early { try show(notice) }
    }

    /// Writes notices that come during the run, behind those of the beginning.
    func tell(_ news: AsyncStream<Notice>) async {
        for await notice in news {
            guard hasBegun else {
                early.append(notice)
                continue
            }
            // Output that nobody reads ends the run with the next event.
            do { try show(notice) } catch { return }
        }
    }

    /// Runs a line to its end.
    func enter(_ text: String) async throws -> Step {
        switch try await core.handle(message(text), in: session) {
        case .accepted(let receipt):
            try await settlement(of: receipt.message)
            return .goesOn
        case .replied(let reply):
            try show(reply)
            return reply.leaves ? .leaves : reply.attaches.map(Step.attaches) ?? .goesOn
        }
    }

    /// Runs `text` as a message.
    func say(_ text: String) async throws {
        try await settlement(of: try await core.submit(message(text), to: session).message)
    }

    /// Counts an input as wrong, and says why.
    func refuse(_ reason: String) throws {
        hasFailed = true
        try show(Notice(.error, reason))
    }

    private func message(_ text: String) -> Message {
        var message = Message(text: text, author: options.author, origin: .script, sender: options.sender)
        message.approvals = options.approvals
        return message
    }

    private func settlement(of message: Message.ID) async throws {
        guard settled.remove(message) == nil else { return }
        if let end { throw end }
        try await withCheckedThrowingContinuation { waiting = (message, $0) }
    }

    private func settle(_ message: Message.ID) {
        guard let waiting, waiting.message == message else {
            settled.insert(message)
            return
        }
        self.waiting = nil
        waiting.continuation.resume()
    }

    // MARK: Events

    /// Writes what happens until `events` end or nobody reads the output any more.
    func follow(_ events: AsyncStream<Record>) async {
        var error: any Error = HubError.closed
        do {
            for await record in events { try take(record.event) }
        } catch let failure {
            error = failure
        }
        end = error
        waiting?.continuation.resume(throwing: error)
        waiting = nil
    }

    private func take(_ event: Event) throws {
        if options.isJSON {
            for line in JSONLine.lines(for: event, sender: options.sender) { try output.answer(line.text) }
        }
        switch event {
        case .accepted(let id, let message):
            if message.sender == options.sender { submitted.insert(id) }
        case .started(let turn):
            submitted.remove(turn.message)
            if turn.sender == options.sender { turns[turn.id] = turn }
        case .finished(let id, let outcome):
            guard let turn = turns.removeValue(forKey: id), !outcome.runsAgain else { return }
            try show(outcome)
            settle(turn.message)
        case .dropped(let ids):
            try drop(ids)
        case .notice(let notice):
            if !options.isJSON { try show(notice) }
        case .shared(let file):
            if !options.isJSON { try show(Notice(.info, file.line)) }
        case .deleted:
            if !options.isJSON { try show(.deleted) }
            try drop(Array(submitted))
        case .steered, .unsteered, .stopping, .delta, .action, .approval, .stage, .changed, .revised:
            break
        }
    }

    private func drop(_ messages: [Message.ID]) throws {
        for id in messages where submitted.remove(id) != nil {
            try refuse("the message was dropped before its turn came")
            settle(id)
        }
    }

    // MARK: Output

    private func show(_ reply: CommandReply) throws {
        if !reply.ok { hasFailed = true }
        if options.isJSON {
            try output.answer(JSONLine(reply).text)
        } else if !reply.text.isEmpty {
            let text = Printable(reply.text).text
            if reply.ok { try output.answer(text) } else { output.notice("error: \(text)") }
        }
    }

    private func show(_ notice: Notice) throws {
        if options.isJSON {
            try output.answer(JSONLine(notice).text)
        } else {
            output.notice("\(notice.level.rawValue): \(Printable(notice.text).text)")
        }
    }

    private func show(_ outcome: Outcome) throws {
        if !options.isJSON, !outcome.text.isEmpty { try output.answer(Printable(outcome.text).text) }
        if outcome.status == .ok { try answered(outcome.text) } else { hasFailed = true }
        if outcome.agent == nil, outcome.error?.kind == .process { hasMissedAgent = true }
        guard !options.isJSON, outcome.status != .ok else { return }
        let reason = outcome.error.map { " (\($0.kind.rawValue)): \(Printable($0.message).text)" } ?? ""
        output.notice("error: the turn ended as \(outcome.status.rawValue)\(reason)")
    }
}
