import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// What people are told who did not ask, through the built program.
    @Suite(.timeLimit(.minutes(2))) struct NotificationTests {
        private func digests(of chat: FakeChat) -> [String] {
            chat.transcript.byBot.map(\.text).filter { $0.hasPrefix("📊") }
        }

        /// Changes a setting, of which people are told, and returns when that is kept: the `count`th time in the log.
        private func change(_ program: Program, to text: String, _ count: Int) async throws {
            try program.writeConf("[turn]\ntimeout = \(text)\n")
            _ = try await eventually("the change is noticed") {
                let log = try String(contentsOfFile: program.stateFile("cm.log"), encoding: .utf8)
                return log.split(separator: "told of the settings", omittingEmptySubsequences: false).count > count
                    ? true : nil
            }
        }

        @Test func `what an agent tells people reaches the owner, once allowed`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            let hold = stage.program.path("go")
            stage.telegram.say("[[hold: \(hold)]] [[say: one two]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "working")
            let server = try stage.program.start("mcp", "--session", "tg:\(stage.ann.id):\(stage.ann.id)")
            server.send(
                #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"# + "\n")
            _ = try await server.output.line()
            let call = #""params":{"name":"notify","arguments":{"text":"lunch is ready"}}"#
            server.send(#"{"jsonrpc":"2.0","id":1,"method":"tools/call",\#(call)}"# + "\n")
            let message = try await stage.chat.waitForButton("Allow once")
            _ = try stage.telegram.press("Allow once", on: message.id, in: stage.chat, by: stage.ann)
            let told = try await stage.chat.wait(for: "the digest") { seen in
                seen.byBot.contains { $0.text.hasPrefix("📊") && $0.text.contains("lunch is ready") }
            }
            #expect(told.byBot.count { $0.text.contains("lunch is ready") && !$0.text.contains("notify") } == 1)
            let answer = try await server.output.line()
            #expect(answer?.contains("told everybody") == true)
            try stage.program.write("", to: "go")
            _ = try await stage.chat.waitForBot(saying: "✅")
        }

        @Test func `the owner answers what an agent asks at a terminal that has gone`() async throws {
            var stage = try TelegramStage.asking()
            try await stage.start()
            let terminal = try stage.program.startAtTerminal("chat")
            terminal.send("[[sh: touch done]] [[say: it is done]]\n")
            try await terminal.output.read(through: "wants to run a command")
            terminal.signal(SIGKILL)
            _ = try await terminal.ended()
            // It is looked for every 15 s, and told the second time.
            let message = try await stage.chat.waitForButton("Allow once", timeout: .seconds(60))
            #expect(message.text.contains("in tty:default") && message.text.contains("touch done"))
            let press = try stage.telegram.press("Allow once", on: message.id, in: stage.chat, by: stage.ann)
            #expect(try await stage.telegram.answer(to: press) == "Done")
            let seen = try await stage.chat.wait(for: "the end") { $0[message.id]?.buttons.isEmpty == true }
            #expect(seen[message.id]?.text.contains("allowed by ann (telegram)") == true)
            _ = try await eventually("it is done") {
                FileManager.default.fileExists(atPath: stage.program.workspace + "/done") ? true : nil
            }
            let late = stage.telegram.press(
                forged: try #require(message.button("Deny")?.data), on: message.id, in: stage.chat, by: stage.ann)
            #expect(try await stage.telegram.answer(to: late) == "This is settled already.")
        }

        @Test func `quiet holds notifications back until it ends`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            stage.telegram.say("/quiet 2h", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "quiet until ")
            try await change(stage.program, to: "777", 1)
            try await change(stage.program, to: "never", 2)
            // What comes behind it was told when this was not.
            stage.telegram.say("[[say: still here]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "✅")
            #expect(digests(of: stage.chat) == [])
            stage.telegram.say("/quiet off", from: stage.ann)
            _ = try await stage.chat.wait(for: "what was held back") { seen in
                seen.byBot.contains { $0.text.contains("777") && $0.text.contains("cannot be used") }
            }
            #expect(digests(of: stage.chat).count == 1)
        }

        @Test func `a restart within the window goes on with the same message`() async throws {
            var stage = try TelegramStage.directed()
            let monitor = try await stage.start()
            stage.telegram.say("/queue", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "nothing waits")
            try await change(stage.program, to: "777", 1)
            _ = try await stage.chat.waitForBot(saying: "777")
            monitor.signal(SIGKILL)
            _ = try await monitor.ended()
            try await stage.start()
            stage.telegram.say("/last", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "there is no answer yet")
            try await change(stage.program, to: "888", 2)
            _ = try await stage.chat.waitForBot(saying: "888")
            let digests = digests(of: stage.chat)
            #expect(digests.count == 1 && digests[0].contains("777"), "\(digests)")
        }

        @Test func `another program that polls for the bot is told of at once and loudly`() async throws {
            var stage = try TelegramStage.directed()
            stage.telegram.inject(.conflict, into: "getUpdates", times: 1)
            try await stage.start()
            let seen = try await stage.chat.waitForBot(saying: "🔴 Another program polls for this bot")
            #expect(!seen.isSilent)
        }

        @Test func `without a bot and without a terminal it waits for the first that comes, over kill -9`() async throws
        {
            let program = try Program()
            try program.writeConf("[turn]\ntimeout = 777\n")
            let first = try await program.monitor()
            let chat = try program.start("chat", "--json")
            try await chat.output.event("session")
            chat.closeInput()
            _ = try await chat.ended()
            try await change(program, to: "never", 1)
            first.signal(SIGKILL)
            _ = try await first.ended()
            try program.writeConf("[turn]\ntimeout = 777\n")
            _ = try await program.monitor()
            let terminal = try program.startAtTerminal("chat")
            try await terminal.output.read(through: "✱ the changed settings cannot be used")
            terminal.send("\u{4}")
            _ = try await terminal.ended()
        }

        @Test func `wrong quiet hours name file, key, what was found and what was expected`() async throws {
            let program = try Program()
            try program.writeConf("[telegram]\nquiet_hours = \"22-7\"\n")
            let result = try await program.run("ask", "hello", input: "")
            #expect(result.status == 2)
            #expect(result.errors.contains("conf.toml:2") && result.errors.contains("telegram.quiet_hours"))
            #expect(result.errors.contains("\"22-7\"") && result.errors.contains("22:00-07:00"), "\(result.errors)")
        }
    }
}
