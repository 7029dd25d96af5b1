/// What the editor shows on the terminal: the line it edits, and above it what was printed.
struct Screen {
    private static let bell = "\u{7}"
    private static let pasteMarkersOn = "\u{1B}[?2004h"
    private static let pasteMarkersOff = "\u{1B}[?2004l"
    private static let clear = "\u{1B}[H\u{1B}[2J"

    /// Leaves the alternate screen, where the terminal is there, and has the cursor shown, no colours, no mouse, and the
    /// keys send what they usually do.
    private static let reset =
        "\u{1B}7\u{1B}[?1049l\u{1B}[0m\u{1B}[?25h\u{1B}[?1l\u{1B}>"
        + ["1000", "1002", "1003", "1006"].map { "\u{1B}[?\($0)l" }.joined()

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

    /// Goes on after `close()` and another program, which may have left the cursor anywhere.
    ///
    /// One that was cut off may have left more behind.
    mutating func reopen(afterCut wasCutOff: Bool) {
        if wasCutOff { pending += Self.reset }
        // As many blanks as there are columns stay in the row when they begin at its start, else they end in the next.
        pending += String(repeating: " ", count: terminal.size.columns) + "\r\u{1B}[K" + Self.pasteMarkersOn
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
