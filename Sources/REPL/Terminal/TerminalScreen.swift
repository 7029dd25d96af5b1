import Conversation
import Foundation
import Locking

/// What a terminal shows of its session, above the typed line and as the prompt.
///
/// An actor, because events, the passing of time and the answers of commands all write to it.
actor TerminalScreen {
    private let editor: LineEditor
    private let core: any Core
    private let terminal: TerminalDevice
    private let options: TerminalFront.Options
    private let interrupts: TerminalInterrupts
    /// For the editor's thread, which completes names.
    private let vocabulary: Locked<Vocabulary>
    private var printer: EventPrinter
    private var prompt: StatusPrompt
    private var board = ApprovalBoard()
    /// The question that the person was last told to be the first.
    private var introduced: Approval.ID?
    private var shown: (text: String, offer: KeyOffer?)?
    /// What the person who leaves was told about.
    private var told: Set<Approval.ID> = []

    init(
        editor: LineEditor, core: any Core, options: TerminalFront.Options, interrupts: TerminalInterrupts,
        vocabulary: Locked<Vocabulary>
    ) {
        self.editor = editor
        self.core = core
        self.options = options
        self.interrupts = interrupts
        self.vocabulary = vocabulary
        terminal = LineEditor.Options().terminal
        let style = TextStyle(isColoured: options.isColoured)
        printer = EventPrinter(sender: options.sender, style: style)
        prompt = StatusPrompt(style: style)
    }

    // MARK: Beginning and end

    /// Says where the conversation stands, and later which agent answers: its start must not keep the prompt waiting.
    func greet() async {
        for notice in options.notices { show(notice) }
        await learnNames()
        do {
            let greeting = try await core.greeting(of: options.session)
            let style = printer.style
            let place = "\(greeting.agent) · mode \(greeting.mode.rawValue) · \(greeting.session) · /help"
            editor.print("\(style.bold("cm")) \(greeting.version)\(style.dim(" · \(place)"))")
            if let last = greeting.last {
                let ending = last.status == .ok ? "" : ", whose last turn ended as \(last.status.rawValue)"
                show(Notice(.info, "goes on with the earlier conversation\(ending); /history shows it, /new leaves it"))
            }
            if let remark = greeting.remark { show(Notice(.warn, remark)) }
            // Those of a running turn came as events.
            for approval in try await core.openApprovals(of: options.session) { ask(approval) }
            refresh()
        } catch let error as HubError where error.code != .closed {
            show(Notice(.error, "\(error)"))
        } catch {
            // The person left before the agent answered.
        }
    }

    /// Learns anew what can be named in commands.
    func learnNames() async {
        // Nobody completes anything while the core is away.
        guard let names = try? await core.names() else { return }
        vocabulary.withLock { $0.names = names }
    }

    /// Says what is still to be done when the person leaves.
    func sayGoodbye() async {
        await sayWhatWaits()
        let load = await core.load()
        let running = load.running - (prompt.isBusy && !told.isEmpty ? 1 : 0)
        if running > 0 {
            let turns = running == 1 ? "the running turn is" : "\(running) running turns are"
            show(Notice(.info, "\(turns) finished first; Ctrl-C stops \(running == 1 ? "it" : "them")"))
        }
        guard load.waiting > 0 else { return }
        let messages = load.waiting == 1 ? "1 waiting message runs" : "\(load.waiting) waiting messages run"
        let when = load.isTakenOver ? "after it, where somebody else is attached" : "when cm chat starts again"
        show(Notice(.info, "\(messages) \(when)"))
    }

    /// Says which questions are left to the next run, each once.
    func sayWhatWaits() async {
        let open: [Approval]
        do {
            open = try await core.openApprovals(of: options.session)
        } catch {
            return  // What cannot be read is asked again at the next start.
        }
        for approval in open where told.insert(approval.id).inserted {
            let title = ApprovalText.visible(approval.request.title.headline(60))
            let what = "waits for your answer to \(approval.id) (\(title))"
            let way = approval.request.kind == .question ? "/answer" : "/approve"
            let text = "the turn \(what); it is kept: start cm chat again and \(way) \(approval.id)"
            show(Notice(.info, text))
        }
    }

    // MARK: Events and time

    /// Shows events until they end.
    func follow(_ events: AsyncStream<Record>) async {
        for await record in events { await take(record) }
    }

    /// Keeps the time in the prompt right, until cancelled.
    func tick() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
            } catch {
                return  // cancelled
            }
            refresh()
        }
    }

    private func take(_ record: Record) async {
        switch record.event {
        case .started:
            interrupts.turnStarted()
        case .finished:
            interrupts.turnEnded()
        case .approval(_, let approval) where approval.answer == nil:
            if await isOpen(approval) { ask(approval) }
        case .approval(_, let approval):
            board.close(approval.id)
        case .changed(.renewed):
            board.closeAll()
        case .accepted, .dropped, .steered, .unsteered, .delta, .action, .stage, .changed, .notice:
            break
        }
        prompt.take(record.event, at: .now)
        print(printer.lines(for: record.event, columns: terminal.size.columns))
        await showNext()
        refresh()
    }

    private func refresh() {
        let text = prompt.text(board, at: .now)
        let offer = offer()
        guard shown?.text != text || shown?.offer != offer else { return }
        shown = (text, offer)
        vocabulary.withLock { $0.approvals = board.open }
        editor.setPrompt(text, offer: offer)
    }

    // MARK: Output

    func show(_ notice: Notice) { print(printer.lines(notice, columns: terminal.size.columns)) }

    /// Shows the answer of a command, but for what is shown as an event.
    func show(_ reply: CommandReply) {
        let text = reply.untold ?? reply.text
        guard !text.isEmpty else { return }
        let lines = TextFlow.lines(of: Printable(text).text, columns: terminal.size.columns)
        print(reply.ok ? lines : lines.map(printer.style.red))
    }

    private func print(_ lines: [String]) {
        // Each with its end: an empty line is one, too.
        editor.print(lines.map { $0 + "\n" }.joined())
    }

    /// Tells whether a text of several lines was begun.
    func setContinuing(_ isContinuing: Bool) {
        prompt.isContinuing = isContinuing
        refresh()
    }
}

