import Conversation
import TestSupport

/// A session in which anything happens that the core lets happen.
struct RandomSession {
    private(set) var script = SessionScript()
    /// What was answered in each turn.
    private(set) var answers: [Turn.ID: String] = [:]
    private var generator: SeededGenerator
    private var waiting: [Message.ID] = []
    private var running: (turn: Turn.ID, message: Message.ID)?
    private var steered: [Message.ID] = []
    private var asked: [Approval] = []
    private var attempts: [Message.ID: Int] = [:]

    init(generator: SeededGenerator, steps: Int) {
        self.generator = generator
        for _ in 0..<steps { step() }
    }

    private mutating func step() {
        script.wait(Int64(number(90_000)))
        switch number(17) {
        case 0: waiting.append(script.say(text(3), place: Int64(700 + number(90))))
        case 1: waiting.append(script.type(text(3)))
        case 2: script.add(.notice(Notice(pick([.info, .warn, .error]), text(2))))
        case 3: script.add(.changed(pick([.mode(.plan), .agent(.named("copilot")), .profile("fast")])))
        case 16: script.add(.shared(SharedFile(path: "/w/a", name: text(1), size: 5, hidesSecrets: number(2) == 0)))
        case 4 where !waiting.isEmpty && number(3) == 0:
            script.add(.dropped(waiting))
            waiting = []
        case 16 where !waiting.isEmpty:
            let message = pick(waiting)
            if attempts[message] == nil { script.revise(message, text(3)) }
        case 5 where !asked.isEmpty: answer(asked.removeFirst(), isOwn: true)
        default: stepOfTurn()
        }
    }

    private mutating func stepOfTurn() {
        guard let (turn, message) = running else {
            guard !waiting.isEmpty else { return waiting.append(script.say(text(3))) }
            let next = waiting.removeFirst()
            attempts[next, default: 0] += 1
            running = (script.start(next, attempt: attempts[next] ?? 1), next)
            return
        }
        switch number(12) {
        case 0...2: script.add(.delta(turn, text(6)))
        case 3...5:
            script.act(
                text(1), pick([.started, .completed, .failed, .declined]), kind: pick([.command, .tool, .reasoning]),
                in: turn)
        case 6: ask(in: turn)
        case 7: script.add(.stage(turn, report()))
        case 8 where !waiting.isEmpty:
            script.add(.steered(turn, waiting[0]))
            steered.append(waiting.removeFirst())
        case 9 where !steered.isEmpty:
            script.add(.unsteered(turn, steered[0]))
            waiting.append(steered.removeFirst())
            waiting.sort { $0.rawValue < $1.rawValue }
        case 10, 11: finish(turn, message)
        default: break
        }
    }

    private mutating func ask(in turn: Turn.ID) {
        let kind = pick([ApprovalRequest.Kind.command, .file, .tool, .question])
        let choices = kind == .question ? (0..<number(30)).map { _ in text(1) } : []
        let approval = script.ask(
            ApprovalRequest(id: "x", kind: kind, title: text(2), detail: text(60), reason: text(1), choices: choices),
            in: turn)
        if number(2) == 0 { answer(approval, isOwn: false) } else { asked.append(approval) }
    }

    private mutating func answer(_ approval: Approval, isOwn: Bool) {
        let decision = pick([ApprovalDecision.allow, .allowForSession, .deny(reason: text(1)), .answer(text(2))])
        let basis = isOwn ? pick([Approval.Basis.person, .withdrawal]) : pick([.rule, .session])
        script.answer(approval, Approval.Answer(decision, by: "ann (terminal)", basis: basis))
    }

    private mutating func finish(_ turn: Turn.ID, _ message: Message.ID) {
        var outcome = Outcome(
            status: pick([.ok, .ok, .ok, .error, .cancelled, .interrupted]),
            text: text(pick([3, 30, 30, 300, 300, 3_000])))
        outcome.durationMs = Int64(number(500_000))
        if outcome.status == .error || outcome.status == .interrupted {
            outcome.error = TurnError(kind: .process, message: text(4))
        }
        outcome.runsAgain = outcome.status == .interrupted && attempts[message] == 1 && number(2) == 0
        if outcome.status != .interrupted {
            let open = asked.filter { $0.turn == turn }
            asked.removeAll { $0.turn == turn }
            for approval in open {
                script.answer(
                    approval, Approval.Answer(.deny(reason: nil), by: "the end of the turn", basis: .withdrawal))
            }
        }
        script.add(.finished(turn, outcome))
        answers[turn] = outcome.text
        if outcome.runsAgain { waiting = (waiting + steered + [message]).sorted { $0.rawValue < $1.rawValue } }
        (running, steered) = (nil, [])
    }

    private mutating func report() -> StageReport {
        let product = pick([
            StageReport.Product.route(Route(.plan, reason: text(1))), .plan(text(40)), .answer(text(2)),
            .verdict(Verdict(isApproved: false, feedback: text(40))),
        ])
        return StageReport(
            role: pick(Role.allCases), round: 1 + number(3), product: product, next: pick([.developer, .reviewer]),
            agent: "codex", durationMs: 1_000)
    }

    private mutating func number(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    private mutating func pick<T>(_ choices: [T]) -> T { choices[number(choices.count)] }

    private mutating func text(_ pieces: Int) -> String {
        (0..<(1 + number(pieces))).map { _ in pick(Self.pieces) }.joined()
    }

    private static let pieces = [
        "word ", "a longer line of words, which ends here.\n", "\n\n", "**bold** ", "*it* ", "`code` ", "~~x~~ ",
        "[link](https://a.org) ", "```swift\nlet a = 1\n```\n", "> quoted\n\n", "- item\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "👨‍👩‍👧‍👦", "🇩🇪 ", "שלום ", "مرحبا ", "密", "e\u{301}", "\u{200B}", "\u{202E}", "\u{1B}[31m", "\r\n", "# head\n",
        "x" + String(repeating: "\u{301}", count: 50), "<b>", "/cancel ", "www.a.org ", "\\", "&amp;",
    ]
}
