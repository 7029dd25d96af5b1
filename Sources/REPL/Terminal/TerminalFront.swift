public import Conversation
import Locking

/// A terminal at which somebody types, as a front.
public struct TerminalFront: Front {
    /// How to talk at the terminal.
    public struct Options: Sendable {
        /// The session to talk in.
        public var session: SessionID
        /// Who types, for others to see.
        public var author: String
        /// Differs for every front of every process.
        public var sender: String
        /// What the turns of what is typed here may do without asking.
        public var approvals = ApprovalRule.none
        /// Whether colours are used.
        public var isColoured: Bool
        /// Where typed lines are kept between runs; nil: nowhere.
        public var historyPath: String?
        /// The version that is named at the beginning; nil for none.
        public var version: String?
        /// The environment of the person's own editor, and where it is named.
        public var environment: [String: String] = [:]
        /// Notices for the beginning, for example about the configuration.
        public var notices: [Notice] = []
        /// Notices that come later.
        public var news = AsyncStream<Notice> { nil }

        /// Creates options.
        public init(session: SessionID, author: String, sender: String, isColoured: Bool, historyPath: String?) {
            self.session = session
            self.author = author
            self.sender = sender
            self.isColoured = isColoured
            self.historyPath = historyPath
        }
    }

    /// The terminal could not be opened for editing.
    public struct Unusable: Error, CustomStringConvertible {
        /// Why, one line.
        public var description: String { "the terminal cannot be used: the process has no file descriptors left" }
    }

    private let options: Options
    private let terminal: TerminalDevice
    private let clock: any Clock<Duration>

    /// Creates a front that does nothing until ``run(_:)``.
    public init(options: Options) {
        self.init(options: options, terminal: LineEditor.Options().terminal, clock: ContinuousClock())
    }

    init(options: Options, terminal: TerminalDevice, clock: any Clock<Duration>) {
        self.options = options
        self.terminal = terminal
        self.clock = clock
    }

    /// Talks until the person leaves; a turn that runs then is finished first, unless it waits for an answer.
    ///
    /// It begins in the session of the options and goes to others with `/attach`. Throws ``HubError`` when the core ends
    /// before, and ``Unusable``.
    public func run(_ core: any Core) async throws {
        let interrupts = TerminalInterrupts(session: options.session)
        let vocabulary = Locked(Vocabulary())
        guard let editor = LineEditor(editing(interrupts, vocabulary)) else { throw Unusable() }
        let first = TerminalAttachment(
            number: 0, session: options.session,
            events: try await core.lastingEvents(of: options.session, answers: true))
        let screen = TerminalScreen(
            editor: editor, terminal: terminal, core: core, options: options, interrupts: interrupts,
            vocabulary: vocabulary, attachment: first)
        await screen.open()
        // Both unbounded: a person goes from one session to another, and the editor ends once.
        let (attachments, attached) = AsyncStream.makeStream(of: TerminalAttachment.self)
        attached.yield(first)
        let (editing, edited) = AsyncStream<Never>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await editor.run()
                edited.finish()
            }
            group.addTask { await Self.follow(attachments, on: screen) }
            group.addTask { await screen.tick() }
            group.addTask { for await notice in options.news { await screen.show(notice) } }
            defer { group.cancelAll() }
            try await TerminalConversation(
                core: core, editor: editor, screen: screen, options: options, interrupts: interrupts,
                attached: attached, clock: clock
            ).run()
            editor.stop()
            // Only with the terminal as it was before does Ctrl-C do what the goodbye says of it.
            for await _ in editing {}
            guard !Task.isCancelled else { return }
            await screen.sayGoodbye()
            await core.drain()
            // A turn that was to be finished first may have asked meanwhile.
            await screen.sayWhatWaits()
        }
    }

    private func editing(_ interrupts: TerminalInterrupts, _ vocabulary: Locked<Vocabulary>) -> LineEditor.Options {
        var editing = LineEditor.Options()
        editing.terminal = terminal
        editing.prompt = StatusPrompt(style: TextStyle(isColoured: options.isColoured)).text(ApprovalBoard(), at: .now)
        editing.historyPath = options.historyPath
        editing.environment = options.environment
        editing.onInterrupt = { interrupts.press(isLineEmpty: $0) ? .keepLine : .clearLine }
        editing.complete = { line in CommandCompletion(line: line, vocabulary.withLock { $0 }).candidates }
        return editing
    }

    /// Shows one session after the other, until cancelled.
    private static func follow(_ attachments: AsyncStream<TerminalAttachment>, on screen: TerminalScreen) async {
        await withDiscardingTaskGroup { group in
            for await attachment in attachments {
                group.addTask { await screen.follow(attachment) }
                group.addTask { await screen.introduce(attachment) }
            }
        }
    }
}
