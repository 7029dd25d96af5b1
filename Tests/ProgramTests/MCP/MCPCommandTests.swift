import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// `cm mcp`, started by hand in a workspace.
    @Suite(.timeLimit(.minutes(1))) struct MCPCommandTests {
        private static let greeting = Self.request(0, "initialize", #"{"protocolVersion":"2025-06-18"}"#)

        private static func request(_ id: Int, _ method: String, _ parameters: String) -> String {
            #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"# + "\n"
        }

        private static func call(_ id: Int, _ tool: String, _ arguments: String = "{}") -> String {
            request(id, "tools/call", #"{"name":"\#(tool)","arguments":\#(arguments)}"#)
        }

        /// Has `server` call a tool, and returns what it says.
        private func ask(_ server: Run, _ id: Int, _ tool: String, _ arguments: String = "{}") async throws -> String {
            server.send(Self.call(id, tool, arguments))
            return try await answer(to: id, of: server)
        }

        private func expect(_ server: Run, _ id: Int, _ tool: String, says text: String) async throws {
            let told = try await ask(server, id, tool)
            #expect(told.contains(text), "\(told)")
        }

        private func answer(to id: Int, of server: Run) async throws -> String {
            let line = try await server.output.line()
            let text = try #require(line)
            #expect(text.contains("\"id\":\(id),") || text.contains("\"id\":\(id)}"), "\(text)")
            return text
        }

        private func startServer(_ program: Program, _ arguments: String...) async throws -> Run {
            let server = try program.start(["mcp"] + arguments)
            server.send(Self.greeting)
            let greeting = try await answer(to: 0, of: server)
            #expect(greeting.contains(#""name":"cm""#))
            return server
        }

        private func startChat(_ program: Program, _ session: String = "default") async throws -> Run {
            let run = try program.start("chat", "--json", "--session", session)
            try await run.output.event("session")
            return run
        }

        @Test func `it tells of the core that runs in the workspace`() async throws {
            let program = try Program()
            let run = try await startChat(program)
            run.send("the pineapple is ripe\n")
            try await run.output.event("turn.finished")
            let server = try await startServer(program)
            try await expect(server, 1, "status", says: "session    tty:default")
            try await expect(server, 2, "history", says: "the pineapple is ripe")
            let refused = try await ask(server, 3, "notify", #"{"text":"x"}"#)
            #expect(refused.contains("no turn of tty:default runs, so nobody can be asked"))
            #expect(refused.contains(#""isError":true"#))
            server.closeInput()
            #expect(try await server.ended().status == 0)
        }

        @Test func `it says when no core runs, and calls the next one that does`() async throws {
            let program = try Program()
            let server = try await startServer(program, "--session", "tty:one")
            try await expect(server, 1, "status", says: "no cm runs in this workspace now")
            let first = try await startChat(program, "one"), second = try await startChat(program, "two")
            try await expect(server, 2, "status", says: "session    tty:one")
            first.signal(SIGKILL)
            try await first.ended()
            // The other one takes over. A message waits for that; a command may meet the core that has just gone.
            second.send("hello\n")
            try await second.output.event("turn.finished")
            try await expect(server, 3, "status", says: "session    tty:one")
            second.signal(SIGKILL)
            try await second.ended()
            try await expect(server, 4, "status", says: "no cm runs in this workspace now")
            server.closeInput()
            #expect(try await server.ended().status == 0)
        }

        @Test func `where there is no such socket it says so`() async throws {
            let server = try await startServer(try Program(), "--socket", "/nowhere/cm.sock")
            server.send(Self.request(1, "tools/list", "{}"))
            let tools = try await answer(to: 1, of: server)
            #expect(tools.contains(#""name":"notify""#))
            try await expect(server, 2, "status", says: "no cm runs in this workspace now")
            server.closeInput()
            #expect(try await server.ended().status == 0)
        }

        @Test func `what is no message does not end it`() async throws {
            let program = try Program()
            var noise: [UInt8] = Array("hello\n{\n[]\n\"\n{\"jsonrpc\":\"2.0\"}\n\n\0\0\n".utf8)
            noise += (0..<10_000).map { _ in .random(in: .min ... .max) } + Array("\n".utf8)
            let server = try program.start("mcp")
            server.send(noise)
            server.send(Self.greeting)
            let greeting = try await answer(to: 0, of: server)
            #expect(greeting.contains(#""name":"cm""#))
            try await expect(server, 1, "status", says: "no cm runs in this workspace now")
            server.closeInput()
            let result = try await server.ended()
            #expect(result.status == 0)
            // Nothing but messages may be on the output.
            for line in result.output.split(separator: "\n") {
                #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)")
            }
        }

        @Test(arguments: ["", "{\"jsonrpc\":\"2.0\",\"id\":0,\"meth"])
        func `an input that ends early ends it well`(input: String) async throws {
            let result = try await Program().run("mcp", input: input)
            #expect(result.status == 0 && result.errors == "", "\(result)")
        }
    }
}
