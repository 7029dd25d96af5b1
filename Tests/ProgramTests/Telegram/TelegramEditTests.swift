import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// What becomes of messages that people change, stop or forget, in the built program.
    @Suite(.timeLimit(.minutes(2))) struct TelegramEditTests {
        /// A message whose answer is held by the gate of this name.
        private static func held(_ stage: TelegramStage, _ name: String) -> String {
            "\(stage.program.gate(name).hold) [[say: \(name) is done]]"
        }

        /// What the bot said of the message.
        private static func said(of message: Int, in seen: TestSupport.Transcript) -> [String] {
            seen.byBot.filter { $0.replyTo == message }.map(\.text)
        }

        @Test func `a message that is changed while it waits is answered with its new text, also after a crash`()
            async throws
        {
            var stage = try TelegramStage.directed()
            let monitor = try await stage.start()
            let first = stage.telegram.say(Self.held(stage, "first"), from: stage.ann)
            try await stage.chat.waitForButton("Cancel")
            let second = stage.telegram.say("[[say: the old answer]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "queued, 1 before you")
            stage.telegram.edit(second.message, in: stage.chat, to: "[[say: not this either]]")
            _ = try await stage.chat.waitForBot(saying: "Changed: it is answered with the new text.")
            stage.telegram.edit(second.message, in: stage.chat, to: "/mode plan")
            _ = try await stage.chat.waitForBot(saying: "What was sent stays as it was, and waits: /mode is a command")
            stage.telegram.edit(first.message, in: stage.chat, to: "[[say: too late]]")
            _ = try await stage.chat.wait(for: "that it is too late") {
                Self.said(of: first.message, in: $0)
                    .contains("What was sent stays as it was; send the changed text as a new message.")
            }
            // Another time nothing is said, and the text counts, also when Telegram tells of the others again.
            stage.telegram.inject(.redelivered(3), into: "getUpdates", times: 2)
            stage.telegram.edit(second.message, in: stage.chat, to: "[[say: the new answer]]")
            let third = stage.telegram.say("/queue", from: stage.ann)
            _ = try await stage.chat.wait(for: "the queue") { seen in
                Self.said(of: third.message, in: seen).contains { $0.contains("1. [[say: the new answer]]") }
            }
            try await stage.program.agentHasBeenAsked()
            monitor.signal(SIGKILL)
            _ = try await monitor.ended()
            try stage.program.gate("first").open()
            try await stage.start()
            _ = try await stage.chat.waitForBot(saying: "first is done")
            let seen = try await stage.chat.wait(for: "both ends", timeout: .seconds(40)) { seen in
                seen.byBot.contains { $0.text.hasPrefix("✅") && $0.text.contains("the new answer") }
            }
            #expect(seen.byBot(saying: "the old answer").isEmpty && seen.byBot(saying: "not this").isEmpty)
            let ofSecond = Self.said(of: second.message, in: seen)
            #expect(ofSecond.count { $0.hasPrefix("Changed:") } == 1)
            #expect(
                try stage.program.standInTraffic().prompts
                    == [Self.held(stage, "first"), Self.held(stage, "first"), "[[say: the new answer]]"])
        }

        @Test func `a late press of Cancel does not stop the turn that runs now`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            stage.telegram.say(Self.held(stage, "first"), from: stage.ann)
            let message = try await stage.chat.waitForButton("Cancel")
            let press = try #require(message.button("Cancel")?.data)
            stage.telegram.say(Self.held(stage, "second"), from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "queued, 1 before you")
            for _ in 1...2 { stage.telegram.press(forged: press, on: message.id, in: stage.chat, by: stage.ann) }
            _ = try await stage.chat.wait(for: "the second runs") { seen in
                seen.byBot.contains { $0.button("Cancel").map { $0.data != press } ?? false }
            }
            stage.telegram.press(forged: press, on: message.id, in: stage.chat, by: stage.ann)
            let answers = try await eventually("all presses are answered") {
                stage.telegram.answersToCallbacks.count == 3 ? stage.telegram.answersToCallbacks : nil
            }
            // The two that were pressed together are answered side by side.
            #expect(answers.prefix(2).contains { $0.text == "Stopping" } && answers[2].text == "It runs no more.")
            try stage.program.gate("second").open()
            let end = try await stage.chat.waitForBot(saying: "✅")
            #expect(end.text.contains("second is done"))
        }

        @Test func `a chat whose conversation is deleted is told, and begins a new one`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            stage.telegram.say("[[say: one]]", from: stage.ann)
            _ = try await stage.chat.waitForBot(saying: "✅")
            for round in 1...2 {
                let session = "tg:\(stage.ann.id):\(stage.ann.id)"
                let deleted = try await stage.program.run("session", "delete", session, "--yes")
                #expect((deleted.status, deleted.output) == (0, "deleted \(session)\n"))
                _ = try await stage.chat.wait(for: "that it was deleted") {
                    $0.byBot(saying: "this session was deleted").count == round
                }
                stage.telegram.say("[[say: again \(round)]]", from: stage.ann)
                _ = try await stage.chat.wait(for: "the answer") { seen in
                    seen.byBot.contains { $0.text.hasPrefix("✅") && $0.text.contains("again \(round)") }
                }
                let history = stage.telegram.say("/history", from: stage.ann)
                let seen = try await stage.chat.wait(for: "the history") {
                    Self.said(of: history.message, in: $0).joined().contains("again \(round)")
                }
                #expect(!Self.said(of: history.message, in: seen).joined().contains("[[say: one]]"))
            }
        }
    }
}
