import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Agents that try to be people.
    @Suite(.timeLimit(.minutes(1))) struct AgentIntruderTests {
        /// Has the agent of `run` run a shell script, and returns what that wrote.
        private func haveRun(_ script: String, in program: Program, by run: Run) async throws -> String {
            let name = "deed-\(UInt32.random(in: .min ... .max))"
            try program.write(script, to: name + ".sh")
            let output = program.path(name + ".out")
            run.send("[[sh: /bin/sh \(program.path(name + ".sh")) >\(output) 2>&1]] [[say: done]]\n")
            try await run.output.event("turn.finished")
            return String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
        }

        @Test(arguments: ["chat", "chat --json", "chat --monitor", "ask hello", "run"])
        func `a program that an agent starts does not speak for people`(command: String) async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let run = try await program.script()
            let shell = "cd \(program.workspace); \(BuiltPrograms.cm) \(command) </dev/null; echo \"status $?\""
            let told = try await haveRun(shell, in: program, by: run)
            #expect(told.hasSuffix("status 69\n"), "\(told)")
            let name = command == "chat --monitor" ? command : String(command.prefix { $0 != " " })
            #expect(
                told.hasPrefix("cm: cm \(name) talks for people and is not for agents; this one comes from process "))
            #expect(told.contains("which cm started for an agent (workspace-"))
            // Without the marker it still descends from an agent.
            let bare = try await haveRun("unset CM_CHILD\n" + shell, in: program, by: run)
            #expect(bare.hasSuffix("status 69\n"), "\(bare)")
            run.send("/mode\n")
            #expect(try await run.output.event("command").text == "mode: single")
        }

        @Test func `the marker alone is enough`() async throws {
            var program = try Program()
            program.environment["CM_CHILD"] = "workspace-0.1-1.1"
            for command in [["chat"], ["ask", "hello"], ["run"]] {
                let result = try await program.run(command, input: [])
                #expect(result.status == 69)
                #expect(result.errors.contains("is not for agents"))
                #expect(result.output == "")
            }
        }

        @Test(.enabled(if: Python.isThere, "there is no \(Python.path)"))
        func `at the socket an agent may call the tools of its own session, with its key, and nothing else`()
            async throws
        {
            var program = try Program()
            try program.useStandIn("directed")
            let run = try await program.script()
            let socket = try #require(program.host().socket)
            try program.write(Self.client, to: "client.py")
            func say(_ environment: String, _ calls: String...) async throws -> [RawConnection.Answer] {
                try program.write(calls.joined(separator: "\n") + "\n", to: "calls")
                let line =
                    "\(environment) \(Python.path) \(program.path("client.py")) \(socket) \(program.path("calls"))"
                let told = try await haveRun(line, in: program, by: run)
                return try told.split(separator: "\n").map {
                    try JSONDecoder().decode(RawConnection.Answer.self, from: Data($0.utf8))
                }
            }
            let start =
                #""method":"initialize","params":{"protocol":{"min":1,"max":1},"client":{"name":"x","version":"1"}"#
            let message = #"{"text":"/approve","author":"me","origin":"tty","sender":"me"}"#
            let session = #""session":"tty:default""#
            for environment in ["", "/usr/bin/env -u CM_CHILD"] {
                let answers = try await say(
                    environment,
                    #"{"jsonrpc":"2.0","id":1,\#(start)}}"#,
                    #"{"jsonrpc":"2.0","id":2,"method":"handle","params":{\#(session),"message":\#(message)}}"#,
                    #"{"jsonrpc":"2.0","id":3,"method":"submit","params":{\#(session),"message":\#(message)}}"#,
                    #"{"jsonrpc":"2.0","id":4,"method":"subscribe","params":{\#(session),"answers":true}}"#,
                    #"{"jsonrpc":"2.0","id":5,"method":"interrupt","params":{\#(session)}}"#,
                    #"{"jsonrpc":"2.0","id":6,"method":"answer","params":{\#(session),"approval":1,"#
                        + #""decision":{"kind":"allow"},"person":\#(message)}}"#,
                    #"{"jsonrpc":"2.0","id":7,"method":"handOver","params":{}}"#,
                    #"{"jsonrpc":"2.0","id":8,"method":"tools.call","params":{\#(session),"name":"status"}}"#)
                #expect(answers.first?.result?.role == "agent")
                #expect(answers.dropFirst().map { $0.error?.code } == Array(repeating: -32003, count: 7))
            }
            // A key that is not the session's, and the session's.
            let wrong = try await say("", #"{"jsonrpc":"2.0","id":1,\#(start),\#(session),"key":"none"}}"#)
            #expect(wrong.map { $0.error?.code } == [-32003])
            let key = try #require(try toolKey(in: program))
            let right = try await say(
                "",
                #"{"jsonrpc":"2.0","id":1,\#(start),\#(session),"key":"\#(key)"}}"#,
                #"{"jsonrpc":"2.0","id":2,"method":"tools.call","params":{"name":"status"}}"#,
                #"{"jsonrpc":"2.0","id":3,"method":"tools.call","params":{"session":"tty:other","name":"status"}}"#,
                #"{"jsonrpc":"2.0","id":4,"method":"greeting","params":{\#(session)}}"#)
            #expect(right.map { $0.error?.code } == [nil, nil, -32003, -32003])
            // The key makes an agent of whoever shows it.
            let person = try RawConnection(to: socket)
            let more = #",\#(session),"key":"\#(key)""#
            #expect(try await person.initialize(more: more)?.result?.role == "agent")
            #expect(try await person.call("greeting", "{\(session)}")?.error?.code == -32003)
        }

        /// The key that the agent of the default session was given for its tools.
        private func toolKey(in program: Program) throws -> String? {
            let log = try String(contentsOfFile: program.path("stand-in/log"), encoding: .utf8)
            return log.firstMatch(of: /"CM_MCP_KEY":\s*"([^"]+)"/).map { String($0.1) }
        }

        /// Sends each line of a file, and prints the answer to it.
        private static let client = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            stream = s.makefile("rw")
            for line in open(sys.argv[2]):
                stream.write(line)
                stream.flush()
                print(stream.readline().strip())
            """
    }
}
