import Foundation
import Testing

extension BuiltProgramTests {
    /// The program killed in the middle of its work, and the run after that.
    @Suite(.timeLimit(.minutes(1))) struct CrashTests {
        /// Kills `run`, and checks that its agents end with it.
        private func kill(_ run: Run, of program: Program) async throws {
            run.signal(SIGKILL)
            #expect(try await run.ended().status == 128 + SIGKILL)
            for pid in try program.standInTraffic().pids {
                #expect(try await OtherProcess(pid: pid).ends(within: .seconds(2)))
            }
        }

        /// Runs `/history` and more in the session as it was left, with an agent that works.
        private func nextRun(_ program: inout Program, _ input: String) async throws -> [ScriptEvent] {
            try program.useStandIn()
            let result = try await program.run("chat", "--json", input: input)
            #expect(result.status == 0)
            return try result.events()
        }

        @Test func `a message whose turn had not acted runs again, once, before the next one`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            let run = try program.start("chat", "--json")
            run.send("the lost one\n")
            try await run.output.event("delta")
            try await kill(run, of: program)

            let events = try await nextRun(&program, "next\n")
            let started = events.of("turn.started").suffix(2)
            #expect(started.map(\.text) == ["the lost one", "next"])
            #expect(started.map(\.mine) == [false, true])
            #expect(events.goodEndings == ["You said: the lost one", "You said: next"])
            #expect(try await nextRun(&program, "later\n").goodEndings == ["You said: later"])
            #expect(try program.standInTraffic().prompts == ["the lost one", "the lost one", "next", "later"])
            // The same conversation went on with the agent.
            #expect(Set(try program.standInTraffic().threads).count == 1)
        }

        @Test func `a message whose turn had acted is not run again, and is recorded as interrupted`() async throws {
            var program = try Program()
            try program.useStandIn("approval")
            // The approval was shown and answered, the rest of the answer is slow.
            program.environment["STANDIN_DELAY_MS"] = "30000"
            let run = try program.start("chat", "--json")
            run.send("do it\n")
            try await run.output.event("delta")
            try await kill(run, of: program)

            let events = try await nextRun(&program, "next\n/history\n")
            #expect(events.goodEndings == ["You said: next"])
            let history = events.of("command").first?.text ?? ""
            #expect(history.contains("[interrupted: cm stopped while this turn ran. It was not repeated"))
            #expect(history.contains("touch approved"))
            #expect(try program.standInTraffic().prompts == ["do it", "next"])
        }

        @Test func `a message that was hit by two crashes is not tried a third time`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            var first: String?
            for input in ["bad luck\n", ""] {
                let run = try program.start("chat", "--json")
                run.send(input)
                // The next run first tells how far the turn had come.
                first = try await run.output.event("delta") { $0.turn != first }.turn
                try await kill(run, of: program)
            }
            let events = try await nextRun(&program, "next\n/history\n")
            #expect(events.goodEndings == ["You said: next"])
            #expect(try program.standInTraffic().prompts == ["bad luck", "bad luck", "next"])
            #expect(events.of("command").first?.text?.contains("for the second time; it is not tried again") == true)
        }

        @Test func `messages that waited when the program was killed run in order`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "» ")
            run.send("one\r")
            try await run.output.read(through: " s » ")
            for text in ["two", "three"] {
                run.send("\(text)\r")
                try await run.output.read(through: "queued, ")
            }
            try await kill(run, of: program)

            let events = try await nextRun(&program, "four\n")
            #expect(events.goodEndings == ["one", "two", "three", "four"].map { "You said: \($0)" })
        }

        @Test func `the lock of a killed program does not keep the next one out`() async throws {
            let program = try Program()
            let run = try program.start("chat")
            run.send("/mode\n")
            try await run.output.read(through: "mode")
            run.signal(SIGKILL)
            try await run.ended()
            #expect(try await program.run("chat", input: "/mode\n").status == 0)
        }

        @Test func `a question that was killed does not come back in the terminal's conversation`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            let run = try program.start("ask", "--json", "lost")
            run.closeInput()
            try await run.output.event("delta")
            try await kill(run, of: program)
            let events = try await nextRun(&program, "next\n")
            #expect(events.of("turn.started").map(\.text) == ["next"])
        }
    }
}
