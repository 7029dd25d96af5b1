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
        /// Notices for the beginning, for example about the configuration.
        public var notices: [Notice] = []

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

    /// Creates a front that does nothing until ``run(_:)``.
    public init(options: Options) { self.options = options }

    /// Talks until the person leaves; a turn that runs then is finished first, unless it waits for an answer.
    ///
    /// Throws ``HubError`` when the core ends before, and ``Unusable``.
    public func run(_ core: any Core) async throws {
        let interrupts = TerminalInterrupts()
        var editing = LineEditor.Options()
        editing.prompt = StatusPrompt(style: TextStyle(isColoured: options.isColoured)).text(ApprovalBoard(), at: .now)
        editing.historyPath = options.historyPath
        editing.onInterrupt = { interrupts.press(isLineEmpty: $0) ? .keepLine : .clearLine }
        let vocabulary = Locked(Vocabulary())
        editing.complete = { line in CommandCompletion(line: line, vocabulary.withLock { $0 }).candidates }
        guard let editor = LineEditor(editing) else { throw Unusable() }
        let screen = TerminalScreen(
            editor: editor, core: core, options: options, interrupts: interrupts, vocabulary: vocabulary)
        let events = try await core.events(of: options.session, answers: true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await editor.run() }
            group.addTask { await screen.follow(events) }
            group.addTask { await screen.tick() }
            group.addTask { await screen.greet() }
            defer { group.cancelAll() }
            try await TerminalConversation(
                core: core, editor: editor, screen: screen, options: options, interrupts: interrupts
            ).run()
            editor.stop()
            // Only with the terminal as it was before does Ctrl-C do what the goodbye says of it.
            for await _ in editor.events {}
            guard !Task.isCancelled else { return }
            await screen.sayGoodbye()
            await core.drain()
            // A turn that was to be finished first may have asked meanwhile.
            await screen.sayWhatWaits()
        }
    }
}
