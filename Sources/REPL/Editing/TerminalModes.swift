#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The modes of a terminal as they were found.
struct TerminalModes {
    private let terminal: TerminalDevice
    private var found = termios()

    /// Nil when `terminal` is none.
    init?(of terminal: TerminalDevice) {
        self.terminal = terminal
        guard isatty(terminal.output) == 1, tcgetattr(terminal.input, &found) == 0 else { return nil }
    }

    /// Puts them back; a terminal that is gone needs none.
    func restore() {
        var modes = found
        while tcsetattr(terminal.input, TCSADRAIN, &modes) != 0, errno == EINTR {}
    }
}
