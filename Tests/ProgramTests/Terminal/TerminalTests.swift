import Foundation
import Testing

extension BuiltProgramTests {
    /// A person at a terminal, and the agent that needs nothing.
    @Suite(.timeLimit(.minutes(1))) struct TerminalTests {
        /// Starts at a terminal and returns once the prompt is there and who answers was told.
        private func start(_ program: Program) async throws -> Run {
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            try await run.output.read(through: "» ")
            return run
        }

        @Test func `it says what it is and who answers`() async throws {
            let run = try Program().startAtTerminal("chat")
            try await run.output.read(through: "cm 0.1.0 · ")
            #expect(try await run.output.read(through: "/help").contains("tty:default"))
            try await run.output.read(through: "agent offline · mode single")
            try await run.output.read(through: "cm» ")
        }

        @Test func `the first line does not wait for the agent`() async throws {
            var program = try Program()
            program.environment["CM_CODEX_HANDSHAKE_TIMEOUT"] = "60"
            try program.useStandIn("silent")
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "cm 0.1.0 · tty:default · /help")
        }

        @Test func `/attach goes to another session and back, and what is typed stays`() async throws {
            let program = try Program()
            _ = try await program.run("chat", "--session", "b", input: "said before\n")
            let run = try await start(program)
            run.send("here\r")
            try await run.output.read(through: "✓ ")
            run.send("/attach b\r")
            try await run.output.read(through: "attached to tty:b")
            try await run.output.read(through: "said before")
            try await run.output.read(through: "cm b» ")
            run.send("there\r")
            try await run.output.read(through: "“there”")
            try await run.output.read(through: "cm b» ")
            run.send("/attach default\r")
            try await run.output.read(through: "attached to tty:default")
            try await run.output.read(through: "here")
            run.send("/status\r")
            try await run.output.read(through: "session    tty:default")
        }

