import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// One of several programs in a workspace is killed.
    @Suite(.timeLimit(.minutes(1))) struct HostCrashTests {
        @Test func `who is killed while attached disturbs nobody`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let host = try await program.chat()
            let attached = try await program.chat()
            attached.send("mine \(gate.hold)\r")
            try await host.output.read(through: "\(Program.author) mine")
            attached.signal(SIGKILL)
            try await attached.ended()
            try await host.type("/mode", until: "mode: single")
            try gate.open()
            try await host.output.read(through: "✓ ")
            let asked = try program.standInTraffic().prompts
            #expect(asked == ["mine \(gate.hold)"])
            #expect(program.host().pid == host.pid)
        }

        @Test func `when the host is killed the attached one hosts within two seconds`() async throws {
            let program = try Program()
            let host = try await program.chat()
            let attached = try await program.chat()
            let socket = try #require(program.host().socket)
            let time = try await ContinuousClock().measure {
                host.signal(SIGKILL)
                try await attached.type("hello", until: "cannot work on “hello”")
            }
            try await attached.type("/mode", until: "mode: single")
            print("another program hosted \(time / .milliseconds(1)) ms after the kill")
            #expect(time < .seconds(2))
            // The file that the killed one left was replaced.
            let now = program.host()
            #expect(now.pid == attached.pid && now.socket == socket)
            _ = try await program.chat()
        }

        @Test(arguments: [SIGKILL, SIGTERM, SIGHUP])
        func `a turn that had not acted runs again once, and what waited runs in order`(number: Int32) async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let host = try await program.chat()
            let watching = try await program.script()
            let others = [try await program.chat(), try await program.chat()]
            host.send("first \(gate.hold)\r")
            try await watching.output.event("delta")
            for (index, run) in others.enumerated() {
                try await run.type("waiting \(index)", until: "queued, \(index + 1) before it")
            }
            host.signal(number)
            try await host.ended()
            try await watching.output.event("delta")
            try gate.open()
            let prompts = ["first \(gate.hold)", "waiting 0", "waiting 1"]
            try await watching.output.event("turn.finished") { $0.text == "You said: waiting 1" }
            watching.closeInput()
            let events = try await watching.ended().events()
            #expect(events.of("turn.started").map(\.text) == [prompts[0]] + prompts)
            #expect(events.of("turn.finished").map(\.status) == ["interrupted", "ok", "ok", "ok"])
            #expect(events.goodEndings == prompts.map { "You said: \($0)" })
            #expect(Set(events.of("turn.started").compactMap(\.turn)).count == 4)
            let asked = try program.standInTraffic().prompts
            #expect(asked == [prompts[0]] + prompts)
            for run in others {
                try await run.output.read(through: "You said: waiting 1\n")
                #expect(run.output.text.count(of: "You said: waiting 1\n") == 1)
            }
        }

        @Test func `a turn that had acted is told as interrupted, and what waited runs`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let host = try await program.chat()
            let attached = try await program.script()
            let terminal = try await program.chat()
            let acting = "[[sh: true]] [[say: done with it]] \(gate.hold)"
            host.send(acting + "\r")
            try await attached.output.event("delta")
            try await terminal.type("next", until: "queued, 1 before it")
            host.signal(SIGKILL)
            let told = try await attached.output.event("turn.finished")
            #expect(told.status == "interrupted" && told.error?.kind == "process")
            #expect(told.error?.message.contains("cm stopped while this turn ran. It was not repeated") == true)
            #expect(try await attached.output.event("turn.finished").text == "You said: next")
            try await terminal.output.read(through: "✗ interrupted (process): cm stopped while this turn ran")
            try await terminal.output.read(through: "You said: next\n")
            let asked = try program.standInTraffic().prompts
            #expect(asked == [acting, "next"])
        }

        @Test func `of five that are attached one takes over, and the others are attached to it`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let host = try await program.script()
            var attached: [Run] = []
            for index in 1...5 { attached.append(try await program.script("session-\(index)")) }
            host.send("before\n")
            try await host.output.event("turn.finished")
            let time = try await ContinuousClock().measure {
                host.signal(SIGKILL)
                for (index, run) in attached.enumerated() { run.send("message \(index)\n/mode\n") }
                for (index, run) in attached.enumerated() {
                    let end = try await run.output.event("turn.finished")
                    #expect(end.text == "You said: message \(index)")
                }
            }
            print("five others had another host \(time / .milliseconds(1)) ms after the kill")
            #expect(time < .seconds(4))
            for run in attached { try await run.output.event("command") }
            let successor = try #require(program.host().pid)
            #expect(attached.map(\.pid).contains(successor))
            let traffic = try program.standInTraffic()
            #expect(traffic.prompts.sorted() == ["before"] + (0..<5).map { "message \($0)" })
            // One core has one agent.
            #expect(traffic.pids.count { OtherProcess(pid: $0).isRunning } == 1)
            for run in attached {
                run.closeInput()
                #expect(try await run.ended().status == 0)
            }
        }

        @Test func `a question goes on with the next core when its host is killed`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let host = try await program.script()
            let ask = try program.start("ask", "what is it \(gate.hold)")
            ask.closeInput()
            try await program.agentHasBeenAsked()
            host.signal(SIGKILL)
            try await host.ended()
            try gate.open()
            let result = try await ask.ended()
            #expect(result.output == "You said: what is it \(gate.hold)\n")
            #expect(result.status == 0)
        }
    }
}
