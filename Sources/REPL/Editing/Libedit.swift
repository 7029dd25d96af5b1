import CEditLine
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Who reads the keyboard for libedit and carries out our own commands, both on the thread that is in `readLine`.
protocol LibeditClient: AnyObject {
    /// The next key; nil ends `readLine`.
    func nextKey() -> Unicode.Scalar?
    func perform(_ command: EditorCommand) -> CommandOutcome
}

/// How editing goes on after a command.
enum CommandOutcome {
    case sameLine
    /// Cursor, history and half-typed key sequences start afresh; the text is dropped.
    case newLine
}

/// libedit: the keys of emacs and vi, and the text they edit.
///
/// It draws nothing: its output is /dev/null, and who uses it draws `line`. libedit's own drawing counts a combining
/// character as a column, loses track when something else is printed, and repeats the rows of a line that is taller
/// than the terminal.
///
/// It belongs to one thread, and is not `Sendable`.
final class Libedit {
    private let handle: OpaquePointer
    private let history: OpaquePointer
    private let null: UnsafeMutablePointer<FILE>
    private unowned let client: any LibeditClient

    /// Nil when there is no memory for it.
    init?(_ terminal: TerminalDevice, client: any LibeditClient) {
        guard let null = fopen("/dev/null", "r+") else { return nil }
        guard let history = history_winit() else {
            fclose(null)
            return nil
        }
        guard let handle = Self.makeHandle(for: terminal, null: null) else {
            history_wend(history)
            fclose(null)
            return nil
        }
        self.handle = handle
        self.history = history
        self.null = null
        self.client = client
        // Unretained: libedit calls back only from within `readLine`, a method of the object the pointer names.
        ceditline_set_client(handle, Unmanaged.passUnretained(self).toOpaque())
        ceditline_set_getchar(handle) { handle, key in Libedit.behind(handle).readKey(into: key) }
        // Its handlers would send signals to the whole process group.
        ceditline_set_signal(handle, 0)
        ceditline_keep_raw(handle)
        ceditline_history_limit(history, Int32(LineHistory.limit))
        ceditline_set_history(handle, history)
    }

    deinit {
        el_end(handle)
        history_wend(history)
        fclose(null)
    }

    /// What is in the line now; while searching, the search too.
    var line: EditedLine {
        guard let line = el_wline(handle)?.pointee else { return EditedLine() }
        return EditedLine(
            text: String(wide: line.buffer, count: line.lastchar - line.buffer),
            cursor: line.cursor - line.buffer
        )
    }

    /// Edits until a command ends it; nil when `nextKey` did, or Ctrl-D.
    func readLine() -> String? {
        var count: Int32 = 0
        guard let line = el_wgets(handle, &count), count > 0 else {
            el_reset(handle)
            return nil
        }
        return String(wide: line, count: Int(count))
    }

    func insert(_ text: String) {
        guard !text.isEmpty else { return }
        _ = text.withWideCharacters { el_winsertstr(handle, $0) }
    }

    func deleteBeforeCursor(_ count: Int) {
        el_deletestr(handle, Int32(count))
    }

    /// Puts `text` in place of the whole line, with the cursor behind it.
    func replaceLine(with text: String) {
        let length = line.text.unicodeScalars.count
        moveCursor(by: length)
        deleteBeforeCursor(length)
        insert(text)
    }

    /// Moves by scalars, as far as the line goes.
    func moveCursor(by distance: Int) {
        _ = el_cursor(handle, Int32(distance))
    }

    /// Makes a line known to the search.
    func remember(_ line: String) {
        _ = line.withWideCharacters { ceditline_history_enter(history, $0) }
    }
}

extension Libedit {
    /// How many there have been.
    ///
    /// The lock is what matters: termcap, which libedit uses at its start, is not made for several threads.
    private static let made = Locked(0)

    private static func makeHandle(for terminal: TerminalDevice, null: UnsafeMutablePointer<FILE>) -> OpaquePointer? {
        made.withLock { made in
            made += 1
            // The descriptors are for the terminal's modes and size, the files for what it would read and draw.
            let handle = el_init_fd("cm", null, null, null, terminal.input, terminal.output, terminal.output)
            if let handle { ceditline_forget_terminal(handle) }
            return handle
        }
    }

    private static func behind(_ handle: OpaquePointer?) -> Libedit {
        // Set in `init`, before any callback can come; alive, because a method of it is on the stack.
        Unmanaged<Libedit>.fromOpaque(ceditline_client(handle)!).takeUnretainedValue()
    }

    private func readKey(into key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        guard let scalar = client.nextKey() else { return -1 }
        key?.pointee = wchar_t(bitPattern: scalar.value)
        return 1
    }

    private func run(_ command: EditorCommand) -> UInt8 {
        switch client.perform(command) {
        case .sameLine: UInt8(CC_REFRESH)
        case .newLine: UInt8(CC_FATAL)
        }
    }

    /// A function for libedit; it is handed no context, so every command needs one of its own.
    private static func function(for command: EditorCommand) -> ceditline_command {
        switch command {
        case .acceptLine: { handle, _ in Libedit.behind(handle).run(.acceptLine) }
        case .insertNewline: { handle, _ in Libedit.behind(handle).run(.insertNewline) }
        case .complete: { handle, _ in Libedit.behind(handle).run(.complete) }
        case .olderLine: { handle, _ in Libedit.behind(handle).run(.olderLine) }
        case .newerLine: { handle, _ in Libedit.behind(handle).run(.newerLine) }
        case .clearScreen: { handle, _ in Libedit.behind(handle).run(.clearScreen) }
        case .insertPaste: { handle, _ in Libedit.behind(handle).run(.insertPaste) }
        }
    }

    /// The names of our commands, which libedit keeps: they are never freed.
    ///
    /// `nonisolated(unsafe)`: nothing writes to them, or through them, after this initialisation.
    nonisolated(unsafe) private static let names = Dictionary(
        uniqueKeysWithValues: EditorCommand.allCases.map { ($0, $0.rawValue.immortalWideCharacters()) })
}

extension Libedit {
    /// Whether the keys are those of vi.
    var isVi: Bool {
        guard let name = ceditline_keymap(handle) else { return false }
        return String(wide: name, count: wcslen(name)) == "vi"
    }

    /// Binds our keys, and then those of the user's file, if there is one.
    func bindKeys(userFile: String?) {
        for command in EditorCommand.allCases {
            let name = Self.names[command]
            ceditline_add_command(handle, name, name, Self.function(for: command))
        }
        "emacs".withWideCharacters { _ = ceditline_set_keymap(handle, $0) }
        bindDefaults()
        if let userFile { _ = el_source(handle, userFile) }
        // `bind -v` has put vi's own keys in place of all others.
        if isVi { bindDefaults() }
        for (key, command) in KeyBindings.fixed {
            bind(key, to: command.rawValue)
            bind(key, to: command.rawValue, inCommandMode: true)
        }
    }

    private func bindDefaults() {
        for (key, command) in KeyBindings.own { bind(key, to: command.rawValue) }
        for (key, command) in KeyBindings.sequences { bind(key, to: command, inCommandMode: isVi) }
        for (key, command) in isVi ? KeyBindings.vi : KeyBindings.emacs { bind(key, to: command, inCommandMode: isVi) }
    }

    private func bind(_ key: String, to command: String, inCommandMode: Bool = false) {
        key.withWideCharacters { key in
            command.withWideCharacters { command in
                let bind = inCommandMode ? ceditline_bind_alternative : ceditline_bind
                _ = bind(handle, key, command)
            }
        }
    }
}
