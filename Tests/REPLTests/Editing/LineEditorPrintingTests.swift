import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@testable import REPL

@Suite(.serialized, .timeLimit(.minutes(5))) struct LineEditorPrintingTests {
    @Test func `Printed text appears above the line, and line and cursor stay`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("hello\u{1B}[D\u{1B}[D")
            try await desk.terminal.wait("expected the line") { $0.text == ["> hello"] && $0.cursor == [0, 5] }
            desk.editor.print("one\ntwo")
            desk.editor.print("three\n")
            try await desk.terminal.wait("expected the text") {
                $0.text == ["one", "two", "three", "> hello"] && $0.cursor == [3, 5]
            }
        }
    }

    @Test func `Printing from many tasks loses and repeats nothing`() async throws {
        try await withEditor(columns: 40, rows: 6) { desk in
            try await desk.terminal.type("typed")
            let editor = desk.editor
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask { for line in 0..<50 { editor.print("\(task):\(line)") } }
                }
            }
            try await desk.terminal.wait("expected 400 lines") { $0.text.count == 401 && $0.text.last == "> typed" }
            let lines = desk.terminal.screen.text.dropLast()
            for task in 0..<8 {
                let own = lines.filter { $0.hasPrefix("\(task):") }
                #expect(own == (0..<50).map { "\(task):\($0)" })
            }
        }
    }

    @Test func `A long text is printed whole`() async throws {
        try await withEditor { desk in
            let lines = (0..<20_000).map { "line \($0) of a long text" }
            desk.editor.print(lines.joined(separator: "\n"))
            try await desk.terminal.wait("expected all of it") { $0.text.count == 20_001 }
            #expect(desk.terminal.screen.text.dropLast() == lines[...])
        }
    }

    @Test func `What is printed before the start and after the end is not lost`() async throws {
        let terminal = try PseudoTerminal()
        var options = LineEditor.Options()
        options.terminal = terminal.device
        options.keyBindingsPath = nil
        let editor = try #require(LineEditor(options))
        editor.print("before")
        async let run: Void = editor.run()
        try await terminal.wait(forLines: ["before", ">"])
        editor.print("last")
        editor.stop()
        await run
        editor.print("after")
        try await terminal.wait(forLines: ["before", "last", "after"])
    }

    @Test func `The prompt changes in place`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("typed\u{1B}[D")
            try await desk.terminal.wait("expected the line") { $0.text == ["> typed"] && $0.cursor == [0, 6] }
            desk.editor.setPrompt("\u{1B}[32mcm\u{1B}[0m · 12s » ")
            try await desk.terminal.wait("expected the prompt") {
                $0.text == ["cm · 12s » typed"] && $0.cursor == [0, 15]
            }
        }
    }

    @Test func `Nothing is written while nothing happens`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("x")
            try await desk.terminal.wait(forLines: ["> x"])
            let count = desk.terminal.output.count
            for _ in 0..<5 { desk.editor.noteResize() }
            desk.editor.setPrompt("> ")
            try await desk.terminal.type("y")
            try await desk.terminal.wait(forLines: ["> xy"])
            #expect(desk.terminal.output[count...] == [UInt8(ascii: "y")])
        }
    }

    @Test func `Ctrl-L clears the screen and keeps the line`() async throws {
        try await withEditor(columns: 20, rows: 6) { desk in
            desk.editor.print("above")
            try await desk.terminal.type("typed\u{1B}[D\u{C}")
            try await desk.terminal.wait("expected the line alone") { $0.text == ["> typed"] && $0.cursor == [0, 6] }
            desk.editor.print("next")
            try await desk.terminal.wait(forLines: ["next", "> typed"])
        }
    }
}
