import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Lets a person type lines at a terminal, while others print above them.
///
/// A class, because one terminal has one editor. All of libedit runs on one thread of its own, which exists while
/// `run()` does; every method may be called from any thread or task.
final class LineEditor: Sendable {
    enum Event: Equatable, Sendable {
        /// A line was submitted, without its end; pasted newlines are in it.
        case line(String)
        /// Ctrl-C was pressed, and `Options.onInterrupt` has decided about the line. `typed`: there was one.
        case interrupt(typed: Bool)
        /// A key of the offer was pressed, and its text typed if it wants one.
        case choice(KeyChoice)
        /// The person's editor has ended; the text it left, or `original` where it failed, is put into the line.
        case edited(DraftOutcome, original: String)
        /// Ctrl-D was pressed in an empty line, or the terminal is gone. The last event.
        case eof
    }

    /// What Ctrl-C does to the line being typed.
    enum InterruptAction: Sendable {
        /// Nothing is changed on the screen.
        case keepLine
        /// The line stays on the screen with "^C" behind it, and a new one begins.
        case clearLine
    }

    struct Options: Sendable {
        /// Both are the terminal, and stay open until `run()` has returned.
        var terminal = TerminalDevice(input: STDIN_FILENO, output: STDOUT_FILENO)
        var prompt = "> "
        /// Where submitted lines are kept between runs; nil: nowhere.
        var historyPath: String?
        /// The user's key bindings, in the format of ~/.editrc; nil: none.
        ///
        /// A missing file is none.
        var keyBindingsPath = LineEditor.userKeyBindings
        /// The environment of the person's own editor, and where it is named.
        var environment: [String: String] = [:]
        /// Asked when Ctrl-C is pressed; true: the line is empty.
        ///
        /// It runs on the editor's thread, which waits for it.
        var onInterrupt: @Sendable (_ isLineEmpty: Bool) -> InterruptAction = { $0 ? .keepLine : .clearLine }
        /// Asked for Tab, with the line up to the cursor: what the word at its end could be.
        ///
        /// On the editor's thread.
        var complete: @Sendable (_ line: String) -> [Completion] = { _ in [] }
    }

    /// What the user does.
    ///
    /// Unbounded, because a person makes it; it is finished when `run()` returns.
    let events: AsyncStream<Event>

    private let sink: AsyncStream<Event>.Continuation
    private let options: Options
    private let mailbox: EditorMailbox

    /// Nil when the process has no file descriptors left.
    init?(_ options: Options) {
        // Early, because it is for the whole process.
        UTF8Locale.adopt()
        guard let pipe = WakePipe() else { return nil }
        self.options = options
        mailbox = EditorMailbox(pipe: pipe, terminal: options.terminal, prompt: Prompt(options.prompt))
        (events, sink) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Edits until the input ends, `stop()` is called or the task is cancelled.
    ///
    /// When it returns the terminal is as it was, what was printed is on it, `events` is finished, and the editor's
    /// thread uses nothing any more. Call it once.
    func run() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isStarted = DetachedThread.start {
                    self.edit()
                    continuation.resume()
                }
                guard !isStarted else { return }
                sink.yield(.eof)
                close()
                continuation.resume()
            }
        } onCancel: {
            stop()
        }
    }

    /// Prints `text` above the line being typed, which stays as it is; a missing newline at the end is added.
    ///
    /// Texts appear in the order of the calls. Before `run()` they wait for it; after it they go straight out.
    /// Control characters and sequences reach the terminal as they are.
    func print(_ text: String) {
        guard !text.isEmpty else { return }
        mailbox.print(text.last?.isNewline == true ? text : text + "\n")
    }

    /// Changes what stands before the line; it may hold SGR colours, and is clipped to the terminal's width.
    ///
    /// With an `offer`, keys answer without Enter when ``OfferRule`` says so; the one before is withdrawn.
    func setPrompt(_ prompt: String, offer: KeyOffer? = nil) {
        mailbox.setPrompt(Prompt(prompt), offer: offer)
    }

    /// Opens `text` in the person's own editor, to which the terminal belongs until it ends.
    ///
    /// What is printed meanwhile waits. `events` tells of the end.
    func edit(_ text: String) {
        mailbox.edit(text)
    }

    /// Looks at the terminal's size again.
    ///
    /// SIGWINCH does that by itself while `run()` does its work.
    func noteResize() {
        mailbox.pipe.wake()
    }

    /// Ends `run()`.
    ///
    /// The line being typed is dropped.
    func stop() {
        mailbox.stop()
    }

    private func edit() {
        let resizes = ResizeSignal { [mailbox] in mailbox.pipe.wake() }
        withExtendedLifetime(resizes) {
            EditSession(options: options, mailbox: mailbox) { [sink] event in sink.yield(event) }.run()
        }
        close()
    }

    private func close() {
        mailbox.close()
        sink.finish()
    }

    /// `$EDITRC`, or ~/.editrc.
    ///
    /// Looked up here because libedit does not look where the C library lacks `issetugid`.
    private static var userKeyBindings: String? {
        if let path = getenv("EDITRC") { return String(cString: path) }
        return getenv("HOME").map { String(cString: $0) + "/.editrc" }
    }
}
