import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program, as people see it in Telegram.
    @Suite(.timeLimit(.minutes(2))) struct TelegramTests {
        @Test func `a message is answered, with its progress in place and a word at the end`() async throws {
            var stage = try TelegramStage.directed()
            let monitor = try await stage.start()
            let said = stage.telegram.say("[[say: **bold** words]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "✅")
            let seen = try await stage.chat.wait(for: "the answer") { !$0.byBot(saying: "bold words").isEmpty }
            let answer = try #require(seen.byBot.first { $0.text == "bold words" })
            #expect(answer.entities.map(\.type) == ["bold"] && answer.isSilent && answer.buttons.isEmpty)
            let end = try #require(seen.byBot.first { $0.text.hasPrefix("✅") })
            #expect(end.text.contains("bold words") && !end.isSilent && end.replyTo == said.message)
            // Besides these there is only the silent welcome.
            #expect(seen.byBot.count == 3)
            let welcome = try #require(seen.byBot.first { $0.text.hasPrefix("Ready: mode single") })
            #expect(welcome.isSilent)
            #expect(stage.telegram.commands.contains { $0.command == "status" })
            monitor.signal(SIGTERM)
            #expect(try await monitor.ended().status == 0)
        }

        @Test func `an agent counts as silent after what the settings say`() async throws {
            var stage = try TelegramStage.directed()
            try stage.program.writeConf("[turn]\nsilent_after = 1\n")
            try await stage.start()
            let gate = stage.program.gate("silence")
            stage.telegram.say("\(gate.hold) [[say: done]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "⏳ silent for")
            try gate.open()
            _ = try await stage.chat.waitForBot(saying: "✅")
        }

        @Test func `strangers are turned away, and the owner is told`() async throws {
            var stage = try TelegramStage.directed()
            let bob = stage.telegram.addUser("Bob", username: "bob")
            let theirs = stage.telegram.privateChat(with: bob)
            try await stage.start()
            for _ in 0..<3 { stage.telegram.say("let me in", from: bob) }
            let told = try await theirs.wait(for: "the refusal") { !$0.byBot.isEmpty }
            #expect(told.byBot.map(\.text) == ["Unauthorized. Your Telegram user id is \(bob.id)."])
            let owner = try await stage.chat.wait(for: "the owner is told") { !$0.byBot(saying: "Somebody").isEmpty }
            let notices = owner.byBot.map(\.text).filter { !$0.hasPrefix("Ready") }
            #expect(notices == ["Somebody who is not let in wrote to the bot: bob (\(bob.id))."])
            stage.telegram.say("[[say: for me]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "for me")
            #expect(theirs.transcript.byBot.count == 1)
            #expect(try stage.program.standInTraffic().prompts == ["[[say: for me]]"])
        }

        @Test func `a code lets somebody in, once`() async throws {
            var stage = try TelegramStage.directed()
            let bob = stage.telegram.addUser("Bob"), eve = stage.telegram.addUser("Eve")
            let bobs = stage.telegram.privateChat(with: bob), eves = stage.telegram.privateChat(with: eve)
            try await stage.start()
            let made = try await stage.program.run(["pair"], input: [])
            let code = try #require(made.output.split(separator: "\n").first)
            stage.telegram.say("/pair \(code)", from: bob)
            _ = try await bobs.waitForBot(saying: "You are let in")
            stage.telegram.say("[[say: welcome]]", from: bob)
            _ = try await bobs.waitForBot(saying: "welcome")
            stage.telegram.say("/pair \(code)", from: eve)
            _ = try await eves.waitForBot(saying: "no longer, good")
        }

        @Test func `who came in by a code is listed, and put out again by number`() async throws {
            var stage = try TelegramStage()
            try stage.program.useStandIn("directed")
            let bob = stage.telegram.addUser("Bob"), bobs = stage.telegram.privateChat(with: bob)
            try await stage.start()
            let nobody = try await stage.program.run(["pair", "--list"], input: [])
            #expect(nobody.output == "nobody came in by a code\n")
            let made = try await stage.program.run(["pair"], input: [])
            stage.telegram.say("/pair \(try #require(made.output.split(separator: "\n").first))", from: bob)
            _ = try await bobs.waitForBot(saying: "You are let in")
            let listed = try await stage.program.run(["pair", "--list"], input: [])
            #expect(listed.output.contains("\(bob.id)") && listed.output.contains("Bob"))
            let removed = try await stage.program.run(["pair", "--remove", "\(bob.id)"], input: [])
            #expect(removed.output == "\(bob.id) (Bob) is let in by a code no more\n")
            stage.telegram.say("[[say: still here]]", from: bob)
            _ = try await bobs.waitForBot(saying: "Unauthorized")
            let again = try await stage.program.run(["pair", "--remove", "-5"], input: [])
            #expect(again.status == 1 && again.errors.contains("nobody with the number -5 came in by a code"))
        }

        @Test func `an approval is asked for with buttons, and a press is enough`() async throws {
            var stage = try TelegramStage.directed()
            stage.program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted"
            try await stage.start()
            stage.telegram.say("[[sh: touch done]] [[say: listed]]", from: stage.ann)
            let message = try await stage.chat.waitForButton("Allow once")
            // Somebody who is not let in cannot press it.
            let bob = stage.telegram.addUser("Bob")
            _ = try stage.telegram.press("Allow once", on: message.id, in: stage.chat, by: bob)
            _ = try stage.telegram.press("Allow once", on: message.id, in: stage.chat, by: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "listed")
            let answers = try await eventually("both presses are answered") {
                stage.telegram.answersToCallbacks.count == 2 ? stage.telegram.answersToCallbacks : nil
            }
            #expect(Set(answers.map(\.text)) == ["Unauthorized", "Done"])
        }

        @Test func `the token is nowhere`() async throws {
            var stage = try TelegramStage.directed()
            let monitor = try await stage.start()
            let token = stage.telegram.token
            stage.telegram.inject(.serverPage(502), into: "sendMessage", times: 1)
            stage.telegram.say(
                "[[sh: env; cat /proc/$PPID/environ | tr '\\0' '\\n']] [[say: \(token)]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "✅", timeout: .seconds(30))
            monitor.signal(SIGTERM)
            let ended = try await monitor.ended()
            #expect(!ended.output.contains(token) && !ended.errors.contains(token))
            let secret = try #require(token.split(separator: ":").last)
            // In no message as it stands, and in none as it was: what Ann typed is hers.
            let answer = stage.chat.transcript.byBot.last { !$0.text.hasPrefix("Ready") && !$0.text.hasPrefix("✅") }
            #expect(answer?.text.isEmpty == false)
            let shown = stage.chat.transcript.byBot.map(\.rendered).joined(separator: "\n")
            #expect(!shown.contains(secret), "\(shown)")
            for call in stage.telegram.calls { #expect(!"\(call.parameters)".contains(secret), "\(call.method)") }
            for file in try FileManager.default.subpathsOfDirectory(atPath: stage.program.path("state")) {
                let bytes = FileManager.default.contents(atPath: stage.program.path("state") + "/" + file) ?? Data()
                // What Ann typed is hers: the journal keeps it as it is.
                guard !file.hasSuffix(".sqlite"), !file.hasSuffix("-wal") else { continue }
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file)")
            }
        }
    }
}
