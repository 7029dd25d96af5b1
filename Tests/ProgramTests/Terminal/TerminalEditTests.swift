import Foundation
import Testing

extension BuiltProgramTests {
    /// A person at a terminal who writes in an editor of their own.
    @Suite(.timeLimit(.minutes(1))) struct TerminalEditTests {
        /// Has `script` as the editor; `$1` is the file, and what it writes into its directory is in `editor/`.
        private func program(_ script: String) throws -> Program {
            var program = try Program()
            try program.write("PATH=/usr/bin:/bin; cd '\(program.path("editor"))'\n\(script)\n", to: "editor/script")
            // Through the shell: a file that was written just now may not be executed yet.
            program.environment["EDITOR"] = "/bin/sh '\(program.path("editor/script"))'"
            return program
        }

        private func start(_ program: Program) async throws -> Run {
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            try await run.output.read(through: "» ")
            return run
        }

        private func file(_ name: String, of program: Program) throws -> String {
            try String(contentsOfFile: program.path("editor/\(name)"), encoding: .utf8)
        }

        private func leftovers(of program: Program) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: program.path("tmp")).filter { $0.hasPrefix("cm-edit") }
        }

        @Test func `a text is edited in a private file, and goes out with Enter`() async throws {
            var program = try program(
                #"stat -c %a "$1" "${1%/*}" > modes; cat "$1" > seen; env > variables; printf 'new\ntext\n' > "$1""#)
            program.environment["TELEGRAM_CHAT_ID"] = "5"
            program.environment["OPENAI_API_KEY"] = "sk-for-nobody"
            program.environment["EDITOR_OPTION"] = "kept"
            let run = try await start(program)
            run.send("/ed\tan old text\r")
            try await run.output.read(through: "» new\ntext")
            #expect(try file("modes", of: program) == "600\n700\n")
            #expect(try file("seen", of: program) == "an old text\n")
            let variables = try file("variables", of: program)
            #expect(variables.contains("EDITOR_OPTION=kept\n"))
            #expect(!variables.contains("TELEGRAM") && !variables.contains("sk-for-nobody"))
            #expect(try leftovers(of: program) == [])
            run.send("\r")
            try await run.output.read(through: "cannot work on “new text”")
        }

        @Test func `an editor that fails leaves the text in the line`() async throws {
            let program = try program(#"echo lost > "$1"; exit 3"#)
            let run = try await start(program)
            run.send("/edit an old text\r")
            try await run.output.read(through: "/bin/sh exited with code 3; your text is in the line")
            try await run.output.read(through: "» an old text")
            #expect(try leftovers(of: program) == [])
            run.send("\r")
            try await run.output.read(through: "cannot work on “an old text”")
        }

        @Test func `Ctrl-C and Ctrl-Z are the editor's, and the turn goes on`() async throws {
            // Without a handler the shell would end by the one, and be stopped for good by the other.
            var program = try program(
                #"trap 'echo caught' INT; echo open; until read -r line; do :; done; echo "$line" > "$1""#)
            try program.useStandIn("hang")
            let run = try await start(program)
            run.send("hello\r")
            try await run.output.read(through: " s » ")
            run.send("/edit\r")
            try await run.output.read(through: "open")
            run.send("\u{3}")
            try await run.output.read(through: "caught")
            run.send("\u{1A}")
            try await run.output.read(through: "^Z")
            run.send("/status\n")
            try await run.output.read(through: " s » /status")
            run.send("\r")
            try await run.output.read(through: "running    hello")
            #expect(run.output.text.count(of: "stopp") == 0)
        }

        @Test func `what is said while the editor is open appears behind it, once`() async throws {
            var program = try program(#"echo open; read -r line; echo "$line" > "$1""#)
            try program.useStandIn("directed")
            let run = try await start(program)
            let gate = program.gate()
            run.send("[[say: alpha omega]] \(gate.hold)\r")
            try await program.agentHasBeenAsked()
            run.send("/edit\r")
            try await run.output.read(through: "open")
            try gate.open()
            // Its turn comes only after the one above.
            let other = try await program.run("chat", input: "[[say: said elsewhere]]\n")
            #expect(other.output == "said elsewhere\n")
            run.send("written\n")
            let shown = try await run.output.read(through: "» written")
            #expect(!shown.prefix(while: { $0 != "w" }).contains("omega"))
            #expect(shown.count(of: "omega") == 1)
            #expect(shown.count(of: "said elsewhere\n") == 1)
        }

        @Test func `SIGTERM ends the editor too, and gives the terminal back`() async throws {
            let program = try program("stty raw -echo; echo open; sleep 600")
            let run = try await start(program)
            run.send("/edit a text\r")
            try await run.output.read(through: "open")
            run.signal(SIGTERM)
            #expect(try await run.ended().status == 130)
            #expect(run.terminal?.modesAtTheEnd == (try PseudoTerminal().modes))
            #expect(try leftovers(of: program) == [])
        }
    }
}
