import Foundation
import Testing

extension BuiltProgramTests {
    /// A person at a terminal while the real Codex works.
    @Suite(.enabled(if: RealCodex.isThere, RealCodex.reason), .timeLimit(.minutes(1)))
    struct RealAgentCodexTerminalTests {
        @Test func `Ctrl-C gives the prompt back within 300 ms, and the next turn works`() async throws {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            try await run.output.read(through: "cm» ")
            var times: [Duration] = []
            for number in 1...3 {
                run.send("long answer \(number) [[count: 300]] [[delay: 0.1]]\r")
                // The answer is shown line by line.
                try await run.output.read(through: "You said: long answer \(number)")
                times.append(
                    try await ContinuousClock().measure {
                        run.send("\u{3}")
                        try await run.output.read(through: "■ stopped after ")
                        try await run.output.read(through: "cm» ")
                    })
            }
            print("Ctrl-C gave the prompt back after \(times.map { $0 / .milliseconds(1) }) ms")
            // Machines that test are busy; what counts is what the program can do.
            #expect(try #require(times.min()) < .milliseconds(300))
            run.send("next\r")
            try await run.output.read(through: "You said: next")
            try await run.output.read(through: "✓ ")
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
            #expect(program.agentProcesses.isEmpty)
        }

        @Test func `stopping a turn stops the command it runs`() async throws {
            let model = try await FakeModel()
            let program = try RealCodex.program(answeredBy: model)
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            run.send("[[sh: sleep 5; touch survived]] [[say: never]]\r")
            try await run.output.read(through: "s · sleep 5")  // in the prompt: it runs
            run.send("\u{3}")
            try await run.output.read(through: "■ stopped after ")
            // Longer than the command would have taken.
            run.send("[[sh: sleep 6]] [[say: later]]\r")
            try await run.output.read(through: "✓ ")
            #expect(!FileManager.default.fileExists(atPath: program.workspace + "/survived"))
            run.send("\u{4}")
            #expect(try await run.ended().status == 0)
        }
    }
}
