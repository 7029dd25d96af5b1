import Foundation
import Testing

extension BuiltProgramTests {
    /// Where the program keeps what it must not lose, and what happens when it cannot.
    @Suite(.timeLimit(.minutes(1))) struct StateTests {
        @Test func `nobody else can read the state`() async throws {
            let program = try Program()
            #expect(try await program.run("chat", input: "hello\n").status == 0)
            #expect(try permissions(program.path("state")) == 0o700)
            #expect(try permissions(try program.stateFile("")) == 0o700)
            let names = try FileManager.default.contentsOfDirectory(atPath: try program.stateFile(""))
            #expect(names.contains("cm.sqlite"))
            for name in names {
                let mode = ["sessions", "traces"].contains(name) ? 0o700 : 0o600
                #expect(try permissions(try program.stateFile(name)) == mode, "\(name)")
            }
        }

        @Test func `without CM_STATE_DIR the state is in XDG_STATE_HOME, else in HOME`() async throws {
            var program = try Program()
            program.environment["CM_STATE_DIR"] = nil
            program.environment["XDG_STATE_HOME"] = program.path("home/xdg")
            _ = try await program.run("chat", input: "hello\n")
            #expect(FileManager.default.fileExists(atPath: program.path("home/xdg/cm")))
            program.environment["XDG_STATE_HOME"] = nil
            _ = try await program.run("chat", input: "hello\n")
            #expect(FileManager.default.fileExists(atPath: program.path("home/.local/state/cm")))
        }

        @Test(arguments: ["chat", "ask"])
        func `a state directory that cannot be made is told with the reason`(command: String) async throws {
            var program = try Program()
            try program.write("", to: "file")
            program.environment["CM_STATE_DIR"] = program.path("file/state")
            let result = try await program.run(command, input: "hello\n")
            #expect(result.status == 69)
            let place = ["cm: the state directory \(program.path("file/state"))", "workspace-"].joined(separator: "/")
            #expect(result.errors.hasPrefix(place))
            #expect(result.errors.contains(" cannot be used: Not a directory; CM_STATE_DIR names another place\n"))
        }

        @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
        func `a state directory that cannot be written is told with the reason`() async throws {
            let program = try Program()
            try FileManager.default.createDirectory(
                atPath: program.path("state"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o500]
            )
            let result = try await program.run("chat", input: "hello\n")
            #expect(result.status == 69)
            #expect(result.errors.contains("cannot be used: Permission denied"))
        }

        @Test func `a database of a newer version is refused and left alone`() async throws {
            let program = try Program()
            _ = try await program.run("chat", input: "hello\n")
            let path = try program.stateFile("cm.sqlite")
            // The database holds the names of the versions it went through; now one that this program does not know.
            try replace("1 conversation", by: "9 conversation", in: path)
            let result = try await program.run("chat", input: "hello\n")
            #expect(result.status == 69)
            #expect(result.errors.contains("\(path) was written by a newer version of cm"))
            #expect(result.output == "")
            try replace("9 conversation", by: "1 conversation", in: path)
            #expect(try await program.run("chat", input: "/history\n").output.contains("hello"))
        }

        /// Replaces a text by one of the same length in a file that is otherwise no text.
        private func replace(_ text: String, by other: String, in path: String) throws {
            var bytes = try #require(FileManager.default.contents(atPath: path))
            try #require(bytes.range(of: Data(text.utf8)) != nil)
            while let range = bytes.range(of: Data(text.utf8)) { bytes.replaceSubrange(range, with: Data(other.utf8)) }
            try bytes.write(to: URL(filePath: path))
        }

        @Test(arguments: ["no database": 0..<16, "a broken page": 100..<4096])
        func `a damaged database is moved aside, which is told, and a new one begun`(
            damage: String, range: Range<Int>
        ) async throws {
            let program = try Program()
            _ = try await program.run("chat", input: "before\n")
            let path = try program.stateFile("cm.sqlite")
            var bytes = try #require(FileManager.default.contents(atPath: path))
            for index in range { bytes[index] = 0xff }
            try bytes.write(to: URL(filePath: path))

            let result = try await program.run("chat", input: "after\n/history\n")
            #expect(result.status == 0)
            #expect(result.errors.hasPrefix("cm: error: the database was damaged"))
            #expect(result.errors.split(separator: "\n").count == 1)
            #expect(result.output.contains("“after”") && !result.output.contains("before"))
            let aside = try #require(try damagedFile(in: program))
            #expect(result.errors.contains(aside))
            #expect(FileManager.default.contents(atPath: try program.stateFile(aside)) == bytes)
            #expect(try await program.run("chat", input: "/history\n").errors == "")
        }

        private func damagedFile(in program: Program) throws -> String? {
            try FileManager.default.contentsOfDirectory(atPath: try program.stateFile(""))
                .first { $0.hasPrefix("cm.sqlite.damaged-") }
        }

        @Test(arguments: ["chat", "ask"])
        func `a second program in the workspace works with the core of the first`(command: String) async throws {
            let program = try Program()
            let first = try program.start("chat")
            first.send("/mode\n")
            try await first.output.read(through: "mode: single\n")

            let arguments = command == "ask" ? [command, "hello"] : [command]
            let second = try await program.run(arguments, input: command == "ask" ? [] : Array("hello\n".utf8))
            #expect(second.status == 0)
            #expect(second.output.contains("I am the offline agent of cm"))
            #expect(second.errors == "")

            first.send("/history\n")
            first.closeInput()
            let ended = try await first.ended()
            #expect(ended.status == 0)
            #expect(ended.output.contains("hello") == (command == "chat"))
            #expect(try await program.run("chat", input: "/mode\n").status == 0)
        }

        @Test func `another workspace has a conversation of its own`() async throws {
            let program = try Program()
            _ = try await program.run("chat", input: "here\n")
            try FileManager.default.createDirectory(
                atPath: program.path("elsewhere"), withIntermediateDirectories: true)
            let result = try await program.run("chat", "--config-dir", program.path("elsewhere"), input: "/history\n")
            #expect(result.output == "nothing was said yet\n")
        }

        @Test func `in a folder of a repository the conversation is the repository's`() async throws {
            var program = try Program()
            _ = try await program.run("chat", input: "from the root\n")
            program.folder = "workspace/deep/below"
            try program.write("", to: "\(program.folder)/file")
            let result = try await program.run("chat", input: "/history\n/status\n")
            #expect(result.output.contains("from the root"))
            #expect(result.output.contains("directory  \(program.path("workspace/deep/below"))\n"))
        }
    }
}