        @Test func `the prompt does not wait for the agent, and commands are answered meanwhile`() async throws {
            var program = try Program()
            program.environment["CM_CODEX_HANDSHAKE_TIMEOUT"] = "60"
            try program.useStandIn("silent")
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "cm» ")
            run.send("/mode\r")
            try await run.output.read(through: "mode: single")
        }

        @Test func `a question is answered above the prompt`() async throws {
            let run = try await start(Program())
            run.send("hello\r")
            try await run.output.read(through: "I am the offline agent of cm and cannot work on “hello”.")
            try await run.output.read(through: "✓ ")
            try await run.output.read(through: "» ")
        }

        @Test(arguments: [
            ("/quit\r", "typed"), ("/exit\r", "typed"), ("\u{4}", "Ctrl-D"), ("\u{3}\u{3}", "Ctrl-C twice"),
        ])
        func `leaving is good and gives the terminal back as it was`(keys: String, name: String) async throws {
            let program = try Program()
            let run = try program.startAtTerminal("chat")
            let terminal = try #require(run.terminal)
            // The child may change them any time from now, so these are another terminal's.
            let before = try PseudoTerminal().modes
            try await run.output.read(through: "» ")
            #expect(terminal.modes != before)
            run.send(keys)
            #expect(try await run.ended().status == 0, "\(name)")
            #expect(terminal.modesAtTheEnd == before)
        }

        @Test func `Ctrl-C clears a typed line, and the next one is its own`() async throws {
            let run = try await start(Program())
            run.send("unwanted")
            try await run.output.read(through: "unwanted")
            run.send("\u{3}")
            try await run.output.read(through: "» ")
            run.send("wanted\r")
            try await run.output.read(through: "cannot work on “wanted”")
        }

        @Test func `Ctrl-C on an empty line hints how to leave`() async throws {
            let run = try await start(Program())
            run.send("\u{3}")
            try await run.output.read(through: "press Ctrl-C again within 2 s, or Ctrl-D, to leave")
            run.send("hello\r")
            try await run.output.read(through: "“hello”")
        }

        @Test func `Tab completes a command that is clear, and lists those that are not`() async throws {
            let run = try await start(Program())
            run.send("/sta\t")
            try await run.output.read(through: "/start")
            try await run.output.read(through: "/status")
            try await run.output.read(through: "» /sta")
            run.send("t\t\r")
            try await run.output.read(through: "session    tty:default")
        }

        @Test func `Tab completes file names behind an @`() async throws {
            let program = try Program()
            try program.write("", to: "workspace/notes/today.md")
            let run = try await start(program)
            run.send("look at @no\t")
            try await run.output.read(through: "look at @notes/")
            run.send("\t")
            try await run.output.read(through: "today.md ")
        }

        @Test func `Tab completes the arguments of commands`() async throws {
            let run = try await start(Program())
            run.send("/agent off\t\r")
            try await run.output.read(through: "agent: offline")
        }

        @Test(arguments: [SIGTERM, SIGHUP])
        func `SIGTERM and SIGHUP end orderly and give the terminal back`(number: Int32) async throws {
            let run = try await start(Program())
            run.signal(number)
            #expect(try await run.ended().status == 130)
            #expect(run.terminal?.modesAtTheEnd == (try PseudoTerminal().modes))
        }

        @Test func `typed lines are kept for the next run, for the user alone`() async throws {
            let program = try Program()
            let first = try await start(program)
            first.send("remember this\r")
            try await first.output.read(through: "✓ ")
            first.send("\u{4}")
            try await first.ended()
            let path = try program.stateFile("history")
            #expect(try permissions(path) == 0o600)
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains("remember this"))

            let second = try await start(program)
            second.send("\u{1B}[A")
            try await second.output.read(through: "remember this")
        }

        @Test func `the next run says that the conversation goes on`() async throws {
            let program = try Program()
            _ = try await program.run("chat", input: "before\n")
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "goes on")
            try await run.output.read(through: "» ")
            run.send("/history\r")
            try await run.output.read(through: "before")
        }

        @Test func `lines are joined by a backslash, and by a fence`() async throws {
            var program = try Program()
            // With colours the marks of code are not shown.
            program.environment["NO_COLOR"] = "1"
            let run = try await start(program)
            run.send("one\\\r")
            try await run.output.read(through: "… » ")
            run.send("two\r")
            try await run.output.read(through: "“one two”")
            try await run.output.read(through: "✓ ")
            run.send("```\rthree\r```\r")
            try await run.output.read(through: "“``` three ```”")
        }

        @Test func `what is pasted at once is one message`() async throws {
            let run = try await start(Program())
            run.send("\u{1B}[200~first\nsecond\u{1B}[201~")
            try await run.output.read(through: "second")
            run.send("\r")
            try await run.output.read(through: "“first second”")
        }

        @Test(arguments: ["NO_COLOR": "1", "TERM": "dumb"])
        func `without colours none are used`(name: String, value: String) async throws {
            var program = try Program()
            program.environment[name] = value
            let run = try program.startAtTerminal("chat", keepingEscapes: true)
            try await run.output.read(through: "/help")
            run.send("hello\r")
            try await run.output.read(through: "✓ ")
            run.send("\u{4}")
            let shown = try await run.ended().output
            #expect(shown.firstMatch(of: /\u{1B}\[[0-9;]*[1-9][0-9;]*m/) == nil)
        }

        @Test func `control characters of an answer do not reach the terminal`() async throws {
            let run = try Program().startAtTerminal("chat", keepingEscapes: true)
            try await run.output.read(through: "/help")
            // Ctrl-V types the next key as it is.
            run.send("\u{16}\u{1B}]0;title\u{16}\u{7}\r")
            try await run.output.read(through: "cannot work on “")
            try await run.output.read(through: "✓ ")
            #expect(!run.output.text.contains("\u{1B}]0;"))
            #expect(!run.output.text.contains("\u{7}"))
        }
    }
}
