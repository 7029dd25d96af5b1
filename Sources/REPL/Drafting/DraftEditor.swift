import Processes

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The person's own editor for texts.
struct DraftEditor {
    /// How long it may take to end once it is told to.
    private static let grace: Duration = .seconds(2)
    /// Those that are looked for when none is named.
    private static let usual = ["sensible-editor", "nano", "vi"]

    /// What people call it.
    let name: String
    let path: String
    let arguments: [String]
    private let environment: [String: String]

    /// The one that `VISUAL` names in `environment`, else `EDITOR`, else the first of the usual ones in its `PATH`.
    init(_ environment: [String: String]) throws(DraftFailure) {
        self.environment = environment
        for variable in ["VISUAL", "EDITOR"] {
            let value = environment[variable] ?? ""
            guard let words = CommandWords.split(value) else { throw .openQuote(variable: variable, value: value) }
            guard let program = words.first else { continue }
            guard let path = Executables.find(program, path: environment["PATH"]) else {
                throw .notFound(variable: variable, program: program)
            }
            (name, self.path, arguments) = (program, path, Array(words.dropFirst()))
            return
        }
        for name in Self.usual {
            guard let path = Executables.find(name, path: environment["PATH"]) else { continue }
            (self.name, self.path, arguments) = (name, path, [])
            return
        }
        throw .noEditor
    }

    /// Edits the file at `path`, and returns once the editor has ended and has given `terminal` back; ends it when `mailbox`
    /// says stop.
    func edit(_ path: String, at terminal: TerminalDevice, _ mailbox: EditorMailbox) throws(DraftFailure) {
        let program: ForegroundProgram
        do {
            program = try ForegroundProgram(
                self.path, arguments: arguments + [path], environment: environment, input: terminal.input,
                output: terminal.output
            ) { mailbox.pipe.wake() }
        } catch {
            throw .notStarted(error)
        }
        guard let status = end(of: program, mailbox) else {
            program.takeTerminalBack()
            throw .runsOn(editor: name)
        }
        guard status.isSuccess else { throw .ended(editor: name, status) }
    }

    /// How it ended; nil when it does not although it was told to.
    private func end(of program: ForegroundProgram, _ mailbox: EditorMailbox) -> ExitStatus? {
        // What it is told next, each a while after the other.
        var orders = [SIGTERM, SIGKILL][...]
        var next: ContinuousClock.Instant?
        while true {
            // First of all this, which forgets what has woken it.
            let isStopping = mailbox.isStopping
            if let status = program.status { return status }
            if isStopping, next.map({ $0 <= .now }) ?? true {
                guard let order = orders.popFirst() else { return nil }
                program.end(by: order)
                next = .now + Self.grace
            }
            let left = next.map { ContinuousClock.now.duration(to: $0) }
            mailbox.pipe.wait(milliseconds: left.map { max(0, Int32($0 / .milliseconds(1))) + 1 })
        }
    }
}
