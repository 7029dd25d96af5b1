import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Several programs in one workspace.
    @Suite(.timeLimit(.minutes(1))) struct TogetherTests {
        @Test func `two terminals show what is typed in either, with who and where, and each answer once`() async throws
        {
            var program = try Program()
            try program.useStandIn("directed")
            let first = try await program.chat()
            let other = try await program.script("other")
            let second = try program.startAtTerminal("chat")
            try await second.output.read(through: "attached to cm chat (pid \(first.pid), since ")

            for (index, (typing, seeing)) in [(first, second), (second, first)].enumerated() {
                typing.send("question \(index)\r")
                try await seeing.output.read(through: "\(Program.author) question \(index)\n")
                for run in [first, second] {
                    try await run.output.read(through: "You said: question \(index)\n")
                    try await run.output.read(through: "✓ ")
                }
            }
            other.send("elsewhere\n")
            other.closeInput()
            let elsewhere = try await other.ended()
            #expect(try elsewhere.events().of("turn.started").map(\.text) == ["elsewhere"])
            #expect(try elsewhere.events().goodEndings == ["You said: elsewhere"])

            for run in [second, first] {
                run.send("\u{4}")
                let shown = try await run.ended()
                #expect(shown.status == 0)
                for index in 0...1 { #expect(shown.output.count(of: "You said: question \(index)") == 1) }
                #expect(shown.output.count(of: Program.author) == 1)
                #expect(!shown.output.contains("elsewhere"))
            }
            let asked = try program.standInTraffic().prompts
            #expect(asked == ["question 0", "question 1", "elsewhere"])
        }

        @Test func `scripts write the same lines wherever the core is`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let runs = [try await program.script(), try await program.script(), try await program.script()]
            for (index, run) in runs.enumerated() {
                run.send("message \(index) [[sh: true]] [[say: some words]]\n/mode\n")
                for run in runs { try await run.output.event("turn.finished") }
                try await run.output.event("command")
            }
            var seen: [[ScriptEvent]] = []
            for run in runs.reversed() {
                run.closeInput()
                let result = try await run.ended()
                #expect(result.status == 0 && result.errors == "")
                seen.append(try result.events())
            }
            #expect(
                seen.map { $0.of("turn.started").map(\.mine) }.reversed()
                    == [0, 1, 2].map { own in
                        [0, 1, 2].map { $0 == own }
                    })
            let shared = seen.map { events in
                events.filter { $0.type != "command" }.map { event in
                    var event = event
                    event.mine = nil
                    return event
                }
            }
            #expect(shared[0] == shared[1] && shared[1] == shared[2])
            #expect(shared[0].of("turn.finished").count == 3)
            #expect(seen.allSatisfy { $0.of("command").map(\.text) == ["mode: single"] })
        }

        @Test func `Ctrl-C in one terminal stops the turn for both`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            let first = try await program.chat()
            let second = try await program.chat()
            first.send("hello\r")
            try await second.output.read(through: "\(Program.author) hello\n")
            try await second.output.read(through: " s » ")
            let time = try await ContinuousClock().measure {
                second.send("\u{3}")
                // Who is of the same name is told that it was somebody else.
                try await first.output.read(through: "■ stopped by ")
                try await second.output.read(through: "■ stopped after ")
            }
            #expect(time < .seconds(2))
            for run in [first, second] { try await run.output.read(through: "cm» ") }
        }

        @Test func `what one session does is no matter of another one`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let first = try await program.chat()
            let other = try await program.chat("--session", "other")
            first.send("slow \(gate.hold)\r")
            try await first.output.read(through: " s » ")
            other.send("\u{3}")
            try await other.output.read(through: "press Ctrl-C again within 2 s")
            other.send("quick\r")
            try await other.output.read(through: "You said: quick\n")
            try await other.output.read(through: "✓ ")
            try await other.type("/cancel", until: "no turn is running")
            try gate.open()
            try await first.output.read(through: "✓ ")
            other.send("\u{4}")
            #expect(try await !other.ended().output.contains("slow"))
        }

        @Test(arguments: [false, true])
        func `a question that is asked of a session is shown at both terminals and answered at one`(
            isAttached: Bool
        ) async throws {
            var program = try Program()
            try program.useStandIn("approval")
            let first = try await program.chat()
            let second = try await program.chat()
            let offer = "allow? y once · s session · n deny · e deny with a reason · v view » "
            first.send("do it\r")
            for run in [first, second] {
                try await run.output.read(through: "wants to run a command\n  $ touch approved\n")
                try await run.output.read(through: offer)
            }
            let (answering, seeing) = isAttached ? (second, first) : (first, second)
            answering.send("y")
            try await answering.output.read(through: "touch approved · allowed once\n")
            try await seeing.output.read(through: "touch approved · allowed by \(NSUserName())")
            for run in [first, second] {
                try await run.output.read(through: "The decision was: accept\n")
                try await run.output.read(through: "✓ ")
                try await run.output.read(through: "cm» ")
            }
        }

        @Test func `a script's question is asked of a terminal that is attached, and else denied`() async throws {
            var program = try Program()
            try program.useStandIn("approval")
            let script = try await program.script()
            script.send("alone\n")
            try await script.output.event("approval") { $0.status == "denied" }
            try await script.output.event("turn.finished")

            let elsewhere = try await program.chat("--session", "other")
            script.send("with somebody elsewhere\n")
            try await script.output.event("approval") { $0.status == "denied" }
            try await script.output.event("turn.finished")

            let terminal = try await program.chat()
            script.send("with somebody there\n")
            try await terminal.output.read(through: "v view » ")
            terminal.send("y")
            let allowed = try await script.output.event("approval") { $0.status != "asked" }
            #expect(allowed.status == "allowed" && allowed.by?.contains(NSUserName()) == true)
            #expect(try await script.output.event("turn.finished").text == "The decision was: accept")
            elsewhere.send("\u{4}")
            #expect(try await !elsewhere.ended().output.contains("touch approved"))
        }
    }
}
