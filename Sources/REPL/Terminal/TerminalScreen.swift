import Conversation
import Foundation
import Locking

/// What a terminal shows of its session, above the typed line and as the prompt.
///
/// An actor, because events, the passing of time and the answers of commands all write to it.
actor TerminalScreen {
    let editor: LineEditor
    let core: any Core
    let terminal: TerminalDevice
    let options: TerminalFront.Options
    private let interrupts: TerminalInterrupts
    /// For the editor's thread, which completes names.
    private let vocabulary: Locked<Vocabulary>
    /// What is followed; what comes of an earlier one is no longer shown.
    private(set) var attachment: TerminalAttachment
    var printer: EventPrinter
    /// Who sits here, as others see it.
    private let person: String
    var prompt: StatusPrompt
    var board = ApprovalBoard()
    /// The question that the person was last told to be the first.
    var introduced: Approval.ID?
    private var shown: (text: String, offer: KeyOffer?)?
    /// What the person who leaves was told about.
    var told: Set<Approval.ID> = []
    /// Whether the events have ended: then the core is gone for good.
    private(set) var isOver = false
    /// Whether it was said that the core is away.
    private var hasToldOfDelay = false

    init(
        editor: LineEditor, terminal: TerminalDevice, core: any Core, options: TerminalFront.Options,
        interrupts: TerminalInterrupts, vocabulary: Locked<Vocabulary>, attachment: TerminalAttachment
    ) {
        self.editor = editor
        self.terminal = terminal
        self.core = core
        self.options = options
        self.interrupts = interrupts
        self.vocabulary = vocabulary
        self.attachment = attachment
        let style = TextStyle(isColoured: options.isColoured)
        person = "\(options.author) (terminal)"
        printer = EventPrinter(sender: options.sender, person: person, style: style)
        prompt = StatusPrompt(style: style)
    }

    /// The session that is followed.
    var session: SessionID { attachment.session }

    func isCurrent(_ other: TerminalAttachment) -> Bool { other.number == attachment.number }

    // MARK: Beginning

    /// Says what this is, before anything else and whatever the core does.
    func open() {
        let style = printer.style
        let version = options.version.map { " \($0)" } ?? ""
        editor.print("\(style.bold("cm"))\(version)\(style.dim(" · \(session) · /help"))")
        for notice in options.notices { show(notice) }
    }

    /// Says where the conversation of `source` stands and which agent answers, once that has started; the prompt does
    /// not wait for it.
    func introduce(_ source: TerminalAttachment) async {
        await learnNames()
        await askWhatIsOpen(source)
        do {
            let greeting = try await core.greeting(of: source.session)
            guard isCurrent(source) else { return }
            show(Notice(.info, "agent \(greeting.agent) · mode \(greeting.mode.rawValue)"))
            // Who attaches to a session has just read how it ended.
            if let last = greeting.last, source.number == 0 {
                let ending = last.status == .ok ? "" : ", whose last turn ended as \(last.status.rawValue)"
                show(Notice(.info, "goes on with the earlier conversation\(ending); /history shows it, /new leaves it"))
            }
            if let remark = greeting.remark { show(Notice(.warn, remark)) }
        } catch let error as HubError where error.code != .closed {
            if isCurrent(source) { show(Notice(.error, "\(error)")) }
        } catch {
            // The person left before the agent answered.
        }
    }

    /// Asks what was asked in `source` before, also by turns that have ended.
    private func askWhatIsOpen(_ source: TerminalAttachment) async {
        do {
            // Those of a running turn came as events.
            let open = try await core.openApprovals(of: source.session)
            guard isCurrent(source) else { return }
            for approval in open { ask(approval) }
            refresh()
        } catch {
            // What cannot be read now is asked at the next start.
        }
    }

    /// Learns anew what can be named in commands.
    func learnNames() async {
        // Nobody completes anything while the core is away.
        guard let names = try? await core.names() else { return }
        vocabulary.withLock { $0.names = names }
    }

    // MARK: Going to another session

    /// Leaves the session for `session`: what comes of the old one is shown no more.
    ///
    /// Its own events are shown by ``follow(_:)``.
    func attach(to session: SessionID, _ events: AsyncStream<Record>) -> TerminalAttachment {
        print(printer.flush())
        attachment.leave()
        attachment = TerminalAttachment(number: attachment.number + 1, session: session, events: events)
        interrupts.move(to: session)
        let isContinuing = prompt.isContinuing
        prompt = StatusPrompt(style: printer.style, name: session == options.session ? nil : session.shortName)
        prompt.isContinuing = isContinuing
        printer = EventPrinter(sender: options.sender, person: person, style: printer.style)
        board = ApprovalBoard(after: board)
        (introduced, shown, isOver, told) = (nil, nil, false, [])
        editor.print(printer.style.bold("attached to \(session)"))
        refresh()
        return attachment
    }

    /// Shows the end of what was said before, of which `history` tells.
    func showHistory(_ history: String) {
        let limit = 12
        let lines = TextFlow.lines(of: Printable(history).text, columns: terminal.size.columns)
        if lines.count > limit { show(Notice(.info, "… (/history shows more)")) }
        print(lines.suffix(limit).map(printer.style.dim))
        printer = EventPrinter(sender: options.sender, person: person, style: printer.style, history: history)
    }

    // MARK: Events and time

    /// Shows the events of `source` until they end, or it is left.
    func follow(_ source: TerminalAttachment) async {
        await source.untilLeft {
            for await record in source.events { await self.take(record, of: source) }
            await self.noteEnd(of: source)
        }
    }

    /// Keeps the time in the prompt right, until cancelled.
    func tick() async {
        while !Task.isCancelled {
            do {
                // Of a long answer some lines come only now.
                try await Task.sleep(for: prompt.isBusy ? .milliseconds(250) : .seconds(1))
            } catch {
                return  // cancelled
            }
            print(printer.catchUp() + printer.flush())
            refresh()
        }
    }

    private func noteEnd(of source: TerminalAttachment) {
        if isCurrent(source), !Task.isCancelled { isOver = true }
    }

    private func take(_ record: Record, of source: TerminalAttachment) async {
        guard isCurrent(source) else { return }
        switch record.event {
        case .started(let turn):
            interrupts.turnStarted(turn.id)
        case .finished:
            interrupts.turnEnded()
        case .approval(_, let approval) where approval.answer == nil:
            let isOpen = await isOpen(approval, in: source.session)
            guard isCurrent(source) else { return }
            if isOpen { ask(approval) }
        case .approval(_, let approval):
            board.close(approval.id)
        case .changed(.renewed), .deleted:
            interrupts.turnEnded()
            board.closeAll()
        case .accepted, .dropped, .steered, .unsteered, .stopping, .delta, .action, .stage, .changed, .shared, .notice,
            .revised:
            break
        }
        prompt.take(record.event, at: .now - .milliseconds(record.event.isStart ? age(ofTurn: record.time) : 0))
        print(printer.lines(for: record.event, columns: terminal.size.columns))
        await showNext(source)
        refresh()
    }

    /// `turn`, or whatever runs, is stopped here; without `isOwn` it was not, after all.
    func noteOwnStop(of turn: Turn.ID? = nil, in session: SessionID, isOwn: Bool) {
        guard session == self.session else { return }
        printer.noteOwnStop(of: turn, isOwn: isOwn)
        prompt.noteStop(of: turn, isTold: isOwn)
        refresh()
    }

    /// There was nothing to stop, while `turn` was thought to run: its end was missed, or its news is under way.
    func noteNothingStopped(of turn: Turn.ID, in session: SessionID) {
        guard session == self.session, prompt.running == turn else { return }
        interrupts.turnEnded()
        prompt.noteEnd()
        refresh()
    }

    func refresh() {
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
        let lines = TextFlow.lines(of: Printable(text).text, columns: terminal.size.columns, hangs: true)
        print(reply.ok ? lines : lines.map(printer.style.red))
    }

    func print(_ lines: [String]) {
        // Each with its end: an empty line is one, too.
        editor.print(lines.map { $0 + "\n" }.joined())
    }

    /// Tells whether a text of several lines was begun.
    func setContinuing(_ isContinuing: Bool) {
        prompt.isContinuing = isContinuing
        refresh()
    }

    /// A line typed here asks for `change`.
    func expect(_ change: SessionChange) { printer.expect(change) }

    /// What the line came to is known; shows what somebody else has changed and was taken for it.
    func settle(_ change: SessionChange, made: SessionChange?) { print(printer.settle(change, made: made)) }

    /// Says once that the core does not answer.
    func tellOfDelay() {
        guard !hasToldOfDelay else { return }
        hasToldOfDelay = true
        show(Notice(.info, "the core is moving to another process…"))
    }

    /// The core answers.
    func noteAnswer() { hasToldOfDelay = false }
}

extension Event {
    /// Whether it is the start of a turn.
    fileprivate var isStart: Bool { if case .started = self { true } else { false } }
}
