import Foundation
import Testing

extension BuiltProgramTests {
    /// Signals during a turn of a script.
    @Suite(.timeLimit(.minutes(1))) struct CodexInterruptTests {
        /// Starts a script whose first turn does not end by itself, and returns when it is under way.
        private func startTurn(_ mode: String, then more: String = "", in program: inout Program) async throws -> Run {
            try program.useStandIn(mode)
            let run = try program.start("chat", "--json")
            run.send("hello\n" + more)
            try await run.output.event("delta")
            return run
        }

        @Test func `SIGINT cancels the running turn and ends the script with 130`() async throws {
            var program = try Program()
            let run = try await startTurn("hang", then: "next\n", in: &program)
            run.signal(SIGINT)
            let result = try await run.ended(within: .seconds(5))
            #expect(result.status == 130)
            #expect(try result.events().endings == ["cancelled: Working"])
            #expect(try program.standInTraffic().prompts == ["hello"])
        }

        @Test func `SIGINT ends the script in bounded time when Codex does not stop`() async throws {
            var program = try Program()
            program.environment["CM_CODEX_INTERRUPT_TIMEOUT"] = "1"
            let run = try await startTurn("deaf", in: &program)
            let clock = ContinuousClock()
            let time = try await clock.measure {
                run.signal(SIGINT)
                let result = try await run.ended(within: .seconds(15))
                #expect(result.status == 130)
                #expect(try result.events().of("turn.finished").map(\.status) == ["cancelled"])
            }
            // A second for the interrupt, then the end of input and SIGTERM, to each of which 2 s are given.
            #expect(time < .seconds(10))
            print("a deaf agent was ended after \(time / .milliseconds(1)) ms")
            for pid in try program.standInTraffic().pids { #expect(!OtherProcess(pid: pid).isRunning) }
        }

        @Test func `a second SIGINT does not wait for Codex`() async throws {
            var program = try Program()
            program.environment["CM_CODEX_INTERRUPT_TIMEOUT"] = "60"
            let run = try await startTurn("deaf", in: &program)
            let deadline = ContinuousClock.now + .seconds(10)
            repeat {
                // Nothing shows that the first one has arrived, and signals that are sent at once become one.
                run.signal(SIGINT)
            } while await !run.hasEnded(within: .milliseconds(200)) && ContinuousClock.now < deadline
            #expect(try await run.ended(within: .seconds(1)).status == 130)
        }

        @Test(arguments: [SIGTERM, SIGHUP])
        func `SIGTERM and SIGHUP leave the turn to the next run, which repeats it`(number: Int32) async throws {
            var program = try Program()
            let run = try await startTurn("hang", in: &program)
            run.signal(number)
            let first = try await run.ended(within: .seconds(5))
            #expect(first.status == 130)
            for pid in try program.standInTraffic().pids { #expect(!OtherProcess(pid: pid).isRunning) }

            try program.useStandIn()
            let second = try await program.run("chat", "--json", input: "next\n")
            #expect(try second.events().endings.suffix(2) == ["ok: You said: hello", "ok: You said: next"])
        }

        @Test func `a turn that takes too long is interrupted, and the rest runs`() async throws {
            var program = try Program()
            program.environment["CM_TURN_TIMEOUT"] = "0.5"
            try program.useStandIn("hang")
            let result = try await program.run("chat", "--json", input: "one\n/mode\n")
            let end = try #require(try result.events().of("turn.finished").first)
            #expect(end.status == "interrupted" && end.error?.kind == "timeout")
            #expect(try result.events().of("command").count == 1)
            #expect(result.status == 1)
        }
    }
}
