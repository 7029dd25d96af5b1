import Conversation
import TestSupport

/// Records of several sessions as the core could have written them, made from random numbers.
struct RandomHistory {
    private(set) var records: [Conversation.Record] = []
    private var generator: SeededGenerator
    private var states: [SessionID: SessionState] = [:]

    static let sessions = ["tty:a", "tty:b", "ask:c"].map(SessionID.init(rawValue:))

    init(_ count: Int, using generator: SeededGenerator) {
        self.generator = generator
        for _ in 0..<count { addNext() }
    }

    private var cursor: Conversation.Cursor {
        Conversation.Cursor(rawValue: (records.last?.cursor.rawValue ?? 0) + 1)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }

    private mutating func addNext() {
        let session = Self.sessions[number(0...2)]
        var state = states[session] ?? SessionState(id: session)
        let event = event(after: state)
        add(event, in: session, &state)
        if case .approval(_, let approval) = event, let note = approval.answer?.note {
            add(.accepted(note, message()), in: session, &state)
        }
        states[session] = state
    }

    private mutating func add(_ event: Event, in session: SessionID, _ state: inout SessionState) {
        let record = Conversation.Record(
            cursor: cursor, session: session, time: Timestamp(millisecondsSince1970: cursor.rawValue * 10),
            event: event)
        state.apply(record)
        records.append(record)
    }

    private mutating func event(after state: SessionState) -> Event {
        let choice = number(0...9)
        if choice < 3 { return .accepted(Message.ID(rawValue: cursor.rawValue), message()) }
        if choice == 8, let waiting = state.waiting.first(where: { $0.attempt == 1 }) {
            return .revised(waiting.id, text())
        }
        if let open = state.approvals.first, choice == 9 { return .approval(open.turn, answered(open, in: state)) }
        if let running = state.running { return event(in: running, state, choice) }
        if let first = state.waiting.first {
            if choice == 3 { return .dropped(state.waiting.map(\.id)) }
            var turn = Turn(id: Turn.ID(rawValue: cursor.rawValue), first)
            (turn.progress, turn.spared) = ([], 0)  // not kept with the turn
            return .started(turn)
        }
        return .changed(change(mayRenew: true))
    }

    private mutating func event(in running: RunningTurn, _ state: SessionState, _ choice: Int) -> Event {
        let turn = running.turn
        if choice == 7 {
            if let first = state.waiting.first { return .steered(turn.id, first.id) }
            if let last = running.steered.last { return .unsteered(turn.id, last.id) }
        }
        return switch choice {
        case 3: .action(turn.id, action())
        case 4: .stage(turn.id, stage())
        case 5: .approval(turn.id, approval(in: turn.id))
        case 6: .changed(change(mayRenew: false))
        case 7 where !running.isStopping: .stopping(turn.id, by: number(0...1) == 0 ? nil : text())
        default: .finished(turn.id, outcome(turn))
        }
    }

    private mutating func text() -> String { ["", "plain", "two\nlines", "“quoted” 'x'", "👩‍👧 é"][number(0...4)] }

    private mutating func message() -> Message {
        let origin = [Message.Origin.terminal, .script, .telegram, .mcp, .system][number(0...4)]
        return Message(text: text(), author: text(), origin: origin, sender: text())
    }

    private mutating func action() -> Action {
        let kind = [Action.Kind.command, .file, .tool, .search, .plan, .reasoning][number(0...5)]
        let status = [Action.Status.started, .completed, .failed, .declined][number(0...3)]
        return Action(
            id: "\(number(1...3))", kind: kind, title: text(), status: status, role: Role.allCases[number(0...3)])
    }

    private mutating func stage() -> StageReport {
        let products = [
            StageReport.Product.route(Route(.plan, reason: text(), isReadable: number(0...1) == 0)), .plan(text()),
            .answer(text()),
            .verdict(Verdict(isApproved: number(0...1) == 0, feedback: text(), isReadable: number(0...1) == 0)),
        ]
        return StageReport(
            role: Role.allCases[number(0...3)], round: number(1...3), product: products[number(0...3)],
            next: [nil, .developer, .reviewer][number(0...2)], agent: text(),
            usage: Usage(inputTokens: number(0...9), outputTokens: number(0...9)),
            durationMs: Int64(number(0...9)), baseline: number(0...1) == 0 ? nil : text())
    }

    private mutating func approval(in turn: Turn.ID) -> Approval {
        let kind = [ApprovalRequest.Kind.command, .file, .tool, .question][number(0...3)]
        let request = ApprovalRequest(
            id: text(), kind: kind, title: text(), detail: text(), reason: text(), isReadOnly: number(0...1) == 0,
            choices: [text(), text()])
        return Approval.test(request, in: turn, id: cursor.rawValue)
    }

    private mutating func answered(_ open: Approval, in state: SessionState) -> Approval {
        let decision = [
            ApprovalDecision.allow, .allowForSession, .deny(reason: nil), .deny(reason: text()), .answer(text()),
        ]
        let basis = [Approval.Basis.person, .rule, .session, .withdrawal, .grant(state.grants.first?.id ?? open.id)][
            number(0...4)]
        var answered = open
        let note = number(0...1) == 0 ? nil : Message.ID(rawValue: cursor.rawValue + 1)
        answered.answer = Approval.Answer(decision[number(0...4)], by: text(), basis: basis, note: note)
        return answered
    }

    private mutating func change(mayRenew: Bool) -> SessionChange {
        switch number(0...(mayRenew ? 5 : 4)) {
        case 4: .profile(["default", "fast"][number(0...1)])
        case 0: .mode(number(0...1) == 0 ? .single : .plan)
        case 1: .agent(.auto)
        case 2: .agent(.named("codex"))
        case 3:
            .thread(
                ThreadKey(profile: ["default", "fast"][number(0...1)], agent: ["codex", "copilot"][number(0...1)]),
                "\(number(1...9))")
        default: .renewed
        }
    }

    private mutating func outcome(_ turn: Turn) -> Outcome {
        let status = [Outcome.Status.ok, .error, .cancelled, .interrupted][number(0...3)]
        let kinds: [TurnError.Kind] = [
            .auth, .quota, .rateLimit, .context, .network, .timeout, .process, .refused, .internal,
        ]
        let error = status == .ok ? nil : TurnError(kind: kinds[number(0...8)], message: text())
        let results = [Review.Result.approved, .needsChanges, .maxRoundsReached]
        let review = number(0...1) == 0 ? nil : Review(rounds: number(1...4), result: results[number(0...2)])
        var outcome = Outcome(
            status: status, text: text(), durationMs: Int64(number(0...100_000)),
            usage: Usage(inputTokens: number(0...9), outputTokens: number(0...9)), error: error,
            runsAgain: status == .interrupted && turn.attempt < 4 && number(0...3) > 0,
            agent: number(0...3) == 0 ? nil : "codex", review: review, said: number(0...1) == 0 ? nil : text(),
            stoppedBy: status == .cancelled ? text() : nil)
        outcome.isSpared = outcome.runsAgain && number(0...1) == 0
        return outcome
    }
}
