import Testing

@testable import REPL

/// A running editor, and the terminal it runs at.
struct Desk {
    let terminal: PseudoTerminal
    let editor: LineEditor

    /// Waits for what the user did next; nil when there is nothing more.
    func nextEvent() async -> LineEditor.Event? {
        var events = editor.events.makeAsyncIterator()
        return await events.next(isolation: #isolation)
    }
}

/// Runs `body` with an editor that has no history and no bindings of a user, and stops it.
func withEditor(
    columns: Int = 60, rows: Int = 20,
    configure: (inout LineEditor.Options) -> Void = { _ in },
    _ body: (Desk) async throws -> Void
) async throws {
    let terminal = try PseudoTerminal(columns: columns, rows: rows)
    var options = LineEditor.Options()
    options.terminal = terminal.device
    options.keyBindingsPath = nil
    configure(&options)
    let editor = try #require(LineEditor(options))
    async let run: Void = editor.run()
    let result: Result<Void, any Error>
    do {
        // Before that the kernel echoes what is typed.
        try await terminal.wait("expected a prompt") { $0.hasPasteMarkers }
        try await body(Desk(terminal: terminal, editor: editor))
        result = .success(())
    } catch {
        result = .failure(error)
    }
    editor.stop()
    await run
    try result.get()
}
