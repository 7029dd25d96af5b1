import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// `cm session`, with the offline agent unless said otherwise.
    @Suite(.timeLimit(.minutes(1))) struct SessionTests {
        /// A world in which something was said in `tty:default`.
        private func talked(_ text: String = "hello there") async throws -> Program {
            let program = try Program()
            #expect(try await program.run("chat", input: "\(text)\n").status == 0)
            return program
        }

        private static let earlier = """
            {"session_id": "tg:-100:7", "chat_id": -100, "user_id": 7, "mode": "plan", "profile_name": "default",
             "history": [{"role": "user", "content": "hi from before"}, {"role": "assistant", "content": "hello"}],
             "updated_at": "2025-11-01T10:00:00+00:00"}
            """

        // MARK: list and show

        @Test func `sessions are listed, and in a new workspace there are none`() async throws {
            let program = try Program()
            let none = try await program.run("session", "list")
            #expect((none.status, none.output) == (0, "there are no sessions yet\n"))
            #expect(!FileManager.default.fileExists(atPath: program.path("state")))
            _ = try await program.run("chat", input: "hello\n/mode plan\n")
            _ = try await program.run("chat", "--session", "größe", input: "hello\n")
            let result = try await program.run("session", "list")
            let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(lines.count == 3)
            #expect(lines[0] == ["session", "mode", "profile", "agent", "turns", "last", "activity", "state"])
            #expect(lines[1].starts(with: ["tty:größe", "single", "default", "auto", "1"]))
            #expect(lines[2].starts(with: ["tty:default", "plan", "default", "auto", "1"]))
            #expect(lines[2].last == "idle")
        }

        @Test func `where nobody chose, a session has the mode of the cm that runs`() async throws {
            var program = try await talked()
            let host = try await program.chat()
            program.environment["CM_CHAT_MODE"] = "plan"
            let list = try await program.run("session", "list")
            #expect(list.output.contains(/tty:default +single\s/), "\(list.output)")
            let shown = try await program.run("session", "show", "default")
            #expect(shown.output.contains("mode       single\n"))
            host.send("\u{4}")
            #expect(try await host.ended().status == 0)
            let alone = try await program.run("session", "list")
            #expect(alone.output.contains(/tty:default +plan\s/))
        }

        @Test func `a session is shown with all that was said, by its full or short name`() async throws {
            let program = try Program()
            _ = try await program.run("chat", input: (1...12).map { "question number \($0)\n" }.joined())
            for name in ["default", "tty:default"] {
                let result = try await program.run("session", "show", name)
                #expect(result.status == 0)
                #expect(result.output.hasPrefix("session    tty:default\nstate      idle\nmode       single\n"))
                #expect(result.output.contains("turns      12 · begun "))
                #expect(result.output.contains("): question number 1\n"))
                #expect(result.output.contains("): question number 12\n"))
            }
        }

        @Test func `a name that is none is a usage error with the nearest one`() async throws {
            let program = try await talked()
            for command in ["show", "export", "delete"] {
                let result = try await program.run("session", command, "defautl")
                #expect(result.status == 64)
                #expect(result.errors == "cm: there is no session defautl; did you mean tty:default?\n")
                #expect(result.output.isEmpty)
            }
            let far = try await program.run("session", "show", "elsewhere")
            #expect(far.errors == "cm: there is no session elsewhere; cm session list tells which there are\n")
            let empty = try await Program().run("session", "show", "default")
            #expect(empty.status == 64)
            #expect(try await program.run("session", "show").status == 64)
            #expect(try await program.run("session", "lost").status == 64)
        }

        @Test func `a session in use can be read, and is running`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            let run = try program.start("chat", "--json")
            run.send("hello\nnext\n")
            try await run.output.event("turn.started")
            let listed = try await program.run("session", "list")
            #expect(listed.status == 0)
            #expect(listed.output.contains("running"))
            #expect(try await program.run("session", "show", "default").output.contains("hello"))
            let deleted = try await program.run("session", "delete", "default", "--yes", "--force")
            #expect(deleted.status == 1)
            #expect(deleted.errors == "cm: a turn of tty:default runs; stop it first\n")
            // By the cm that runs.
            try program.write(Self.earlier, to: "old.json")
            #expect(try await program.run("session", "import", program.path("old.json")).status == 0)
            #expect(try await program.run("session", "list").output.contains("tg:-100:7"))
            #expect(try await program.run("session", "delete", "tg:-100:7", "--yes").status == 0)
            run.signal(SIGTERM)
            try await run.ended()
            // The message waits for the next cm.
            let refused = try await program.run("session", "delete", "default", "--yes")
            #expect(refused.status == 1)
            #expect(refused.errors == "cm: tty:default is not done (1 waiting); --force deletes it all the same\n")
            #expect(try await program.run("session", "delete", "default", "--yes", "--force").status == 0)
            #expect(try await program.run("session", "list").output == "there are no sessions yet\n")
        }

        @Test func `what cannot be read is unavailable`() async throws {
            let program = try await talked()
            try Data(repeating: 0x5a, count: 10_000).write(to: URL(filePath: try program.stateFile("cm.sqlite")))
            let result = try await program.run("session", "list")
            #expect(result.status == 69)
            #expect(result.errors.contains("cm.sqlite cannot be read"))
        }

        // MARK: export

        @Test func `a session is exported as a document`() async throws {
            let program = try await talked()
            let result = try await program.run("session", "export", "default")
            #expect((result.status, result.errors) == (0, ""))
            #expect(
                result.output.hasPrefix("# Session tty:default\n\nmode single · profile default · agent auto\n\n## "))
            #expect(result.output.contains("\n\nhello there\n\n### Answer (offline, ok)\n\n"))
        }

        @Test func `a session is exported for programs`() async throws {
            let program = try await talked()
            let result = try await program.run("session", "export", "default", "--format", "json")
            let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let turn = try #require((json?["turns"] as? [[String: Any]])?.first)
            #expect(json?["session"] as? String == "tty:default")
            #expect(turn["text"] as? String == "hello there")
            #expect((turn["end"] as? [String: Any])?["status"] as? String == "ok")
        }

        @Test func `a file is written for the user alone, and never replaced unasked`() async throws {
            let program = try await talked()
            let file = program.path("export.md")
            let arguments = ["session", "export", "default", "--output", file]
            #expect(try await program.run(arguments, input: []).status == 0)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.hasPrefix("# Session tty:default\n"))
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
            try Data("mine".utf8).write(to: URL(filePath: file))
            let refused = try await program.run(arguments, input: [])
            #expect(refused.status == 1)
            #expect(refused.errors == "cm: --output: \(file) is there already; --force replaces it\n")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
            #expect(try await program.run(arguments + ["--force"], input: []).status == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
            let nowhere = try await program.run("session", "export", "default", "--output", "/no/such/place/x")
            #expect(nowhere.status == 1)
            #expect(nowhere.errors.contains("/no/such/place/x cannot be written: No such file or directory"))
            #expect(try await program.run("session", "export", "default", "--format", "pdf").status == 64)
        }

        // MARK: delete

        @Test func `a session is deleted with its snapshot, and not unasked`() async throws {
            let program = try await talked()
            let snapshot = try program.stateFile("sessions/tty-default.json")
            #expect(FileManager.default.fileExists(atPath: snapshot))
            let unasked = try await program.run("session", "delete", "default")
            #expect(unasked.status == 64)
            #expect(unasked.errors == "cm: nobody can be asked here; --yes deletes tty:default\n")
            let result = try await program.run("session", "delete", "default", "--yes")
            #expect((result.status, result.output) == (0, "deleted tty:default\n"))
            #expect(!FileManager.default.fileExists(atPath: snapshot))
            #expect(try await program.run("chat", input: "/history\n").output == "nothing was said yet\n")
        }

        @Test(arguments: [("y\n", 0, true), ("n\n", 1, false), ("\n", 1, false)])
        func `at a terminal it is asked`(answer: String, status: Int32, isGone: Bool) async throws {
            let program = try await talked()
            let run = try program.startAtTerminal("session", "delete", "default")
            try await run.output.read(through: "delete tty:default with 1 turn? [y/N] ")
            run.send(answer)
            #expect(try await run.ended().status == status)
            let listed = try await program.run("session", "list").output
            #expect(listed.contains("tty:default") != isGone)
        }

        // MARK: import

        @Test func `a session of the earlier system is taken over, once`() async throws {
            let program = try Program()
            try program.write(Self.earlier, to: "old.json")
            let file = program.path("old.json")
            let result = try await program.run("session", "import", file)
            #expect((result.status, result.errors) == (0, ""))
            #expect(result.output == "\(file): imported as tg:-100:7, 2 messages and answers\n")
            let shown = try await program.run("session", "show", "tg:-100:7").output
            #expect(shown.contains("mode       plan\n"))
            #expect(shown.contains("): hi from before\ncodex-orchestrator: hello\n"))
            let again = try await program.run("session", "import", file)
            #expect(again.status == 1)
            #expect(again.errors == "cm: \(file): was imported already: it is the session tg:-100:7\n")
        }

        @Test func `a session of the terminal goes on where the imported one ended`() async throws {
            let program = try Program()
            try program.write(
                #"{"session_id": "tty:default", "history": [{"role": "user", "content": "hi"}, "#
                    + #"{"role": "assistant", "content": "hello from before"}]}"#, to: "old.json")
            #expect(try await program.run("session", "import", program.path("old.json")).status == 0)
            #expect(try await program.run("chat", input: "/last\n").output == "hello from before\n")
            var withAgent = program
            try withAgent.useStandIn()
            #expect(try await withAgent.run("chat", input: "go on\n").status == 0)
            let prompt = try #require(try withAgent.standInTraffic().prompts.first)
            #expect(prompt.contains("hello from before"))
            #expect(prompt.hasSuffix("go on"))
        }

        @Test func `of several files the good ones are taken, and the others named with the place`() async throws {
            let program = try Program()
            try program.write(Self.earlier, to: "good.json")
            try program.write("{\"chat_id\": 1,\n \"user_id\": }", to: "broken.json")
            try program.write(
                #"{"chat_id": 1, "user_id": 2, "extra": 1, "history": [{"role": "user"}]}"#, to: "wrong.json")
            let names = ["broken", "wrong", "missing", "good"].map { program.path("\($0).json") }
            let result = try await program.run(["session", "import"] + names, input: [])
            #expect(result.status == 1)
            #expect(
                result.errors.split(separator: "\n") == [
                    "cm: \(names[0]): is no JSON: invalid value at line 2, column 13",
                    "cm: \(names[1]): history[0].content is missing",
                    "cm: \(names[2]): cannot be read: No such file or directory",
                ])
            #expect(result.output.contains("imported as tg:-100:7"))
            #expect(try await program.run("session", "import").status == 64)
        }

        @Test func `files that are none create nothing`() async throws {
            let program = try Program()
            #expect(try await program.run("session", "import", "/no/such.json").status == 1)
            #expect(!FileManager.default.fileExists(atPath: program.path("state")))
        }
    }
}
