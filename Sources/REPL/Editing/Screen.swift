/// What the editor shows on the terminal: the line it edits, and above it what was printed.
struct Screen {
    private static let bell = "\u{7}"
    private static let pasteMarkersOn = "\u{1B}[?2004h"
    private static let pasteMarkersOff = "\u{1B}[?2004l"
    private static let clear = "\u{1B}[H\u{1B}[2J"

    let terminal: TerminalDevice
    var prompt: Prompt
    private var painter = Painter()
    /// Goes out with the next picture, so that the line does not flicker.
    private var pending = ""

    init(_ terminal: TerminalDevice, prompt: Prompt) {
        self.terminal = terminal
        self.prompt = prompt
    }

    mutating func open() {
        pending += Self.pasteMarkersOn
    }

    /// Shows `line`, below what was printed.
    ///
    /// Writes nothing when the terminal shows that already.
    mutating func show(_ line: EditedLine) {
        let size = terminal.size
        pending += painter.show(LineLayout(prompt: prompt, line: line, columns: size.columns), on: size)
        flush()
    }

    /// Puts whole lines above the edited line, with the next `show`.
    mutating func print(_ lines: String) {
        pending += painter.erase() + lines.replacing("\n", with: "\r\n")
    }

    /// Leaves `line` on the screen for good.
    mutating func finish(_ line: EditedLine, suffix: String = "") {
        pending += painter.finish(
            LineLayout(prompt: prompt, line: line, columns: terminal.size.columns), suffix: suffix)
        flush()
    }

    mutating func clear() {
        pending += painter.erase() + Self.clear
    }

    mutating func beep() {
        pending += Self.bell
    }

    /// Takes the edited line off the screen and asks the terminal for nothing more.
    mutating func close() {
        pending += painter.erase() + Self.pasteMarkersOff
        flush()
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        terminal.write(pending)
        pending = ""
    }
}