// MARK: Approvals

extension TerminalScreen {
    /// The answer that a key means; nil when it means none any more.
    func answer(_ choice: KeyChoice) -> (id: Approval.ID, decision: ApprovalDecision)? {
        defer { refresh() }
        let isOpen = board.question(of: choice) != nil
        if let shown = board.view(choice) {
            print(printer.question(shown, age: age(of: shown), columns: terminal.size.columns, isWhole: true))
            return nil
        }
        guard let answer = board.answer(choice) else {
            let text = isOpen ? "an answer needs words; n declines" : "that was answered already"
            show(Notice(.info, text))
            return nil
        }
        printer.noteOwnAnswer(answer.id, isOwn: true)
        return answer
    }

    /// What was typed is a message, and the turn before it waits for an answer: says how to give that.
    func remindOfQuestion() {
        guard let current = board.current else { return }
        let way = current.request.kind == .question ? "/answer \(current.id) TEXT" : "/approve \(current.id)"
        show(
            Notice(
                .warn, "the running turn waits for your answer to \(current.id): press a key of the prompt, or \(way)"))
    }

    /// An answer from here came too late.
    func noteAnswered(_ id: Approval.ID) async {
        printer.noteOwnAnswer(id, isOwn: false)
        show(Notice(.info, "\(id) was answered already"))
        board.close(id)
        await showNext()
        refresh()
    }

    /// An answer from here did not count: the question is as open as before.
    func retract(_ id: Approval.ID, because reason: String) {
        printer.noteOwnAnswer(id, isOwn: false)
        board.retract(id)
        show(Notice(.error, reason))
        refresh()
    }

    /// Whether `approval` waits for an answer; what is allowed by a rule, or was for the session, is answered at once.
    private func isOpen(_ approval: Approval) async -> Bool {
        do {
            return try await core.openApprovals(of: options.session).contains { $0.id == approval.id }
        } catch {
            return true  // The core closes: then it is open.
        }
    }

    private func ask(_ approval: Approval) {
        let age = age(of: approval)
        guard board.add(approval, askedAt: .now - .milliseconds(age)) else { return }
        if board.open.count == 1 { introduced = approval.id }
        print(printer.question(approval, age: age, columns: terminal.size.columns))
    }

    /// How long ago it was asked, in milliseconds.
    private func age(of approval: Approval) -> Int64 {
        let now = Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
        return now.milliseconds(since: approval.askedAt)
    }

    /// Says which question the keys answer now; it may stand far up the screen.
    private func showNext() async {
        guard let next = board.open.first, next.id != introduced else { return }
        introduced = next.id
        // The end of a turn closes all its questions, one by one.
        guard await isOpen(next) else { return }
        show(Notice(.info, "next \(next.id): \(ApprovalText.visible(next.request.title.headline(100)))"))
    }

    private func offer() -> KeyOffer? {
        guard !prompt.isContinuing, let current = board.current, let number = board.offerNumber() else { return nil }
        let waited = StatusPrompt.time(from: board.waitsSince ?? .now, to: .now)
        let texts = ApprovalPrompt(request: current.request, place: board.place, waited: waited, style: printer.style)
        return texts.offer(number, columns: terminal.size.columns)
    }
}
