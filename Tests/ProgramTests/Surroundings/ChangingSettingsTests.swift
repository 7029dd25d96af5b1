import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Files of settings that change while the program runs.
    @Suite(.timeLimit(.minutes(1))) struct ChangingSettingsTests {
        @Test func `the next turn is answered by a new process with the new model, in the same conversation`()
            async throws
        {
            var program = try Program()
            try program.useStandIn()
            let run = try program.start("chat", "--json")
            run.send("one\n")
            try await run.output.event("turn.finished") { $0.status == "ok" }
            let first = OtherProcess(pid: try #require(try program.standInTraffic().pids.first))
            let time = try await ContinuousClock().measure {
                try program.writeConf("[codex]\nagent_model = \"new\"\n")
                let notice = try await run.output.event("notice")
                #expect(notice.level == "info")
                let change = "codex.agent_model (~/.config/cm/conf.toml:2): not set → \"new\""
                #expect(notice.text == "settings changed: \(change)")
            }
            print("a change was told after \(time / .milliseconds(1)) ms")
            #expect(try await first.ends(within: Program.patience))
            run.send("two\n")
            try await run.output.event("turn.finished") { $0.status == "ok" }
            let traffic = try program.standInTraffic()
            #expect(traffic.pids.count == 2)
            #expect(traffic.models == [nil, "new"])
            #expect(Set(traffic.threads).count == 1 && traffic.threads.count == 2)
            let last = OtherProcess(pid: try #require(traffic.pids.last))
            run.closeInput()
            let result = try await run.ended()
            #expect(result.status == 0)
            #expect(try result.events().of("notice").count == 1)
            #expect(!last.isRunning)
        }

        @Test func `a turn that runs ends on its process, which ends after it`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let run = try program.start("chat", "--json")
            run.send("[[sh: until test -e go; do /bin/sleep 0.05; done]] [[say: done]]\n")
            try await run.output.event("action") { $0.status == "started" }
            let first = OtherProcess(pid: try #require(try program.standInTraffic().pids.first))
            try program.write("FROM_ENV=1\n", to: "workspace/.env")
            let notice = try await run.output.event("notice")
            #expect(notice.text == "settings changed: agents get FROM_ENV (.env)")
            // Twice, and back, while the turn runs.
            try program.write("FROM_ENV=2\n", to: "workspace/.env")
            try await run.output.event("notice") { $0.text == "settings changed: agents get another FROM_ENV (.env)" }
            try program.write("", to: "workspace/.env")
            try await run.output.event("notice") { $0.text == "settings changed: agents no longer get FROM_ENV (.env)" }
            #expect(first.isRunning)
            try program.write("", to: "workspace/go")
            let finished = try await run.output.event("turn.finished")
            #expect(finished.status == "ok" && finished.text == "done")
            #expect(try await first.ends(within: Program.patience))
            run.send("again\n")
            try await run.output.event("turn.finished") { $0.text == "You said: again" }
            #expect(try program.standInTraffic().pids.count == 2)
            run.closeInput()
            #expect(try await run.ended().status == 0)
        }

        @Test func `a change of what the process does not depend on leaves it, and counts for the next turn`()
            async throws
        {
            var program = try Program()
            try program.useStandIn("hang")
            let run = try program.start("chat", "--json")
            run.send("/mode\n")
            try await run.output.event("command")
            try program.writeConf("[turn]\ntimeout = 0.2\n")
            try await run.output.event("notice") {
                $0.text == "settings changed: turn.timeout (~/.config/cm/conf.toml:2): 3600 → 0.2"
            }
            run.send("one\n")
            try await run.output.event("turn.finished") { $0.error?.kind == "timeout" }
            run.closeInput()
            try await run.ended()
            #expect(try program.standInTraffic().pids.count == 1)
        }

        @Test func `a prompt is put before the message, and its changed file before the next`() async throws {
            var program = try Program()
            try program.useStandIn("directed")
            let prompt = "home/.config/cm/mine.md"
            try program.write("You work in {{directory}} as {{profile}}, {{title}}.\n", to: prompt)
            try program.writeConf("[prompts]\nsingle-developer = \"mine.md\"\n")
            let run = try program.start("chat", "--json")
            let warning = try await run.output.event("notice")
            #expect(
                warning.text == "~/.config/cm/conf.toml:2: prompts.single-developer: \(program.path(prompt)): "
                    + "{{title}} is no variable; here are {{directory}}, {{profile}}")
            run.send("one\n")
            let first = try await run.output.event("turn.finished")
            #expect(
                first.text == "You said: You work in \(program.path("workspace")) as default, {{title}}.\n\n\none")
            try program.write("Be brief.", to: prompt)
            try await run.output.event("notice") {
                $0.text == "settings changed: prompt single-developer (~/.config/cm/conf.toml:2): changed"
            }
            run.send("two\n")
            try await run.output.event("turn.finished") { $0.text == "You said: Be brief.\n\ntwo" }
            try program.writeConf("[prompts]\nsingle-developer = \"built-in\"\n")
            try await run.output.event("notice") { $0.text?.hasSuffix(": changed") == true }
            run.send("[[say: three]]\n")
            try await run.output.event("turn.finished") { $0.status == "ok" && $0.text == "three" }
            let traffic = try program.standInTraffic()
            let start = "You are a coding agent that works in \(program.path("workspace")). "
            #expect(traffic.pids.count == 1 && traffic.prompts.last?.hasPrefix(start) == true)
            run.closeInput()
            #expect(try await run.ended().status == 0)
        }

        @Test func `agents come and go with the settings`() async throws {
            let program = try Program()
            let run = try program.start("chat", "--json")
            try await run.output.event("session")
            let project = "workspace/codex-monitor.config.json"
            try program.write(
                #"{"executors": [{"name": "mine", "executor": "CUSTOM", "command": ["/bin/cat"]}]}"#, to: project)
            try await run.output.event("notice") {
                $0.text == "settings changed: executor mine (codex-monitor.config.json:1): new"
            }
            run.send("hello\n")
            try await run.output.event("turn.finished") { $0.text == "hello" }
            try FileManager.default.removeItem(atPath: program.path(project))
            try await run.output.event("notice") { $0.text?.hasSuffix("gone") == true }
            run.send("/agent mine\n")
            let refused = try await run.output.event("command")
            #expect(refused.text?.hasPrefix("no agent is called mine") == true)
            run.closeInput()
            try await run.ended()
        }

        @Test func `profiles and roles are told of, and a warning that only moved is not told again`() async throws {
            let program = try Program()
            try program.writeConf("zebra = 1\n")
            let run = try program.start("chat", "--json")
            try await run.output.event("notice") { $0.text == "~/.config/cm/conf.toml:1: unknown key zebra" }
            let profiles = "[profiles.work]\nmodel = \"m\"\n[agents.plan.reviewer]\nmodel = \"m\"\n"
            try program.writeConf("# why\nzebra = 1\nant = 1\n" + profiles)
            let notice = try await run.output.event("notice")
            let place = "~/.config/cm/conf.toml"
            let changes = "profile work (\(place):4): new; role plan.reviewer of all profiles (\(place):7): new"
            #expect(notice.text == "settings changed: \(changes)")
            #expect(try await run.output.event("notice").text == "\(place):3: unknown key ant")
            run.closeInput()
            #expect(try await run.ended().events().of("notice").count == 3)
        }

        @Test func `a broken file is told once at the terminal and changes nothing`() async throws {
            var program = try Program()
            try program.useStandIn()
            try program.writeConf("[turn]\ntimeout = 60\n")
            let run = try program.startAtTerminal("chat")
            try await run.output.read(through: "/help")
            run.send("one\r")
            try await run.output.read(through: "✓ ")
            run.send("half a line")
            try await run.output.read(through: "half a line")
            try program.writeConf("[turn\n")
            try await run.output.read(through: "the changed settings cannot be used, those before stay in force")
            // The typed line is there again, below the notice.
            try await run.output.read(through: "cm» half a line")
            try program.writeConf("[turn]\n\ntimeout = 60\n")
            let between = try await run.output.read(through: "the settings can be read again")
            #expect(!between.contains("cannot be used"))
            run.send("\u{15}two\r")
            try await run.output.read(through: "You said: two")
            #expect(try program.standInTraffic().pids.count == 1)
        }

        @Test func `in a script without --json the notice goes to stderr`() async throws {
            let program = try Program()
            let run = try program.start("chat")
            run.send("/mode\n")
            try await run.output.read(through: "mode: single\n")
            try program.write("CODEX_MODEL=m\nOPENAI_API_KEY=hunter2\n", to: "workspace/.env")
            try await run.errors.read(through: "cm: info: settings changed: ")
            run.closeInput()
            let result = try await run.ended()
            #expect(result.errors.contains("codex.agent_model (.env:1): not set → \"m\""))
            #expect(result.errors.contains("provider.api_key (.env:2): not set → (hidden)"))
            #expect(!result.errors.contains("hunter2"))
            #expect(result.output == "mode: single\n")
        }
    }
}
