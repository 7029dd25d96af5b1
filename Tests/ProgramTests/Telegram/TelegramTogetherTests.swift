import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// One conversation of the built program, at a terminal and in a chat at the same time.
    @Suite(.timeLimit(.minutes(2))) struct TelegramTogetherTests {
        private static let offer = "allow? y once · s session · n deny · e deny with a reason · v view » "

        /// Asks question `number` at the terminal, and returns when it has the answer.
        private func ask(_ number: Int, at terminal: Run) async throws {
            terminal.send("question \(number)\r")
            try await read("You said: question \(number)\n", at: terminal)
        }

        /// Has the agent want to run a command for somebody at the terminal, in `chat` as well; the message there.
        private func askToRun(at terminal: Run, and chat: FakeChat) async throws -> ShownMessage {
            terminal.send("[[sh: touch done]] [[say: It is done]]\r")
            try await read(Self.offer, at: terminal)
            return try await chat.waitForButton("Allow once")
        }

        /// Returns when the terminal has shown `texts` in this order.
        private func read(_ texts: String..., at terminal: Run) async throws {
            for text in texts { try await terminal.output.read(through: text) }
        }

        /// Leaves the terminal, and returns all that it showed.
        private func leave(_ terminal: Run) async throws -> String {
            terminal.send("\u{4}")
            let shown = try await terminal.ended()
            #expect(shown.status == 0)
            return shown.output
        }

        /// Where `texts` are shown in the chat; each once, or the test fails.
        private func places(_ texts: [String], in chat: FakeChat) -> [Int] {
            let seen = chat.transcript.byBot
            for text in texts { #expect(seen.count { $0.text == text } == 1, "\(text): \(chat.rendered)") }
            return texts.compactMap { text in seen.first { $0.text == text }?.id }
        }

        @Test func `a terminal goes on with the conversation of the phone, and each shows all of it once and in order`()
            async throws
        {
            var stage = try TelegramStage.asking()
            let chat = stage.chat, ann = stage.ann
            try await stage.start()
            stage.telegram.say("question 1", from: ann)
            try await chat.wait(for: "the first end") { $0.ends == 1 }
            let terminal = try await stage.program.chat("--session", "tg:\(ann.id):\(ann.id)")

            // Typed and allowed at the terminal.
            let asked = try await askToRun(at: terminal, and: chat)
            terminal.send("y")
            try await read(" · allowed once\n", "It is done\n", "✓ ", at: terminal)
            try await chat.wait(for: "the second end") { $0.ends == 2 && $0[asked.id]?.buttons.isEmpty == true }

            // Typed on the phone.
            stage.telegram.say("question 3", from: ann)
            try await read("(telegram): question 3\n", "You said: question 3\n", "✓ ", at: terminal)
            try await chat.wait(for: "the third end") { $0.ends == 3 }

            // The terminal hosts the core meanwhile, and hands it over.
            try await stage.kill()
            try await stage.start()
            try await ask(4, at: terminal)
            try await chat.wait(for: "the fourth end") { $0.ends == 4 }
            stage.telegram.say("question 5", from: ann)
            try await read("You said: question 5\n", "✓ ", at: terminal)
            try await chat.wait(for: "the fifth end") { $0.ends == 5 }

            let answers = [1, 3, 4, 5].map { "You said: question \($0)" }
            let order = places([answers[0], "It is done"] + answers[1...], in: chat)
            #expect(order == order.sorted())
            #expect(chat.transcript.byBot(saying: "wants to run a command").count == 1)
            #expect(chat.transcript.byBot(saying: "(terminal): question 4").count == 1)
            #expect(chat.transcript.byBot(saying: "(telegram)").isEmpty)
            let shown = try await leave(terminal)
            #expect(shown.count(of: "It is done\n") == 1)
            for answer in answers[1...] { #expect(shown.count(of: answer) == 1, "\(shown)") }
            #expect(shown.count(of: "(telegram): question 3") == 1)
            #expect(!shown.contains("question 1"))
            #expect(try stage.prompts().count == 5)
        }

        @Test func `the phone goes to the conversation of the terminal, and answers there what the agent asks`()
            async throws
        {
            var stage = try TelegramStage.asking()
            let chat = stage.chat, ann = stage.ann
            try await stage.start()
            let terminal = try await stage.program.chat()
            try await ask(1, at: terminal)
            try await read("✓ ", at: terminal)
            stage.telegram.say("/attach default", from: ann)
            let arrived = try await chat.waitForBot(saying: "attached to tty:default")
            #expect(arrived.text.contains("You said: question 1"))

            let asked = try await askToRun(at: terminal, and: chat)
            let press = try stage.telegram.press("Allow once", on: asked.id, in: chat, by: ann)
            #expect(try await stage.telegram.answer(to: press) == "Done")
            try await read(" · allowed by ", "It is done\n", "✓ ", at: terminal)
            try await chat.wait(for: "the end") { $0.ends == 1 && $0[asked.id]?.buttons.isEmpty == true }
            stage.telegram.say("question 3", from: ann)
            try await read("(telegram): question 3\n", "You said: question 3\n", at: terminal)
            try await chat.wait(for: "the second end") { $0.ends == 2 }

            // It is still there after a crash.
            try await stage.kill()
            try await stage.start()
            try await ask(4, at: terminal)
            try await chat.wait(for: "the third end") { $0.ends == 3 }

            stage.telegram.say("/attach own", from: ann)
            try await chat.waitForBot(saying: "back in your own conversation")
            try await ask(5, at: terminal)
            stage.telegram.say("question 6", from: ann)
            try await chat.wait(for: "the fourth end") { $0.ends == 4 }

            let answers = [3, 4, 6].map { "You said: question \($0)" }
            let order = places(["It is done"] + answers, in: chat)
            #expect(order == order.sorted())
            #expect(chat.transcript.byBot(saying: "wants to run a command").count == 1)
            #expect(chat.transcript.byBot(saying: "(terminal): question 4").count == 1)
            #expect(!chat.rendered.contains("question 5"))
            let shown = try await leave(terminal)
            for answer in [1, 3, 4, 5].map({ "You said: question \($0)" }) {
                #expect(shown.count(of: answer) == 1, "\(shown)")
            }
            #expect(shown.count(of: "It is done\n") == 1 && !shown.contains("question 6"))
        }
    }
}
