import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// A secret that was said goes into no file but the database, and into no export.
    @Suite(.timeLimit(.minutes(1))) struct CanaryTests {
        /// Of the form of a key.
        private static let formed = "ghp_CanaryCanaryCanaryCanaryCanary012345"
        /// Known only from the settings.
        private static let known = "canary of the settings 7"

        /// The text of each file of the state but the database's, by name.
        private func files(_ program: Program) throws -> [String: String] {
            let state = try program.stateFile("")
            let names = try FileManager.default.subpathsOfDirectory(atPath: state).filter { !$0.contains("sqlite") }
            return names.reduce(into: [:]) { files, name in
                files[name] = FileManager.default.contents(atPath: state + name).map {
                    String(decoding: $0, as: UTF8.self)
                }
            }
        }

        private func expectNoCanary(_ program: Program, in file: String) async throws {
            let files = try files(program)
            #expect(files.keys.contains { $0.hasPrefix(file) }, "\(files.keys)")
            for (name, text) in files { #expect(!text.lowercased().contains("canary"), "\(name): \(text)") }
            for format in ["markdown", "json"] {
                let export = try await program.run("session", "export", "default", "--format", format)
                #expect(export.status == 0)
                #expect(!export.output.lowercased().contains("canary"))
                #expect(export.errors.contains("removed"))
            }
        }

        @Test func `a secret in a message, an answer and a command is in no trace, snapshot, log or export`()
            async throws
        {
            var program = try Program()
            program.environment["OPENAI_API_KEY"] = Self.known
            try program.useStandIn()
            let result = try await program.run(
                "chat", "--verbose",
                input: "say \(Self.formed)\nand \(Self.known)\n/steer \(Self.known)\n/mode \(Self.formed)\n")
            #expect(result.output.contains("You said: say \(Self.formed)"))
            try await expectNoCanary(program, in: "traces/")
            let files = try files(program)
            #expect(files["sessions/tty-default.json"]?.contains("You said: and <redacted: known secret>") == true)
        }

        @Test func `a secret on an agent's standard error is in no log, and in no error that people see`() async throws
        {
            var program = try Program()
            program.environment["OPENAI_API_KEY"] = Self.known
            let noise = (1...250).map { "echo 'line \($0)' >&2" }.joined(separator: "\n")
            try program.useScriptAsCodex(
                """
                #!/bin/sh
                echo 'first \(Self.formed)' >&2
                \(noise)
                echo 'refused: \(Self.known)' >&2
                exit 3
                """)
            let result = try await program.run("chat", "--agent", "codex", input: "hello\n/status\n/agent\n")
            #expect(result.status == 1)
            #expect(!(result.output + result.errors).lowercased().contains("canary"))
            #expect(result.output.contains("refused: <redacted: known secret>"))
            let log = try #require(try files(program)["cm.log"])
            #expect(!log.lowercased().contains("canary"))
            #expect(log.contains("line=first <redacted: GitHub token>"))
            #expect(log.contains("line=line 199\n"))
            #expect(!log.contains("line=line 200\n"))
            #expect(log.contains("further lines are left out"))
        }

        @Test func `a secret that the settings learn of later stays one when they forget it`() async throws {
            var program = try Program()
            try program.useStandIn()
            let run = try program.start("chat", "--json")
            // Not before it has read the settings.
            run.send("one\n")
            try await run.output.event("turn.finished") { $0.status == "ok" }
            for line in ["SOME_TOKEN=\"\(Self.known)\"\n", "OTHER=1\n"] {
                try program.write(line, to: "workspace/.env")
                let notice = try await run.output.event("notice")
                #expect(notice.text?.contains("settings changed") == true)
                run.send("say \(Self.known)\n")
                try await run.output.event("turn.finished") { $0.status == "ok" }
            }
            run.closeInput()
            #expect(try await run.ended().status == 0)
            let traces = try #require(try files(program).first { $0.key.hasPrefix("traces/2") }).value
            #expect(traces.split(separator: "\n").count == 3)
            #expect(!traces.contains("canary"))
        }

        @Test func `what a command of one's own says goes the same way`() async throws {
            let program = try Program()
            try program.write("#!/bin/sh\necho 'key \(Self.formed)' >&2\nexit 3\n", to: "bin/robot")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.bin + "/robot")
            try program.write(
                #"{"executors": [{"name": "mine", "executor": "CUSTOM", "command": ["robot"]}]}"#,
                to: "workspace/codex-monitor.config.json")
            let result = try await program.run("chat", input: "say \(Self.formed)\n")
            #expect(result.status == 1)
            #expect(result.errors.contains("key <redacted: GitHub token>"))
            try await expectNoCanary(program, in: "cm.log")
        }
    }
}
