import Foundation
import Testing

extension BuiltProgramTests {
    /// A person at a terminal while an agent works.
    @Suite(.timeLimit(.minutes(1))) struct TerminalTurnTests {
        /// Starts a turn that does not end by itself, and returns when it is under way.
        private func startTurn(_ mode: String = "hang", in program: inout Program) async throws -> Run {
            try program.useStandIn(mode)
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            try await run.output.read(through: "» ")
            run.send("hello\r")
            try await run.output.read(through: " s » ")
            return run
        }

        @Test func `Ctrl-C stops the turn, keeps what is typed, and the next turn works`() async throws {
            var program = try Program()
            let run = try await startTurn(in: &program)
            run.send("/mo")
            try await run.output.read(through: "/mo")
            let time = try await ContinuousClock().measure {
                run.send("\u{3}")
                try await run.output.read(through: "■ stopped after ")
                try await run.output.read(through: "cm» /mo")
            }
            print("Ctrl-C gave the prompt back after \(time / .milliseconds(1)) ms")
            #expect(time < .seconds(2))
            run.send("de\r")
            try await run.output.read(through: "mode: single")
            run.send("again\r")
            try await run.output.read(through: " s » ")
            run.send("/status\r")
            try await run.output.read(through: "running    again")
        }

        @Test func `a message typed meanwhile is told its place, and runs next`() async throws {
            var program = try Program()
            let run = try await startTurn(in: &program)
            run.send("second\r")
            try await run.output.read(through: "queued, 1 before it")
            run.send("third\r")
            try await run.output.read(through: "queued, 2 before it")
            run.send("/queue\r")
            try await run.output.read(through: "running: hello")
            try await run.output.read(through: "1. second")
            try await run.output.read(through: "2. third")
            run.send("\u{3}")
            try await run.output.read(through: "■ stopped after ")
            try await run.output.read(through: "2 messages wait, and the first is next; /cancel all drops them too")
            try await run.output.read(through: " s · +1 » ")
            run.send("/status\r")
            try await run.output.read(through: "running    second")
        }

        @Test func `/cancel all drops what waits, too`() async throws {
            var program = try Program()
            let run = try await startTurn(in: &program)
            run.send("second\r")
            try await run.output.read(through: "queued, 1 before it")
            run.send("/cancel all\r")
            try await run.output.read(through: "■ stopped after ")
            run.send("\u{4}")
            let ended = try await run.ended()
            #expect(ended.status == 0)
            #expect(ended.output.split(separator: "1 waiting message dropped").count == 2)
            #expect(ended.output.contains("stopping the running turn\n"))
            #expect(try !program.standInTraffic().prompts.contains("second"))
        }

        @Test func `leaving during a turn says that it is finished first, and Ctrl-C stops it`() async throws {
            var program = try Program()
            let run = try await startTurn(in: &program)
            run.send("/quit\r")
            try await run.output.read(through: "the running turn is finished first; Ctrl-C stops it")
            run.send("\u{3}")
            #expect(try await run.ended(within: .seconds(5)).status == 0)
            for pid in try program.standInTraffic().pids { #expect(!OtherProcess(pid: pid).isRunning) }
        }

        @Test func `an agent that does not stop is replaced, and the prompt comes back`() async throws {
            var program = try Program()
            program.environment["CM_CODEX_INTERRUPT_TIMEOUT"] = "1"
            let run = try await startTurn("deaf", in: &program)
            run.send("\u{3}")
            try await run.output.read(through: "■ stopped after ")
            try await run.output.read(through: "cm» ")
            try program.useStandIn()
            run.send("again\r")
            // The replacement is as deaf, but it takes the next message.
            try await run.output.read(through: " s » ")
        }
    }
}
