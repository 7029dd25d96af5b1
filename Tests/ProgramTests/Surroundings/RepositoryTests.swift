import Foundation
import Testing

extension BuiltProgramTests {
    /// What commands and the offline agent tell of the workspace: its repository, its files and the log.
    @Suite(.timeLimit(.minutes(1))) struct RepositoryTests {
        /// A workspace with a commit, whose `cm` finds git.
        private func program() async throws -> Program {
            let program = try Program()
            try await program.makeRepository()
            try FileManager.default.createSymbolicLink(
                atPath: program.bin + "/git", withDestinationPath: "/usr/bin/git")
            return program
        }

        @Test func `the offline agent tells what changed, and shows files in a fence`() async throws {
            let program = try await program()
            try program.write("a project\nwith ``` in it\n", to: "workspace/README")
            let result = try await program.run(
                "chat", input: "what changed?\nshow README\nfind PROJECT\nfind project\n")
            #expect(
                result.output == """
                    branch main: 1 file changed:

                    ```
                    M README (+1 -0)
                    ```
                    README:

                    ````
                    1  a project
                    2  with ``` in it
                    ````
                    “PROJECT” is nowhere in the files
                    “project” is in 1 line:

                    ```
                    README:1: a project
                    ```

                    """)
            #expect(result.errors == "" && result.status == 0)
        }

        @Test func `commands tell the difference, the branches and the log`() async throws {
            let program = try await program()
            try program.write("another\n", to: "workspace/README")
            let result = try await program.run("chat", input: "/diff\n/branches\n/logs 5\n/logs 5 cm\n")
            #expect(result.output.contains("branch main: the difference from the last commit\n"))
            #expect(result.output.contains("\n-a project\n+another\n"))
            #expect(result.output.contains("branch main: 1 branch\n* main "))
            #expect(result.errors == "" && result.status == 0)
        }

        @Test func `a log of nobody is refused, with those that there are`() async throws {
            let result = try await Program().run("chat", input: "/logs 5 nobody\n")
            #expect(result.errors == "cm: error: no process called nobody has a log; there is only cm\n")
            #expect(result.status == 1)
        }

        @Test func `a log is told from its end, with what was put aside, and without what a terminal would obey`()
            async throws
        {
            let program = try Program()
            _ = try await program.run("chat", input: "/status\n")
            let log = try program.stateFile("orchestrator.log")
            try (1...3).map { "old \($0)\n" }.joined().write(toFile: log + ".1", atomically: true, encoding: .utf8)
            try "new 1\nnew \u{1B}[2J TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345\n".write(
                toFile: log, atomically: true, encoding: .utf8)
            let result = try await program.run("chat", input: "/logs 3 orchestrator\n")
            let lines = result.output.split(separator: "\n")
            #expect(lines.first == "the last 3 lines of the log of orchestrator")
            #expect(lines.dropFirst().prefix(2) == ["old 3", "new 1"])
            #expect(lines.last?.hasPrefix("new \u{FFFD}[2J TOKEN=") == true)
            #expect(!result.output.contains("ghp_"))
        }

        @Test func `without git files are shown and found, and the rest says what is missing`() async throws {
            let program = try Program()
            try program.write("needle\n", to: "workspace/folder/a.txt")
            let result = try await program.run(
                "chat", input: "where is the needle?\nshow a.txt\nwhat changed?\n/diff\n")
            #expect(result.output.contains("folder/a.txt:1: needle"))
            #expect(result.output.contains("folder/a.txt:\n\n```\n1  needle\n```"))
            #expect(result.output.contains("git was not found in PATH"))
            #expect(result.errors.contains("git was not found in PATH"))
            #expect(result.status == 1)
        }

        @Test func `nothing outside of the workspace is shown`() async throws {
            let program = try Program()
            try program.write("hidden\n", to: "outside.txt")
            try program.write("A=hidden\n", to: "workspace/.env")
            let input = "show ../outside.txt\nshow /etc/passwd\nshow .env\nfind hidden\n"
            let result = try await program.run("chat", input: input)
            #expect(
                result.output == """
                    ../outside.txt is outside of the working directory, where nothing is shown
                    /etc/passwd is outside of the working directory, where nothing is shown
                    .env is a file of secrets, which are not shown
                    “hidden” is nowhere in the files

                    """)
        }

        @Test func `secrets in files are taken out, and lines after them keep their numbers`() async throws {
            let program = try await program()
            let body = (1...12).map { _ in String(repeating: "MIIEpAIBAAKCAQEA", count: 4) }.joined(separator: "\n")
            let key = "-----BEGIN RSA PRIVATE KEY-----\n\(body)\n-----END RSA PRIVATE KEY-----"
            let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
            try program.write("first\n\(key)\nurl = \(token)\nlast needle\n", to: "workspace/notes.txt")
            _ = try await program.git("add", ".")
            let input = "show notes.txt\nlines 5-9 of notes.txt\nfind MIIEpAIBAA\nfind needle\nshow diff\n/diff\n"
            let result = try await program.run("chat", input: input)
            #expect(!result.output.contains("MIIEpAIBAAKCAQEA") && !result.output.contains(token))
            #expect(
                result.output.contains("\n17  last needle\n") && result.output.contains("\nnotes.txt:17: last needle"))
            #expect(result.output.components(separatedBy: "+last needle").count == 3)
        }

        @Test func `the introduction is said once in a conversation`() async throws {
            let result = try await Program().run("chat", input: "hello\nrefactor it\n")
            #expect(result.output.components(separatedBy: "npm install").count == 2)
            #expect(
                result.output.hasSuffix(
                    "cannot work on “refactor it”.\nTry “what changed?”, “find TEXT”, “show FILE” or “help”.\n"))
        }
    }
}
