import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@testable import REPL

@Suite(.serialized, .timeLimit(.minutes(5))) struct LineEditorTerminalTests {
    @Test func `After a resize the line is whole and nothing is doubled`() async throws {
        try await withEditor(columns: 40, rows: 20) { desk in
            desk.editor.print("above")
            try await desk.terminal.type("the quick brown fox jumps over the lazy dog and sleeps\u{1B}[D")
            try await desk.terminal.wait("expected the line") { $0.text.count == 3 && $0.cursor == [2, 15] }
            for columns in [20, 33, 100, 12, 60] {
                desk.terminal.resize(columns: columns, rows: 20)
                // The terminal's own reflow can look right at once: only what the editor drew since then counts.
                let drawn = desk.terminal.output.count
                desk.editor.noteResize()
                try await desk.terminal.wait("expected it in \(columns) columns") {
                    desk.terminal.output.count > drawn && $0.text.first == "above"
                        && $0.text.count == 1 + (56 + columns - 1) / columns
                        && $0.text.dropFirst().map { $0.count < columns ? $0 + " " : $0 }.joined()
                            .replacing("  ", with: " ").hasPrefix("> the quick brown fox jumps over the lazy dog")
                        && $0.cursor == [1 + 55 / columns, 55 % columns]
                }
            }
        }
    }

    @Test func `SIGWINCH is noticed without a key`() async throws {
        try await withEditor(columns: 40) { desk in
            try await desk.terminal.type(String(repeating: "x", count: 30))
            try await desk.terminal.wait("expected the line") { $0.text.count == 1 && $0.cursor == [0, 32] }
            desk.terminal.resize(columns: 20, rows: 20)
            kill(getpid(), SIGWINCH)
            try await desk.terminal.wait("expected it again") { $0.cursor == [1, 12] }
        }
    }

    @Test func `Stopping leaves the terminal as it was found`() async throws {
        let terminal = try PseudoTerminal()
        let found = terminal.modes
        var options = LineEditor.Options()
        options.terminal = terminal.device
        options.keyBindingsPath = nil
        let editor = try #require(LineEditor(options))
        async let run: Void = editor.run()
        try await terminal.wait(forLines: [">"])
        try await terminal.type("typed")
        try await terminal.wait(forLines: ["> typed"])
        #expect(terminal.modes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
        editor.stop()
        await run
        let left = terminal.modes
        #expect(left.c_lflag == found.c_lflag && left.c_iflag == found.c_iflag && left.c_oflag == found.c_oflag)
        try await terminal.wait("expected an empty screen") { $0.text == [] && !$0.hasPasteMarkers }
        for await event in editor.events { Issue.record("unexpected \(event)") }
    }

    @Test func `Cancelling the task stops the editor`() async throws {
        let terminal = try PseudoTerminal()
        var options = LineEditor.Options()
        options.terminal = terminal.device
        let editor = try #require(LineEditor(options))
        let run = Task { await editor.run() }
        try await terminal.wait(forLines: [">"])
        run.cancel()
        await run.value
    }

    @Test func `A terminal that is gone is the end of the input`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("typed")
            try await desk.terminal.wait(forLines: ["> typed"])
            desk.terminal.hangUp()
            #expect(await desk.nextEvent() == .eof)
            #expect(await desk.nextEvent() == nil)
        }
    }

    @Test func `Without a terminal the input ends at once`() async throws {
        var options = LineEditor.Options()
        let null = open("/dev/null", O_RDWR)
        defer { close(null) }
        options.terminal = TerminalDevice(input: null, output: null)
        let editor = try #require(LineEditor(options))
        await editor.run()
        var events = editor.events.makeAsyncIterator()
        #expect(await events.next() == .eof)
        #expect(await events.next() == nil)
    }
}
