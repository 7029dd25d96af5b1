import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@testable import REPL

@Suite(.serialized, .timeLimit(.minutes(5))) struct LineEditorHistoryTests {
    private func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/line-editor-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            for name in ["history", "editrc"] { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
        try await body(folder)
    }

    @Test func `The history is private, survives, and keeps lines of several rows`() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/history"
            try await withEditor {
                $0.historyPath = path
            } _: { desk in
                try await desk.terminal.type("first\r\u{1B}[200~two\\n\nlines\u{1B}[201~\r   \rlast\rlast\r")
                for line in ["first", "two\\n\nlines", "   ", "last", "last"] {
                    #expect(await desk.nextEvent() == .line(line))
                }
            }
            var status = stat()
            try #require(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(HistoryFile(path: path).load() == ["first", "two\\n\nlines", "last"])
            try await withEditor {
                $0.historyPath = path
            } _: { desk in
                try await desk.terminal.type("\u{1B}[A\u{1B}[A\r")
                #expect(await desk.nextEvent() == .line("two\\n\nlines"))
                try await desk.terminal.type("\u{12}fir\r")
                #expect(await desk.nextEvent() == .line("first"))
            }
        }
    }

    @Test func `A half-typed line of any length comes back from the history`() async throws {
        try await withEditor { desk in
            let long = String(repeating: "0123456789", count: 150)
            try await desk.terminal.type("old\r\(long)\u{1B}[A\u{1B}[B\r")
            #expect(await desk.nextEvent() == .line("old"))
            #expect(await desk.nextEvent() == .line(long))
        }
    }

    @Test func `A history that cannot be read or written is as good as none`() async throws {
        for path in ["/nonexistent/history", "/", "/dev/null/x"] {
            try await withEditor {
                $0.historyPath = path
            } _: { desk in
                try await desk.terminal.type("line\r")
                #expect(await desk.nextEvent() == .line("line"))
            }
        }
    }

    @Test func `The user's bindings are respected, in vi too`() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/editrc"
            let file = try #require(fopen(path, "w"))
            fputs("bind -v\nbind ^G ed-move-to-beg\nbind ^C ed-insert\n", file)
            fclose(file)
            try await withEditor {
                $0.keyBindingsPath = path
                $0.complete = { _ in [Completion(word: "whole")] }
            } _: { desk in
                try await desk.terminal.type("bc\u{7}a")
                try await desk.terminal.wait(forLines: ["> abc"])
                try await desk.terminal.type("\u{1B}")
                try await desk.terminal.type("x")
                try await desk.terminal.wait(forLines: ["> bc"])
                try await desk.terminal.type("\r")
                #expect(await desk.nextEvent() == .line("bc"))
                try await desk.terminal.type("w\t")
                try await desk.terminal.wait(forLines: ["> bc", "> whole"])
                try await desk.terminal.type("\u{3}")
                #expect(await desk.nextEvent() == .interrupt(typed: true))
            }
        }
    }
}
