import Conversation
import Foundation
import Processes
import Testing

@testable import REPL

/// The person's own editor at the terminal of the line editor.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LineEditorDraftTests {
    private func withEditor(_ script: String, _ body: (Desk, ScriptedEditor) async throws -> Void) async throws {
        let scripted = try ScriptedEditor(script)
        try await REPLTests.withEditor {
            $0.environment = scripted.environment
        } _: { desk in
            try await body(desk, scripted)
        }
        #expect(try scripted.leftovers == [])
    }

    @Test func `What the editor leaves comes into the line, and is submitted by Enter`() async throws {
        try await withEditor(#"cat "$1" > seen; printf 'one\ntwo\n\n' > "$1""#) { desk, scripted in
            desk.editor.edit("before")
            try await desk.terminal.wait(forLines: ["> one", "two"])
            #expect(await desk.nextEvent() == .edited(.written("one\ntwo"), original: "before"))
            #expect(try scripted.file("seen") == "before\n")
            #expect(try scripted.leftovers == [])
            try await desk.terminal.type("!\r")
            #expect(await desk.nextEvent() == .line("one\ntwo!"))
        }
    }

    @Test func `A long text is kept aside like one that was pasted`() async throws {
        try await withEditor(#"seq 100 > "$1""#) { desk, _ in
            desk.editor.edit("")
            try await desk.terminal.wait(forLines: ["> [pasted 291 characters #1]"])
            _ = await desk.nextEvent()
            try await desk.terminal.type("\r")
            #expect(await desk.nextEvent() == .line((1...100).map(String.init).joined(separator: "\n")))
        }
    }

    @Test(
        arguments: [
            ("echo lost > \"$1\"; exit 3", .ended(editor: "sh", .exited(3))),
            ("kill -9 $$", .ended(editor: "sh", .signalled(SIGKILL))), ("rm \"$1\"", .unreadable(errno: ENOENT)),
            ("rm \"$1\"; mkdir \"$1\"", .unreadable(errno: EISDIR)), ("printf '\\377' > \"$1\"", .notText),
            ("head -c 17000000 /dev/zero > \"$1\"", .tooLarge),
        ] as [(String, DraftFailure)])
    func `When the editor fails, its text is in the line as it was`(script: String, failure: DraftFailure) async throws
    {
        try await withEditor(script) { desk, _ in
            desk.editor.edit("before")
            #expect(await desk.nextEvent() == .edited(.failed(failure), original: "before"))
            try await desk.terminal.wait(forLines: ["> before"])
        }
    }

    enum End { case ended, stopped, hungUp }

    private static func whenTold(_ deed: String) -> String { "trap '\(deed)' TERM\necho open; sleep 600 & wait" }

    @Test(
        arguments: [
            (#"echo saved > "$1"; kill -9 $$"#, .ended), (#"echo saved > "$1"; exit 137"#, .ended),
            (whenTold(#"echo saved > "$1.save"; exit 1"#), .stopped),
            (whenTold(#"echo saved > "$1"; exit 0"#), .stopped),
            (#"echo open; read -r line; echo saved > "$1.save"; exit 1"#, .hungUp),
        ] as [(String, End)])
    func `What an editor saved that was cut off stays, and is told`(script: String, end: End) async throws {
        let scripted = try ScriptedEditor(script)
        try await REPLTests.withEditor {
            $0.environment = scripted.environment
        } _: { desk in
            desk.editor.edit("before")
            if end != .ended { try await desk.terminal.wait(forLines: ["open"]) }
            if end == .stopped { desk.editor.stop() }
            if end == .hungUp { desk.terminal.hangUp() }
            let event = await desk.nextEvent()
            guard case .edited(let outcome, original: "before") = event, case .failed(_, let left?) = outcome else {
                Issue.record("\(String(describing: event))")
                return
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: left)
            let texts = try files.map { try String(contentsOfFile: "\(left)/\($0)", encoding: .utf8) }
            #expect(texts.contains("saved\n"))
            #expect(outcome.notice(of: "before")?.text.hasSuffix("; what the editor saved is in \(left)") == true)
            switch end {
            case .ended: try await desk.terminal.wait(forLines: ["> before"])
            case .stopped:
                try await desk.terminal.wait("expected where it is") { screen in
                    screen.text.contains { $0.hasPrefix("what the editor saved is in /tmp/") }
                }
            case .hungUp: break
            }
        }
    }

    @Test func `What is left in place of the file when an editor was killed is not waited for`() async throws {
        let scripted = try ScriptedEditor(#"rm "$1"; mkfifo "$1"; kill -9 $$"#)
        try await REPLTests.withEditor {
            $0.environment = scripted.environment
        } _: { desk in
            desk.editor.edit("before")
            try await desk.terminal.wait(forLines: ["> before"])
        }
    }

    @Test func `A pipe in place of the file is not waited for`() async throws {
        try await withEditor(#"rm "$1"; mkfifo "$1""#) { desk, _ in
            desk.editor.edit("before")
            #expect(await desk.nextEvent() == .edited(.blank, original: "before"))
        }
    }

    @Test func `A blank file leaves the line empty`() async throws {
        try await withEditor(#"printf ' \n\n' > "$1""#) { desk, _ in
            desk.editor.edit("before")
            #expect(await desk.nextEvent() == .edited(.blank, original: "before"))
            try await desk.terminal.type("after\r")
            #expect(await desk.nextEvent() == .line("after"))
        }
    }

    @Test func `Without an editor the text is in the line`() async throws {
        try await REPLTests.withEditor { desk in
            desk.editor.edit("before")
            #expect(await desk.nextEvent() == .edited(.failed(.noEditor), original: "before"))
            try await desk.terminal.wait(forLines: ["> before"])
        }
    }

    @Test func `The terminal is the editor's: output waits for its end, and no key goes past it`() async throws {
        try await withEditor(#"stty -a > modes; echo open; read -r line; printf '%s' "$line" > "$1""#) {
            desk, scripted in
            desk.editor.edit("")
            try await desk.terminal.wait("expected the editor") { $0.text == ["open"] && !$0.hasPasteMarkers }
            #expect(try scripted.file("modes").contains(" icanon"))
            desk.editor.print("meanwhile")
            try await desk.terminal.type("typed\nleft\nmore")
            try await desk.terminal.wait("expected the text") { $0.text.last == "> typed" && $0.hasPasteMarkers }
            #expect(desk.terminal.screen.text.count { $0 == "meanwhile" } == 1)
            #expect(desk.terminal.screen.text.suffix(2) == ["meanwhile", "> typed"])
            #expect(desk.terminal.modes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
            #expect(await desk.nextEvent() == .edited(.written("typed"), original: ""))
            try await desk.terminal.type("\r")
            #expect(await desk.nextEvent() == .line("typed"))
        }
    }

    @Test func `A resize meanwhile is noticed, and the end of a row that was not finished stays`() async throws {
        try await withEditor(#"echo open; read -r line; printf 'no end'; echo "$line$line" > "$1""#) { desk, _ in
            desk.editor.edit("")
            try await desk.terminal.wait(forLines: ["open"])
            desk.terminal.resize(columns: 12, rows: 20)
            try await desk.terminal.type("0123456\n")
            try await desk.terminal.wait(forLines: ["open", "0123456", "no end", "> 0123456012", "3456"])
        }
    }

    @Test func `A terminal that goes takes the editor along, and is the end of the input`() async throws {
        try await withEditor("echo open; read -r line") { desk, _ in
            desk.editor.edit("")
            try await desk.terminal.wait(forLines: ["open"])
            desk.terminal.hangUp()
            #expect(await desk.nextEvent() == .edited(.failed(.ended(editor: "sh", .exited(1))), original: ""))
            #expect(await desk.nextEvent() == .eof)
        }
    }

    @Test(arguments: ["", "trap '' TERM"])
    func `Stopping ends the editor, also one that does not want to`(way: String) async throws {
        try await withEditor("\(way)\necho open; sleep 600; sleep 600") { desk, _ in
            desk.editor.edit("before")
            try await desk.terminal.wait("expected the editor") { $0.text == ["open"] }
        }
    }

    @Test func `Stopping lets an editor behind a script end as it wants to, before the terminal is taken back`()
        async throws
    {
        let inner = "trap 'sleep 0.2; echo saved > ended; exit' TERM; echo open; sleep 600 & wait"
        try await withEditor("sh -c \"\(inner)\"") { desk, scripted in
            desk.editor.edit("")
            try await desk.terminal.wait(forLines: ["open"])
            desk.editor.stop()
            #expect(await desk.nextEvent() == .edited(.failed(.ended(editor: "sh", .signalled(SIGTERM))), original: ""))
            #expect(try scripted.file("ended") == "saved\n")
        }
    }

    @Test func `Stopping leaves nothing of an editor behind a script that does not want to end`() async throws {
        try await withEditor("sh -c \"trap '' TERM; echo \\$\\$ > inner; echo open; while :; do sleep 600; done\"") {
            desk, scripted in
            desk.editor.edit("")
            try await desk.terminal.wait(forLines: ["open"])
            let inner = try #require(pid_t(scripted.file("inner").dropLast()))
            desk.editor.stop()
            _ = await desk.nextEvent()
            // Nothing tells of the end of a process that is nobody's child here.
            while ProcessTable().entries[inner].map({ !$0.hasEnded }) ?? false {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    @Test func `A second text is not opened once it is to stop`() async throws {
        try await withEditor("echo x >> opened; echo open; read -r line") { desk, scripted in
            desk.editor.edit("first")
            try await desk.terminal.wait("expected the editor") { $0.text == ["open"] }
            // Both are there when the first one has ended.
            desk.editor.edit("second")
            desk.editor.edit("third")
            try await desk.terminal.type("\n")
            try await desk.terminal.wait("expected the next one") { $0.text.count { $0 == "open" } == 2 }
            desk.editor.stop()
            while await desk.nextEvent() != nil {}
            #expect(try scripted.file("opened") == "x\nx\n")
        }
    }
}
