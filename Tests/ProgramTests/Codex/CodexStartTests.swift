import Foundation
import Testing

extension BuiltProgramTests {
    /// A Codex that is not there, or does not come up.
    @Suite(.timeLimit(.minutes(1))) struct CodexStartTests {
        /// Runs one message with Codex insisted on, and returns why its turn failed.
        private func failure(_ program: Program) async throws -> String {
            let result = try await program.run("chat", "--agent", "codex", "--json", input: "hello\n")
            #expect(result.status == 1)
            let end = try #require(try result.events().of("turn.finished").first)
            #expect(end.status == "error" && end.error?.kind == "process")
            #expect(try result.events().of("turn.finished").count == 1)
            return end.error?.message ?? ""
        }

        /// Runs one message with the agent left to the program.
        private func fallBack(_ program: Program) async throws -> (answer: String, notices: [String]) {
            let result = try await program.run("chat", "--json", input: "hello\n")
            #expect(result.status == 0)
            let events = try result.events()
            return (events.of("turn.finished").first?.text ?? "", events.of("notice").compactMap(\.text))
        }

        @Test func `a missing Codex fails the turn when it was insisted on, and the error says how to get it`()
            async throws
        {
            let message = try await failure(try Program())
            #expect(message.contains("codex was not found in PATH"))
            #expect(message.contains("install Codex, or set codex.command to its path"))
        }

        @Test func `a missing Codex is passed over without a word`() async throws {
            let (answer, notices) = try await fallBack(try Program())
            #expect(answer.hasPrefix("I am the offline agent"))
            #expect(notices == [])
        }

        @Test func `a missing Codex that somebody configured is passed over with one line`() async throws {
            let program = try Program()
            try program.writeConf("[codex]\ncommand = \"/missing/codex\"\n")
            let (_, notices) = try await fallBack(program)
            #expect(notices.count == 1)
            #expect(notices.first?.hasPrefix("offline answers, because /missing/codex does not exist") == true)
        }

        @Test func `a Codex that may not be executed is named`() async throws {
            let program = try Program()
            try program.useScriptAsCodex("#!/bin/sh\n", isExecutable: false)
            #expect(try await failure(program).contains("\(program.bin)/codex is not an executable file"))
        }

        @Test func `a Codex whose interpreter is missing is told as such`() async throws {
            let program = try Program()
            try program.useScriptAsCodex("#!/missing/interpreter\n")
            #expect(try await failure(program).contains("could not be started"))
        }

        @Test func `a Codex that ends at once is told with its last words`() async throws {
            var program = try Program()
            try program.useStandIn("exit")
            let message = try await failure(program)
            #expect(message.contains("codex exited with code 3"))
            #expect(message.contains("standin: gone at once, as asked"))
        }

        @Test(arguments: ["garbage", "silent"])
        func `a Codex that does not answer its handshake is given up in time`(mode: String) async throws {
            var program = try Program()
            program.environment["CM_CODEX_HANDSHAKE_TIMEOUT"] = "1"
            try program.useStandIn(mode)
            let message = try await failure(program)
            #expect(message.contains("codex did not answer its handshake within 1.0 seconds"))
        }

        @Test(arguments: ["exit", "garbage", "silent"])
        func `offline answers for a Codex that does not come up, with one line that says why`(mode: String) async throws
        {
            var program = try Program()
            program.environment["CM_CODEX_HANDSHAKE_TIMEOUT"] = "1"
            try program.useStandIn(mode)
            let (answer, notices) = try await fallBack(program)
            #expect(answer.hasPrefix("I am the offline agent"))
            #expect(notices.count == 1)
            #expect(notices.first?.hasPrefix("offline answers, because codex ") == true)
        }

        @Test(arguments: ["normal", "silent", "garbage", "hang"])
        func `no Codex is left when the program has ended`(mode: String) async throws {
            var program = try Program()
            program.environment["CM_CODEX_HANDSHAKE_TIMEOUT"] = "1"
            try program.useStandIn(mode)
            _ = try await program.run("chat", "--json")
            let pids = try program.standInTraffic().pids
            #expect(!pids.isEmpty)
            for pid in pids { #expect(!OtherProcess(pid: pid).isRunning) }
        }
    }
}
