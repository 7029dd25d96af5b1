import Foundation
import Testing

extension BuiltProgramTests {
    /// One question and one answer, by a stand-in that repeats what it was asked.
    @Suite(.timeLimit(.minutes(1))) struct AskTests {
        private func program() throws -> Program {
            var program = try Program()
            try program.useStandIn()
            return program
        }

        @Test func `the answer alone is printed`() async throws {
            let result = try await program().run("ask", "what is it?")
            #expect(result.output == "You said: what is it?\n")
            #expect(result.errors == "")
            #expect(result.status == 0)
        }

        @Test func `several words are one question`() async throws {
            let result = try await program().run("ask", "what", "is", "it?")
            #expect(result.output == "You said: what is it?\n")
        }

        @Test func `piped input follows the question`() async throws {
            let result = try await program().run("ask", "explain", input: "line one\nline two\n")
            #expect(result.output == "You said: explain\n\n<stdin>\nline one\nline two\n</stdin>\n")
        }

        @Test func `piped input alone is the question`() async throws {
            let result = try await program().run("ask", input: "line one\nline two\n")
            #expect(result.output == "You said: line one\nline two\n")
        }

        @Test func `what looks like a command is asked as it is`() async throws {
            let result = try await program().run("ask", "/status")
            #expect(result.output == "You said: /status\n")
        }

        @Test(arguments: [["ask"], ["ask", ""], ["ask", "  "]])
        func `no question is a usage error`(arguments: [String]) async throws {
            let result = try await program().run(arguments, input: [])
            #expect(result.status == 64)
            #expect(result.errors.contains("there is no question"))
            #expect(result.output == "")
        }

        @Test func `each question is a conversation of its own`() async throws {
            let program = try program()
            _ = try await program.run("ask", "one")
            _ = try await program.run("ask", "two")
            let traffic = try program.standInTraffic()
            #expect(traffic.prompts == ["one", "two"])
            #expect(Set(traffic.threads).count == 2)
            #expect(!traffic.methods.contains("thread/resume"))
        }

        @Test func `the sessions of questions differ, and are none of the terminal's`() async throws {
            let program = try program()
            var sessions: Set<String> = []
            for _ in 1...2 {
                let output = try await program.run("ask", "--json", "x").output
                let line = try #require(output.split(separator: "\n").first)
                sessions.insert(String(line.split(separator: ",")[2]))
            }
            #expect(sessions.count == 2)
            #expect(sessions.allSatisfy { $0.hasPrefix(#""session":"ask:"#) })
        }

        @Test func `a named session goes on`() async throws {
            let program = try program()
            _ = try await program.run("chat", "--session", "work", input: "one\n")
            _ = try await program.run("ask", "--session", "work", "two")
            #expect(Set(try program.standInTraffic().threads).count == 1)
        }

        @Test func `a named session keeps its mode`() async throws {
            let program = try program()
            _ = try await program.run("chat", "--session", "work", "--mode", "plan")
            _ = try await program.run("ask", "--session", "work", "two")
            let result = try await program.run("chat", "--session", "work", input: "/mode\n")
            #expect(result.output == "mode: plan\n")
            let prompts = try program.standInTraffic().prompts
            #expect(prompts.count == 1 && prompts != ["two"], "the selector is asked first")
        }

        @Test func `a question of its own is worked on in mode single, whatever the settings say`() async throws {
            var program = try program()
            program.environment["CM_CHAT_MODE"] = "plan"
            #expect(try await program.run("ask", "x").output == "You said: x\n")
            #expect(try program.standInTraffic().prompts == ["x"])
        }

        @Test func `the answer is written to a file as well`() async throws {
            let program = try program()
            let result = try await program.run("ask", "x", "--output-last", "answer.txt")
            #expect(result.output == "You said: x\n")
            let file = try String(contentsOfFile: program.workspace + "/answer.txt", encoding: .utf8)
            #expect(file == "You said: x\n")
        }

        @Test func `a file that cannot be written is an error before the agent is asked`() async throws {
            let program = try program()
            let result = try await program.run("ask", "x", "--output-last", "missing/answer.txt")
            #expect(result.status == 1)
            #expect(result.output == "")
            #expect(result.errors.contains("missing/answer.txt cannot be written: No such file or directory"))
            #expect(try program.standInTraffic().prompts == [])
        }

        @Test func `a failed turn leaves the file alone, and the exit code says so`() async throws {
            var program = try program()
            try program.useStandIn("error:unauthorized")
            try program.write("an old answer\n", to: "workspace/answer.txt")
            let result = try await program.run("ask", "x", "--output-last", "answer.txt")
            #expect(result.status == 1)
            #expect(result.errors.contains("(auth)"))
            #expect(try String(contentsOfFile: program.workspace + "/answer.txt", encoding: .utf8) == "an old answer\n")
        }

        @Test func `a named agent that is not installed is unavailable, and the remedy is said`() async throws {
            let result = try await Program().run("ask", "--agent", "codex", "x")
            #expect(result.status == 69)
            #expect(result.output == "")
            #expect(result.errors.contains("codex was not found in PATH; install Codex"))
        }

        @Test func `--json shows the turn as events`() async throws {
            let events = try await program().run("ask", "--json", "x").events()
            #expect(events.endings == ["ok: You said: x"])
        }
    }
}
