/// Why a turn is stopped before its end.
enum StopCause: Hashable, Sendable {
    /// By whom and from where, for people; nil when that is not known.
    case person(by: String?)
    case timeout
}

/// The way into a running turn from outside: stops, answers to what its agent asked, and text put into it.
///
/// An actor, because each can come at any moment of the work.
actor TurnControl {
    /// Why the turn was stopped; nil when nobody did.
    ///
    /// The first cause counts.
    private(set) var cause: StopCause?

    /// nil while none is open: a stop then cancels the opening.
    private var thread: (any AgentThread)?
    private var canBeSteered = false
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    /// What the agent calls the approvals that are open.
    private var asked: [Approval.ID: String] = [:]
    /// Answers that came before their approval was known here.
    private var early: [Approval.ID: ApprovalDecision] = [:]

    private var isClosed = false
    /// How many texts are on their way into the turn.
    private var steering = 0
    private var closing: [CheckedContinuation<Void, Never>] = []

    init() {
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: Stops

    /// Asks for the end of the turn; does not wait for it.
    func stop(_ cause: StopCause) {
        guard self.cause == nil else { return }
        self.cause = cause
        request.yield()
    }

    /// From now on a stop interrupts `thread`, and with `steers` text can be put into its turn.
    ///
    /// Throws `CancellationError` when the turn was stopped before.
    func enter(_ thread: any AgentThread, steers: Bool) throws {
        self.thread = thread
        canBeSteered = steers
        if cause != nil { throw CancellationError() }
    }

    /// The turn of the thread is over; until the next one a stop ends what is done meanwhile.
    ///
    /// Returns when what was on its way into it has arrived or was refused; whether the turn was stopped, of which the
    /// thread may have heard too late.
    func leave() async -> Bool {
        thread = nil
        (asked, early) = ([:], [:])
        await arrivals()
        return cause != nil
    }

    /// Carries a stop to the thread when one comes; returns true when there is none yet and the opening must end.
    func carryStops() async -> Bool {
        for await _ in requests {
            guard let thread else { return true }
            await thread.interrupt()
        }
        return false
    }

    // MARK: Approvals

    /// `approval` waits for its answer, which may have come already.
    func ask(_ approval: Approval) async {
        if let decision = early.removeValue(forKey: approval.id) {
            await thread?.answer(approval.request.id, decision)
        } else {
            asked[approval.id] = approval.request.id
        }
    }

    /// Hands an answer, which is on disk, to the agent.
    func answer(_ approval: Approval.ID, _ decision: ApprovalDecision) async {
        if let request = asked.removeValue(forKey: approval) {
            await thread?.answer(request, decision)
        } else {
            early[approval] = decision
        }
    }

    /// The agent takes its request back; returns the approval that was open for it.
    func withdraw(_ request: String) -> Approval.ID? {
        guard let open = asked.first(where: { $0.value == request }) else { return nil }
        asked[open.key] = nil
        return open.key
    }

    // MARK: Text put into the turn

    /// Keeps the turn from going on to its end until ``endSteering()``; nil when nothing can be put into it now.
    ///
    /// Returns the thread that is to take the text.
    func beginSteering() -> (any AgentThread)? {
        guard !isClosed, cause == nil, let thread, canBeSteered else { return nil }
        steering += 1
        return thread
    }

    func endSteering() {
        steering -= 1
        guard steering == 0 else { return }
        for continuation in closing { continuation.resume() }
        closing = []
    }

    /// Lets nothing more into the turn; returns when what was on its way has arrived or was refused.
    func close() async {
        isClosed = true
        await arrivals()
    }

    private func arrivals() async {
        guard steering > 0 else { return }
        await withCheckedContinuation { closing.append($0) }
    }
}
