import Testing

extension BuiltProgramTests {
    /// Wrong command lines.
    @Suite(.timeLimit(.minutes(1))) struct UsageTests {
        @Test(arguments: [
            (["chat", "--sesion", "x"], "--session"), (["chat", "--session", "a/b"], "a/b"),
            (["chat", "--session", ""], "1 to 64"), (["chat", "--session"], "--session"),
            (["chat", "--mode", "dance"], "single"),
            (["chat", "--agent", "nobody"], "codex, codex-mcp, copilot, offline"),
            (["chat", "--approve", "some"], "all"), (["dance"], "dance"),
            (["chta"], "did you mean cm chat?"), (["help", "chta"], "did you mean cm chat?"),
            (["help", "dance"], "there is no command 'dance'; there are chat, run"),
            (["dance"], "See 'cm --help' for more"), (["-v"], "See 'cm --help' for more"),
            (["--json"], "See 'cm --help' for more"), (["ask", "--bogus"], "See 'cm ask --help' for more"),
            (["version"], "there is no command 'version'; cm --version tells it"),
            (["--config-dir", "missing", "chat"], "options stand behind the command: cm chat"),
            (["help", "session", "dance"], "there is no command 'cm session dance'; there are list"),
            (["ask", "--fail-fast", "x"], "--fail-fast"), (["chat", "--config-dir", "missing"], "missing"),
        ])
        func `a wrong command line is a usage error that names what is wrong`(
            arguments: [String], named: String
        ) async throws {
            let result = try await Program().run(arguments, input: Array("hello\n".utf8))
            #expect(result.status == 64)
            #expect(result.errors.contains(named), "\(result.errors)")
            #expect(result.output == "")
        }

        @Test func `an option and its value can be one argument`() async throws {
            let result = try await Program().run("chat", "--session=work", "--agent=offline", input: "/status\n")
            #expect(result.output.hasPrefix("session    tty:work · mode single · profile default · agent offline"))
        }

        @Test(arguments: [
            ["--help"], ["help"], ["help", "session", "list"], ["chat", "--help"], ["ask", "--help"],
            ["chat", "--version"],
        ])
        func `help and version are printed and good`(arguments: [String]) async throws {
            let result = try await Program().run(arguments, input: [])
            #expect(result.status == 0)
            #expect(!result.output.isEmpty && result.errors == "")
        }
    }
}
