import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The host of the core leaves while others are attached.
    @Suite(.timeLimit(.minutes(1))) struct LeavingTests {
        @Test(arguments: ["\u{4}", "/quit\r"])
        func `its turn is finished first, and the others go on`(keys: String) async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let host = try await program.chat()
            let other = try await program.chat()
            let script = try await program.script("script")
            host.send("slow \(gate.hold)\r")
            try await other.output.read(through: " s » ")
            host.send(keys)
            try await host.output.read(through: "the running turn is finished first; Ctrl-C stops it")
            try await other.type("typed meanwhile", until: "queued, 1 before it")
            script.send("written meanwhile\n")
            try gate.open()
            try await other.output.read(through: "said: slow")
            let left = try await host.ended()
            #expect(left.status == 0)
            #expect(left.output.count(of: "said: slow") == 1)
            try await other.output.read(through: "You said: typed meanwhile\n")
            let end = try await script.output.event("turn.finished")
            #expect(end.text == "You said: written meanwhile")
            try await other.type("later", until: "You said: later\n")
            let prompts = try program.standInTraffic().prompts
            #expect(prompts.first == "slow \(gate.hold)" && prompts.last == "later")
            #expect(prompts.sorted() == ["later", "slow \(gate.hold)", "typed meanwhile", "written meanwhile"])
        }

        @Test func `Ctrl-C does not wait for the turn`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let host = try await program.chat()
            let other = try await program.chat()
            host.send("slow \(gate.hold)\r")
            try await other.output.read(through: " s » ")
            try await program.agentHasBeenAsked()
            host.send("\u{4}")
            try await host.output.read(through: "Ctrl-C stops it")
            host.send("\u{3}")
            #expect(try await host.ended(within: .seconds(5)).status == 0)
            try await other.output.read(through: "■ stopped after ")
            try await other.type("next", until: "You said: next\n")
            let asked = try program.standInTraffic().prompts
            #expect(asked == ["slow \(gate.hold)", "next"])
        }

        @Test func `who is attached leaves at once, and its turn goes on`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let host = try await program.chat()
            let other = try await program.chat()
            other.send("slow \(gate.hold)\r")
            try await host.output.read(through: " s » ")
            other.send("\u{4}")
            let left = try await other.ended()
            #expect(left.status == 0)
            #expect(!left.output.contains("finished first"))
            try gate.open()
            try await host.output.read(through: "✓ ")
        }

        @Test func `a script that ends while others are attached leaves the core to them`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let host = try await program.script()
            let other = try await program.script("other")
            host.send("one\n")
            try await host.output.event("turn.finished")
            host.closeInput()
            #expect(try await host.ended().status == 0)
            other.send("two\n")
            #expect(try await other.output.event("turn.finished").text == "You said: two")
            #expect(program.host().pid == other.pid)
        }
    }
}
