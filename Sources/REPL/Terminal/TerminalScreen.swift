import Conversation

/// What a terminal shows of its session, above the typed line and as the prompt.
///
/// An actor, because events, the passing of time and the answers of commands all write to it.
actor TerminalScreen {
    private let editor: LineEditor
    private let terminal: TerminalDevice
    private let options: TerminalFront.Options
    private let interrupts: TerminalInterrupts
    private var printer: EventPrinter
    private var prompt: StatusPrompt

    init(editor: LineEditor, options: TerminalFront.Options, interrupts: TerminalInterrupts) {
        self.editor = editor
        self.options = options
        self.interrupts = interrupts
        terminal = LineEditor.Options().terminal
        let style = TextStyle(isColoured: options.isColoured)
        printer = EventPrinter(sender: options.sender, style: style)
        prompt = StatusPrompt(style: style)
    }

    /// Says where the conversation stands, and later which agent answers: its start must not keep the prompt waiting.
    func greet(_ hub: Hub) async {
        for notice in options.notices { show(notice) }
        do {
            let greeting = try await hub.greeting(of: options.session)
            let style = printer.style
            let place = "\(greeting.agent) · mode \(greeting.mode.rawValue) · \(greeting.session) · /help"
            editor.print("\(style.bold("cm")) \(greeting.version)\(style.dim(" · \(place)"))")
            if let last = greeting.last {
                let ending = last.status == .ok ? "" : ", whose last turn ended as \(last.status.rawValue)"
                show(Notice(.info, "goes on with the earlier conversation\(ending); /history shows it, /new leaves it"))
            }
            if let remark = greeting.remark { show(Notice(.warn, remark)) }
        } catch let error as HubError where error.code != .closed {
            show(Notice(.error, "\(error)"))
        } catch {
            // The person left before the agent answered.
        }
    }

    /// Says what is still to be done when the person leaves.
    func sayGoodbye(_ load: (running: Int, waiting: Int)) {
        if load.running > 0 {
            let turns = load.running == 1 ? "the running turn is" : "\(load.running) running turns are"
            show(Notice(.info, "\(turns) finished first; Ctrl-C stops \(load.running == 1 ? "it" : "them")"))
        }
        if load.waiting > 0 {
            let messages = load.waiting == 1 ? "1 waiting message runs" : "\(load.waiting) waiting messages run"
            show(Notice(.info, "\(messages) when cm chat starts again"))
        }
    }

    /// Shows events until they end.
    func follow(_ events: AsyncStream<Record>) async {
        for await record in events { take(record.event) }
    }

    /// Keeps the time in the prompt right, until cancelled.
    func tick() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
            } catch {
                return  // cancelled
            }
            if prompt.isBusy { editor.setPrompt(prompt.text(at: .now)) }
        }
    }

    func show(_ notice: Notice) { print(printer.lines(notice, columns: terminal.size.columns)) }

    /// Shows the answer of a command.
    func show(_ reply: CommandReply) {
        guard !reply.text.isEmpty else { return }
        let lines = TextFlow.lines(of: Printable(reply.text).text, columns: terminal.size.columns)
        print(reply.ok ? lines : lines.map(printer.style.red))
    }

    private func print(_ lines: [String]) {
        // Each with its end: an empty line is one, too.
        editor.print(lines.map { $0 + "\n" }.joined())
    }

    /// Tells whether a text of several lines was begun.
    func setContinuing(_ isContinuing: Bool) {
        guard prompt.isContinuing != isContinuing else { return }
        prompt.isContinuing = isContinuing
        editor.setPrompt(prompt.text(at: .now))
    }

    private func take(_ event: Event) {
        if case .started = event { interrupts.turnStarted() }
        if case .finished = event { interrupts.turnEnded() }
        let before = prompt.text(at: .now)
        prompt.take(event, at: .now)
        let lines = printer.lines(for: event, columns: terminal.size.columns)
        print(lines)
        let after = prompt.text(at: .now)
        if after != before { editor.setPrompt(after) }
    }
}
