import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@testable import REPL

@Suite(.serialized, .timeLimit(.minutes(5))) struct LineEditorTests {
    @Test func `A typed line is delivered and stays on the screen`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("grüße 漢字 😀\r")
            #expect(await desk.nextEvent() == .line("grüße 漢字 😀"))
            try await desk.terminal.wait(forLines: ["> grüße 漢字 😀", ">"])
        }
    }

    @Test func `Lines that arrive in one go are delivered one by one`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("one\rtwo\r\rthree\r")
            for line in ["one", "two", "", "three"] { #expect(await desk.nextEvent() == .line(line)) }
        }
    }

    @Test func `Invalid UTF-8 and NUL are harmless`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type([0x61, 0xFF, 0x00, 0xC3, 0x28, 0xF0, 0x9F, 0x62, 0x0D])
            #expect(await desk.nextEvent() == .line("a\u{FFFD}\u{FFFD}(\u{FFFD}b"))
        }
    }

    @Test func `Alt-Enter inserts a newline, and the arrows move between the lines`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("one\u{1B}\rtwo\u{1B}[A!\u{1B}[B?\r")
            #expect(await desk.nextEvent() == .line("one!\ntwo?"))
            try await desk.terminal.wait(forLines: ["> one!", "two?", ">"])
        }
    }

    @Test func `A line that was longer than the screen is in the scrollback once`() async throws {
        try await withEditor(columns: 20, rows: 5) { desk in
            let text = (1...40).map { "word\($0)" }.joined(separator: " ")
            try await desk.terminal.type(text)
            try await desk.terminal.wait("expected its end") { $0.text.last?.hasSuffix("word40") == true }
            #expect(desk.terminal.screen.text.count <= 5)
            try await desk.terminal.type("\r")
            #expect(await desk.nextEvent() == .line(text))
            // Without the blanks, which are not seen at the ends of rows.
            try await desk.terminal.wait("expected all of it") {
                $0.text.joined().filter { $0 != " " } == ">\(text)>".filter { $0 != " " }
            }
        }
    }

    @Test func `Ctrl-C keeps the line when it is told to`() async throws {
        try await withEditor {
            $0.onInterrupt = { _ in .keepLine }
        } _: { desk in
            try await desk.terminal.type("half\u{3}")
            #expect(await desk.nextEvent() == .interrupt(typed: true))
            try await desk.terminal.type(" done\r")
            #expect(await desk.nextEvent() == .line("half done"))
            try await desk.terminal.wait(forLines: ["> half done", ">"])
        }
    }

    @Test func `Ctrl-C clears the line when it is told to`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("half\u{3}")
            #expect(await desk.nextEvent() == .interrupt(typed: true))
            try await desk.terminal.wait(forLines: ["> half^C", ">"])
            try await desk.terminal.type("\u{3}new\r")
            #expect(await desk.nextEvent() == .interrupt(typed: false))
            #expect(await desk.nextEvent() == .line("new"))
        }
    }

    @Test func `Ctrl-C works in the midst of a search and of a key sequence`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("\u{12}abc\u{3}")
            #expect(await desk.nextEvent() == .interrupt(typed: true))
            try await desk.terminal.type("x\u{16}\u{3}")
            #expect(await desk.nextEvent() == .interrupt(typed: true))
            try await desk.terminal.type("ok\r")
            #expect(await desk.nextEvent() == .line("ok"))
        }
    }

    @Test func `Ctrl-D deletes in a line and ends the input in an empty one`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("abc\u{1}\u{4}\r")
            #expect(await desk.nextEvent() == .line("bc"))
            try await desk.terminal.type("\u{4}")
            #expect(await desk.nextEvent() == .eof)
            #expect(await desk.nextEvent() == nil)
        }
    }

    @Test func `Tab completes one candidate, extends several and lists what is left`() async throws {
        try await withEditor {
            $0.complete = { line in
                ["/help", "/history", "/größe"].filter { $0.hasPrefix(line) }.map { Completion(word: $0) }
            }
        } _: { desk in
            try await desk.terminal.type("/g\t!\r")
            #expect(await desk.nextEvent() == .line("/größe !"))
            try await desk.terminal.type("/h\t")
            try await desk.terminal.wait("expected a list") { $0.text.suffix(3) == ["/help", "/history", "> /h"] }
            try await desk.terminal.type("i\tx\r")
            #expect(await desk.nextEvent() == .line("/history x"))
            try await desk.terminal.type("zzz\t")
            try await desk.terminal.wait("expected a bell") { $0.bells == 1 }
        }
    }

    @Test func `A paste with newlines is one line, submitted by Enter`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("a \u{1B}[200~one\r\ntwo\rthree\u{1B}[201~!\r")
            #expect(await desk.nextEvent() == .line("a one\ntwo\nthree!"))
            try await desk.terminal.wait(forLines: ["> a one", "two", "three!", ">"])
        }
    }

    @Test func `A paste ends a search and follows it`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("first\r\u{12}fir\u{1B}[200~X\u{1B}[201~\r")
            #expect(await desk.nextEvent() == .line("first"))
            #expect(await desk.nextEvent() == .line("Xfirst"))
        }
    }

    @Test func `A paste behind a lone Esc is not lost`() async throws {
        try await withEditor { desk in
            try await desk.terminal.type("\u{1B}\u{1B}[200~text\u{1B}[201~ok\r")
            let event = await desk.nextEvent()
            guard case .line(let line)? = event else {
                Issue.record("\(String(describing: event))")
                return
            }
            #expect(line.contains("text"))
        }
    }

    @Test func `A paste of a megabyte is shown as a placeholder and delivered whole`() async throws {
        try await withEditor { desk in
            let text = String(repeating: "0123456789abcde\n", count: 1 << 16)
            let start = ContinuousClock.now
            try await desk.terminal.type("look: \u{1B}[200~\(text)\u{1B}[201~.")
            try await desk.terminal.wait(forLines: ["> look: [pasted 1,048,576 characters #1]."])
            try await desk.terminal.type("\r")
            #expect(await desk.nextEvent() == .line("look: \(text)."))
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }
}
