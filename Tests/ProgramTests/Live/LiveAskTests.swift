import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// A question while others are there.
    @Suite(.timeLimit(.minutes(1))) struct LiveAskTests {
        @Test func `attached to a chat it answers as ever`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let host = try await program.chat()
            let good = try await program.run("ask", "what is it", input: "context")
            #expect(good.status == 0)
            #expect(good.output == "You said: what is it\n\n<stdin>\ncontext\n</stdin>\n")
            #expect(good.errors == "")
            let bad = try await program.run("ask", "[[http: 401]]")
            #expect(bad.status == 1)
            #expect(bad.output == "")
            #expect(bad.errors.contains("error: the turn ended as error"))
            #expect(try await program.run("ask", "--agent", "nobody", "hello").status == 64)
            let json = try await program.run("ask", "--json", "as lines")
            #expect(try json.events().map(\.type).first == "session")
            #expect(try json.events().goodEndings == ["You said: as lines"])
            try await host.type("/mode", until: "mode: single")
            #expect(!host.output.text.contains("what is it"))
            #expect(program.host().pid == host.pid)
        }

        @Test func `a file of its own settings counts only where it hosts, which is told`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            try program.write("[codex]\napproval_policy = \"untrusted\"\n", to: "workspace/strict.toml")
            let alone = try await program.run("ask", "--conf", "strict.toml", "hello")
            #expect(alone.output == "You said: hello\n" && alone.errors == "")
            let host = try await program.chat()
            let attached = try await program.run("ask", "--conf", "strict.toml", "hello")
            #expect(attached.output == "You said: hello\n")
            #expect(attached.errors.contains("keeps to its own settings; those of --conf strict.toml do not count"))
            withExtendedLifetime(host) {}
        }

        @Test func `what its environment asks for and the host has otherwise is told, and nothing else is`()
            async throws
        {
            var program = try Program()
            try program.useStandIn("directed")
            program.environment["CM_CODEX_SANDBOX"] = "read-only"
            let host = try await program.chat()
            program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted"
            program.environment["CM_CHAT_MODE"] = "plan"
            let asked = try await program.run("ask", "hello")
            #expect(asked.status == 0 && asked.output == "You said: hello\n")
            // Without words about the mode, which a question chooses itself.
            let told = """
                hosts the core by its own settings: CM_CODEX_APPROVAL_POLICY asks for "untrusted", and \
                codex.approval_policy is "on-request". Set it in .env or in the settings file, or end that cm first
                """
            #expect(asked.errors.contains(told) && asked.errors.count(of: "\n") == 1, "\(asked.errors)")
            let script = try await program.run("chat", "--session", "other", input: "hello\n")
            #expect(script.errors.contains(#"CM_CHAT_MODE asks for "plan", and chat.mode is "single""#))

            // The host takes it from the file at once, and then there is nothing to tell.
            try program.writeConf("[codex]\napproval_policy = \"untrusted\"\n")
            try await host.output.read(through: "settings changed: codex.approval_policy")
            #expect(try await program.run("ask", "hello").errors == "")
        }

        @Test func `what counts no more since another host took over is told then, at a terminal and in a script`()
            async throws
        {
            var program = try Program()
            try program.useStandIn("directed")
            let plain = program
            program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted"
            let host = try await program.chat(), script = try await program.script("other")
            let monitor = try await plain.monitor()
            try await host.output.read(through: "the environment does not count")
            try await script.output.read(through: "CM_CODEX_APPROVAL_POLICY asks for")
            #expect(script.output.text.count(of: "the environment does not count") == 1)
            withExtendedLifetime(monitor) {}
        }

        @Test func `SIGINT stops its turn, and the core goes on`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            let host = try await program.chat()
            let ask = try program.start("ask", "--json", "for ever")
            ask.closeInput()
            try await ask.output.event("delta")
            ask.signal(SIGINT)
            let result = try await ask.ended(within: .seconds(5))
            #expect(result.status == 130)
            #expect(try result.events().of("turn.finished").map(\.status) == ["cancelled"])
            try await host.type("/mode", until: "mode: single")
        }

        @Test func `a chat that is attached to one goes on when it is over`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let ask = try program.start("ask", "slow \(gate.hold)")
            ask.closeInput()
            try await program.hosts(ask)
            let chat = try program.startAtTerminal("chat")
            try await chat.output.read(through: "attached to cm ask (pid \(ask.pid), since ")
            try await chat.type("hello", until: "You said: hello\n")
            try gate.open()
            let result = try await ask.ended()
            #expect(result.status == 0)
            #expect(result.output == "You said: slow \(gate.hold)\n")
            try await chat.type("again", until: "You said: again\n")
            #expect(program.host().pid == chat.pid)
        }
    }
}
