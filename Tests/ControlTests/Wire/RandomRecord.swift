import Conversation
import TestSupport

extension Record {
    /// Any record of `session`, with any event.
    static func random(using generator: inout some RandomNumberGenerator) -> Record {
        Record(
            cursor: Cursor(rawValue: .random(in: 0 ... .max, using: &generator)),
            session: SessionID(rawValue: .text(using: &generator)),
            time: Timestamp(millisecondsSince1970: .random(in: .min ... .max, using: &generator)),
            event: .random(using: &generator))
    }
}

extension String {
    private static let pieces = [
        "", "a", "word ", "\n", "\r\n", "\t", "\0", "\"", "\\", "/", "é", "e\u{301}", "👩‍👩‍👧", "\u{2028}", "\u{FFFD}", "{}",
        "null",
        "\u{1b}[31m", "\u{7f}", "漢字",
    ]

    /// Some text, with all that is difficult in it.
    static func text(using generator: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }
}

extension RandomNumberGenerator {
    mutating func text() -> String { .text(using: &self) }
    mutating func number() -> Int64 { .random(in: 0 ... .max, using: &self) }
    mutating func flag() -> Bool { .random(using: &self) }
    mutating func one<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &self)] }
    mutating func maybe<Value>(_ value: (inout Self) -> Value) -> Value? { flag() ? value(&self) : nil }
    mutating func some<Value>(_ value: (inout Self) -> Value) -> [Value] {
        (0..<Int.random(in: 0...3, using: &self)).map { _ in value(&self) }
    }

    mutating func usage() -> Usage { Usage(inputTokens: Int(number()), outputTokens: Int(number())) }

    mutating func message() -> Message {
        var message = Message(
            text: text(), author: text(), origin: one([.terminal, .script, .telegram, .mcp, .system]), sender: text())
        message.approvals = one(ApprovalRule.allCases)
        message.key = maybe { $0.text() }
        return message
    }

    mutating func stage() -> StageReport {
        let product: StageReport.Product =
            switch Int.random(in: 0...3, using: &self) {
            case 0: .route(Route(one(Mode.allCases), reason: text(), isReadable: flag()))
            case 1: .plan(text())
            case 2: .answer(text())
            default: .verdict(Verdict(isApproved: flag(), feedback: text(), isReadable: flag()))
            }
        return StageReport(
            role: one(Role.allCases), round: Int.random(in: 1...9, using: &self), product: product,
            next: maybe { $0.one(Role.allCases) }, agent: text(), usage: usage(), durationMs: number(),
            additions: some { $0.text() }, baseline: maybe { $0.text() })
    }

    mutating func turn() -> Turn {
        let waited = SessionState.Waiting(
            id: Message.ID(rawValue: number()), message: message(), attempt: Int.random(in: 1...2, using: &self),
            progress: some { $0.stage() })
        return Turn(id: Turn.ID(rawValue: number()), waited)
    }

    mutating func outcome() -> Outcome {
        let kinds: [TurnError.Kind] = [
            .auth, .quota, .rateLimit, .context, .network, .timeout, .process, .refused, .internal,
        ]
        return Outcome(
            status: one([.ok, .error, .cancelled, .interrupted]), text: text(), durationMs: number(), usage: usage(),
            error: maybe { TurnError(kind: $0.one(kinds), message: $0.text()) }, runsAgain: flag(),
            agent: maybe { $0.text() },
            review: maybe {
                Review(
                    rounds: Int.random(in: 0...9, using: &$0),
                    result: $0.one([.approved, .needsChanges, .maxRoundsReached]))
            },
            said: maybe { $0.text() }, stoppedBy: maybe { $0.text() })
    }

    mutating func decision() -> ApprovalDecision {
        switch Int.random(in: 0...3, using: &self) {
        case 0: .allow
        case 1: .allowForSession
        case 2: .deny(reason: maybe { $0.text() })
        default: .answer(text())
        }
    }

    mutating func approval() -> Approval {
        let request = ApprovalRequest(
            id: text(), kind: one([.command, .file, .tool, .question]), title: text(), detail: text(), reason: text(),
            isReadOnly: flag(), choices: some { $0.text() })
        let answer = maybe { generator in
            Approval.Answer(
                generator.decision(), by: generator.text(),
                basis: generator.one([
                    .person, .rule, .session, .grant(Approval.ID(rawValue: generator.number())), .withdrawal,
                ]),
                note: generator.maybe { Message.ID(rawValue: $0.number()) }, key: generator.maybe { $0.text() })
        }
        return Approval(
            id: Approval.ID(rawValue: number()), turn: Turn.ID(rawValue: number()),
            askedAt: Timestamp(millisecondsSince1970: number()), request: request, answer: answer)
    }
}

extension Event {
    static func random(using generator: inout some RandomNumberGenerator) -> Event {
        let turn = Turn.ID(rawValue: generator.number()), message = Message.ID(rawValue: generator.number())
        switch Int.random(in: 0..<16, using: &generator) {
        case 0: return .accepted(message, generator.message())
        case 13:
            return .shared(
                SharedFile(
                    path: generator.text(), name: generator.text(), size: generator.number(), by: generator.text(),
                    hidesSecrets: generator.flag()))
        case 1: return .dropped(generator.some { Message.ID(rawValue: $0.number()) })
        case 2: return .started(generator.turn())
        case 11: return .revised(message, generator.text())
        case 12: return .deleted
        case 14: return .stopping(turn, by: turn.rawValue % 2 == 0 ? nil : "ann (terminal)")
        case 3: return .steered(turn, message)
        case 4: return .unsteered(turn, message)
        case 5: return .delta(turn, generator.text())
        case 6:
            return .action(
                turn,
                Action(
                    id: generator.text(), kind: generator.one([.command, .file, .tool, .search, .plan, .reasoning]),
                    title: generator.text(), status: generator.one([.started, .completed, .failed, .declined]),
                    role: generator.one(Role.allCases)))
        case 7: return .approval(turn, generator.approval())
        case 8: return .stage(turn, generator.stage())
        case 9: return .finished(turn, generator.outcome())
        case 10:
            return .changed(
                generator.one([
                    .mode(generator.one(Mode.allCases)), .agent(generator.one([.auto, .named("codex"), .named("")])),
                    .profile(generator.text()),
                    .thread(ThreadKey(profile: generator.text(), agent: generator.text()), generator.text()), .renewed,
                ]))
        default:
            var notice = Notice(generator.one([.info, .warn, .error]), generator.text())
            if generator.one([true, false]) {
                notice.announced = Notice.Announced(
                    generator.one(Announcement.Priority.allCases), of: generator.text())
            }
            return .notice(notice)
        }
    }
}
