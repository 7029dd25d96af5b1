import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The monitor: how it comes, what it does for others, and how it goes.
    @Suite(.timeLimit(.minutes(1))) struct MonitorTests {
        @Test(arguments: [["run"], ["chat", "--monitor", "--json", "--session", "other"]])
        func `a chat that hosts finishes its turn, hands over and goes on`(command: [String]) async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let chat = try await program.chat()
            chat.send("slow \(gate.hold)\r")
            try await chat.output.read(through: " s » ")
            let monitor = try program.start(command)
            _ = try await eventually("the monitor has its right") {
                program.lock("monitor.lock").contains("pid \(monitor.pid)") ? true : nil
            }
            // The turn goes on, and what is typed meanwhile is kept for the monitor.
            #expect(program.host().pid == chat.pid)
            try await chat.type("next", until: "queued, 1 before it")
            try gate.open()
            for text in ["slow \(gate.hold)", "next"] {
                try await chat.output.read(through: "said: \(text)\n")
                try await chat.output.read(through: "✓ ")
            }
            try await program.hosts(monitor)
            chat.send("once more\r")
            try await chat.output.read(through: "You said: once more\n")
            let asked = try program.standInTraffic().prompts
            #expect(asked == ["slow \(gate.hold)", "next", "once more"])

            let name = command.contains("--monitor") ? "cm chat --monitor" : "cm run"
            for second in [["run"], ["chat", "--monitor"]] {
                let refused = try await program.run(second, input: [])
                #expect(refused.status == 75)
                #expect(refused.errors.contains("has a monitor already: \(name) (pid \(monitor.pid), since "))
                #expect(refused.output == "")
            }
            chat.send("\u{4}")
            #expect(try await chat.ended().status == 0)
        }

        @Test func `asked to end, it finishes the running turn, and who is attached hosts`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let gate = program.gate()
            let monitor = try await program.monitor()
            let chat = try await program.chat()
            chat.send("slow \(gate.hold)\r")
            try await chat.output.read(through: " s » ")
            monitor.signal(SIGTERM)
            // It starts nothing more by now.
            try await chat.type("next", until: "queued, 1 before it")
            #expect(program.host().pid == monitor.pid)
            try gate.open()
            try await chat.output.read(through: "said: slow")
            #expect(try await monitor.ended().status == 0)
            try await chat.output.read(through: "You said: next\n")
            try await program.hosts(chat)
            let asked = try program.standInTraffic().prompts
            #expect(asked == ["slow \(gate.hold)", "next"])
        }

        @Test func `what does not end within the grace runs again where somebody is attached`() async throws {
            var program = try Program()
            program.environment["CM_SHUTDOWN_GRACE"] = "0.2"
            try program.useStandIn("directed")
            let gate = program.gate()
            let monitor = try await program.monitor()
            let chat = try await program.chat()
            chat.send("slow \(gate.hold)\r")
            try await program.agentHasBeenAsked()
            let time = try await ContinuousClock().measure {
                monitor.signal(SIGTERM)
                let ended = try await monitor.ended()
                #expect(ended.status == 0)
            }
            #expect(time < .seconds(4))
            try gate.open()
            try await chat.output.read(through: "runs again: slow")
            try await chat.output.read(through: "✓ ")
            #expect(chat.output.text.count(of: "said: slow") == 1)
            let asked = try program.standInTraffic().prompts
            #expect(asked == ["slow \(gate.hold)", "slow \(gate.hold)"])
        }

        @Test func `a turn that planned restarts cut off runs again each time, and once more after a crash`()
            async throws
        {
            var program = try Program()
            program.environment["CM_SHUTDOWN_GRACE"] = "0.2"
            try program.useStandIn("directed")
            let gate = program.gate()
            var monitor = try await program.monitor()
            let chat = try await program.script()
            chat.send("slow \(gate.hold)\n")
            try await program.agentHasBeenAsked()
            // Nobody else is to host meanwhile.
            chat.signal(SIGKILL)
            try await chat.ended()
            for (life, number) in [SIGTERM, SIGTERM, SIGKILL, SIGTERM].enumerated() {
                monitor.signal(number)
                try await monitor.ended()
                monitor = try await program.monitor()
                try await program.agentHasBeenAsked(life + 2)
            }
            try gate.open()
            _ = try await eventually("the answer is there") {
                let shown = try await program.run("session", "show", "default")
                return shown.output.contains("You said: slow") ? true : nil
            }
            let last = try await program.run("session", "show", "default")
            #expect(
                last.output.count(of: "cm was told to end while this turn ran; it had not acted and runs again") == 3)
            #expect(last.output.count(of: "cm stopped while this turn ran; it had not acted and runs again") == 1)
        }

        @Test func `a second signal stops the running turn`() async throws {
            var program = try Program()
            try program.useStandIn("hang")
            let monitor = try await program.monitor()
            let chat = try await program.chat()
            chat.send("for ever\r")
            try await program.agentHasBeenAsked()
            monitor.signal(SIGINT)
            // Two signals at once would be one: the first has long arrived when this has been answered.
            try await chat.type("next", until: "queued, 1 before it")
            monitor.signal(SIGINT)
            try await chat.output.read(through: "■ stopped after ")
            let ended = try await monitor.ended(within: .seconds(5))
            #expect(ended.status == 0)
            try await program.hosts(chat)
            try await program.agentHasBeenAsked(2)
            #expect(try program.standInTraffic().prompts == ["for ever", "next"])
        }

        @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
        func `with nothing to finish it ends at once`(number: Int32) async throws {
            let program = try Program()
            let monitor = try await program.monitor()
            let time = try await ContinuousClock().measure {
                monitor.signal(number)
                let ended = try await monitor.ended()
                #expect(ended.status == 0)
            }
            print("the monitor ended \(time / .milliseconds(1)) ms after signal \(number)")
            #expect(time < .seconds(1))
        }

        @Test func `without a configuration cm says what to do, and with a .env it runs`() async throws {
            let program = try Program()
            let refused = try await program.run([], input: [])
            #expect(refused.status == 2)
            #expect(refused.output == "")
            #expect(
                refused.errors
                    == "cm: the workspace \(program.workspace) has no configuration yet: write codex-monitor.config.json "
                    + "or .env there. `cm chat` talks without one, and `cm run` runs the monitor without one\n")
            try program.write("", to: "workspace/.env")
            let monitor = try program.start([String]())
            try await program.hosts(monitor)
            #expect(try await program.run("ask", "--agent", "offline", "hello").status == 0)
            monitor.signal(SIGTERM)
            #expect(try await monitor.ended().status == 0)
        }

        @Test func `the service manager is told of the start, of life and of the end`() async throws {
            var program = try Program()
            let manager = try ServiceManager(at: program.path("notify"))
            program.environment["NOTIFY_SOCKET"] = program.path("notify")
            program.environment["WATCHDOG_USEC"] = "200000"
            try program.useStandIn("directed")
            let monitor = try program.start("run")
            let ready = try await manager.message { $0.hasPrefix("READY=1") }
            #expect(ready.contains("STATUS=hosting the core, "))
            // It can be reached by now.
            #expect(try await program.run("ask", "hello").output == "You said: hello\n")
            for _ in 1...3 { _ = try await manager.message { $0 == "WATCHDOG=1" } }
            monitor.signal(SIGTERM)
            _ = try await manager.message { $0.hasPrefix("STOPPING=1") }
            #expect(try await monitor.ended().status == 0)
        }

        @Test func `a killed monitor is followed by who is attached, and a new one takes the core back`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let first = try await program.monitor()
            let chat = try await program.chat()
            first.signal(SIGKILL)
            try await chat.type("one", until: "You said: one\n")
            #expect(program.host().pid == chat.pid)
            let second = try await program.monitor()
            try await chat.type("two", until: "You said: two\n")
            second.signal(SIGTERM)
            #expect(try await second.ended().status == 0)
            try await chat.type("three", until: "You said: three\n")
            let asked = try program.standInTraffic().prompts
            #expect(asked == ["one", "two", "three"])
        }
    }
}
