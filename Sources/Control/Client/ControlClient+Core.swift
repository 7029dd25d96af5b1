public import Conversation

/// Beside ``HubError``, all of it throws ``ControlError``: what this process may not do, and what was not understood.
extension ControlClient: Core {
    /// Takes what somebody typed.
    public func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        try await send(ControlCall.Handle(session: SessionName(session), message: MessageForm(message))).handled
    }

    /// Takes a message for the agent of `session`.
    public func submit(_ message: Message, to session: SessionID) async throws -> Receipt {
        try await send(ControlCall.Submit(session: SessionName(session), message: MessageForm(message))).receipt
    }

    /// Gives a waiting message another text.
    public func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised {
        try await send(ControlCall.Revise(session: SessionName(session), key: key, text: text)).revised
    }

    /// Stops the running turn of `session`, or only `turn` or its repetition; where the core is of an older version, which
    /// knows no turns by name, whichever runs.
    public func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool {
        let whichever = ControlCall.Interrupt(session: SessionName(session), person: person.map(MessageForm.init))
        guard let turn else { return try await send(whichever).interrupted }
        do {
            return try await send(
                ControlCall.InterruptTurn(session: whichever.session, turn: turn.rawValue, person: whichever.person)
            ).interrupted
        } catch let error as ControlError where error.code == .unknown {
            return try await send(whichever).interrupted
        }
    }

    /// Answers an approval of `session`.
    public func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered {
        try await send(
            ControlCall.Answer(
                session: SessionName(session), approval: id.rawValue, decision: DecisionForm(decision),
                person: MessageForm(person))
        ).answered
    }

    /// The events of a session; the stream also ends when its reader falls 4,096 records behind.
    ///
    /// Whoever wants more then subscribes again after its bookmark.
    public func events(
        of session: SessionID, after bookmark: Bookmark?, answers: Bool
    ) async throws -> AsyncStream<Record> {
        try await subscribe(to: session, after: bookmark, answers: answers)
    }

    /// The last event on disk.
    public func position(of session: SessionID) async throws -> Cursor {
        Cursor(rawValue: try await send(ControlCall.Position(session: SessionName(session))).cursor)
    }

    /// Where `session` stands.
    public func greeting(of session: SessionID) async throws -> Greeting {
        try await send(ControlCall.Greeting(session: SessionName(session))).greeting
    }

    /// What agents ask in `session` and nobody has answered.
    public func openApprovals(of session: SessionID) async throws -> [Approval] {
        try await send(ControlCall.Approvals(session: SessionName(session))).approvals.map(\.approval)
    }

    /// What can be named in commands.
    public func names() async throws -> CoreNames { try await send(ControlCall.Names()).names }

    /// Nothing: the core is in another process.
    public func load() async -> CoreLoad { CoreLoad() }

    /// Does nothing: the core goes on without this process.
    public func drain() async {}
}
