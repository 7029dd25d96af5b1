import Foundation
import Testing

extension BuiltProgramTests {
    /// Right and wrong settings, wherever they are written.
    @Suite(.timeLimit(.minutes(1))) struct ConfigurationTests {
        private static let sandboxes = "read-only, workspace-write, danger-full-access"

        @Test(arguments: [
            (
                "[turn]\ntimeout = \"long\"\n",
                "2: turn.timeout: found the string \"long\", expected seconds, more than 0 and at most 315360000"
            ),
            ("\n[codex]\nsandbox = 3\n", "3: codex.sandbox: found the integer 3, expected one of \(sandboxes)"),
            ("[turn\n", "1: column 6: ] was expected"),
        ])
        func `a wrong file ends the run with file, line, key, found and expected`(
            conf: String, problem: String
        ) async throws {
            let program = try Program()
            try program.writeConf(conf)
            let result = try await program.run("chat", input: "hello\n")
            #expect(result.status == 2)
            #expect(result.errors == "cm: ~/.config/cm/conf.toml:\(problem)\n")
            #expect(result.output == "")
        }

        @Test func `all problems are told at once`() async throws {
            var program = try Program()
            try program.writeConf("[codex]\nsandbox = \"none\"\napproval_policy = 3\n")
            program.environment["CM_TURN_TIMEOUT"] = "never"
            let result = try await program.run("chat")
            #expect(result.status == 2)
            let lines = result.errors.split(separator: "\n")
            #expect(lines.count == 3)
            for name in ["turn.timeout: found \"never\"", "codex.sandbox", "codex.approval_policy"] {
                #expect(lines.contains { $0.contains(name) })
            }
        }

        @Test func `an unknown key warns with a suggestion, and the program runs`() async throws {
            let program = try Program()
            try program.writeConf("[turn]\ntimeot = 3\n")
            let result = try await program.run("chat", input: "/mode\n")
            #expect(result.errors.hasPrefix("cm: warn: ~/.config/cm/conf.toml:2: "))
            #expect(result.errors.contains("turn.timeot; did you mean turn.timeout?"))
            #expect(result.output == "mode: single\n")
            #expect(result.status == 0)
        }

        @Test func `an unknown variable of ours warns, one of others does not`() async throws {
            var program = try Program()
            program.environment.merge(["CM_TURN_TIMEOT": "1", "TURN_TIMEOT": "1"]) { $1 }
            let result = try await program.run("chat", input: "/mode\n")
            #expect(result.errors.split(separator: "\n").count == 1)
            #expect(result.errors.contains("did you mean CM_TURN_TIMEOUT?"))
            #expect(result.status == 0)
        }

        @Test func `with --json a warning is an event`() async throws {
            let program = try Program()
            try program.writeConf("[turn]\ntimeot = 3\n")
            let result = try await program.run("chat", "--json")
            #expect(try result.events().map(\.type) == ["session", "notice"])
            #expect(result.errors == "")
        }

        @Test func `a file that was named must be there`() async throws {
            let result = try await Program().run("chat", "--conf", "missing.toml")
            #expect(result.status == 2)
            #expect(result.errors.contains("--conf: there is no file"))
            #expect(result.errors.contains("missing.toml"))
        }

        @Test func `a missing file of the user is created with comments, for the user alone`() async throws {
            let program = try Program()
            #expect(try await program.run("chat", input: "/mode\n").status == 0)
            let path = program.path("home/.config/cm/conf.toml")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains("[codex]") && text.contains("#sandbox = "))
            #expect(try permissions(path) == 0o600)
            #expect(try await program.run("chat", input: "/mode\n").status == 0)
        }

        @Test func `without XDG_CONFIG_HOME the file is in HOME`() async throws {
            var program = try Program()
            program.environment["XDG_CONFIG_HOME"] = nil
            try program.writeConf("[turn]\ntimeout = true\n")
            let result = try await program.run("chat")
            #expect(result.status == 2)
            #expect(result.errors.contains("turn.timeout"))
        }

        @Test func `flag beats environment beats .env beats the file`() async throws {
            var program = try Program()
            try program.writeConf("[codex]\nhandshake_timeout = \"file\"\n")
            #expect(try await program.run("chat").errors.contains("found the string \"file\""))

            // The agent that answers shows which value won: a stand-in at a path that each source gives.
            try program.useStandIn()
            func agent() async throws -> String? { try await program.run("chat", "--json").events().first?.agent }
            try program.writeConf("[codex]\ncommand = \"/missing/in/file\"\n")
            #expect(try await agent() == "offline")
            try program.write("CM_CODEX_COMMAND='\(BuiltPrograms.standIn)'\n", to: "workspace/.env")
            #expect(try await agent() == "codex")
            program.environment["CM_CODEX_COMMAND"] = "/missing/in/environment"
            #expect(try await agent() == "offline")
        }

        @Test func `.env reaches the agents, our own variables and Telegram's do not`() async throws {
            var program = try Program()
            try program.write("FROM_ENV=1\nTELEGRAM_BOT_TOKEN=secret\n", to: "workspace/.env")
            program.environment.merge(["CM_TURN_TIMEOUT": "60", "TELEGRAM_CHAT_ID": "1", "OWN": "1"]) { $1 }
            try program.useScriptAsCodex("#!/bin/sh\n/usr/bin/env > \"$HOME/seen\"\nexit 1\n")
            _ = try await program.run("chat", "--agent", "codex", input: "hello\n")
            let seen = try String(contentsOfFile: program.path("home/seen"), encoding: .utf8)
            let names = Set(seen.split(separator: "\n").map { String($0.prefix { $0 != "=" }) })
            #expect(names.isSuperset(of: ["FROM_ENV", "OWN", "HOME", "PATH", "CODEX_HOME"]))
            // The marker of a child is how it is found when it has lost its parents.
            #expect(names.filter { $0.hasPrefix("CM_") || $0.hasPrefix("TELEGRAM_") } == ["CM_CHILD"])
        }

        @Test func `a role is told the prompt of the project's file, unless it has its own`() async throws {
            var program = try Program()
            try program.useStandIn()
            try program.write("Choose for {{profile}}.", to: "workspace/docs/choose.md")
            try program.write("Not this.", to: "home/.config/cm/other.md")
            try program.write(
                #"{"agentPrompts": {"plan-selector": "docs/choose.md"}}"#, to: "workspace/codex-monitor.config.json")
            let conf = "[prompts]\nplan-selector = \"other.md\"\n"
            try program.writeConf(conf)
            let first = try await program.run("chat", "--mode", "plan", input: "one\n")
            #expect(first.status == 0)
            let told = try #require(try program.standInTraffic().prompts.first)
            #expect(told.hasPrefix("Choose for default.\n\n# Request\n\none"))
            try program.writeConf(conf + "[agents.plan.selector]\nsystem_prompt = \"Mine.\"\n")
            let second = try await program.run("chat", "--mode", "plan", input: "two\n")
            #expect(second.status == 0)
            let prompts = try program.standInTraffic().prompts
            #expect(prompts.contains { $0.hasPrefix("Mine.") && $0.hasSuffix("# Request\n\ntwo") })
        }
    }
}

/// The permission bits of a file.
func permissions(_ path: String) throws -> Int {
    let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require((value as? NSNumber)?.intValue)
}
