import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Buttons of the built program, pressed in time, too late, twice, by others, and forged.
    @Suite(.timeLimit(.minutes(1))) struct TelegramButtonTests {
        @Test func `a press is not behind what waits for its turn, and counts once`() async throws {
            var stage = try TelegramStage.asking()
            try await stage.start()
            stage.telegram.say("[[sh: touch done]] [[say: one]]", from: stage.ann)
            let asked = try await stage.chat.waitForButton("Allow once")
            for text in ["two", "three"] { stage.telegram.say("[[say: \(text)]]", from: stage.ann) }
            try await stage.chat.waitForBot(saying: "queued, 2 before you")
            #expect(!stage.hasFile("done"))
            // Both are on their way before either is answered.
            let presses = try (0..<2).map { _ in
                try stage.telegram.press("Allow once", on: asked.id, in: stage.chat, by: stage.ann)
            }
            var answers: [String] = []
            for press in presses { answers.append(try await stage.telegram.answer(to: press)) }
            #expect(answers.sorted() == ["Done", "This is settled already."])
            let seen = try await stage.chat.wait(for: "all ends") { $0.ends == 3 }
            #expect(seen.byBot.map(\.text).filter { ["one", "two", "three"].contains($0) } == ["one", "two", "three"])
            #expect(stage.hasFile("done"))
            let late = stage.telegram.press(forged: "a1:y", on: asked.id, in: stage.chat, by: stage.ann)
            #expect(try await stage.telegram.answer(to: late) == "This is settled already.")
        }

        @Test func `a press while it was down counts after the start`() async throws {
            var stage = try TelegramStage.asking()
            try await stage.start()
            stage.telegram.say("[[sh: touch done]] [[say: one]]", from: stage.ann)
            let asked = try await stage.chat.waitForButton("Deny")
            try await stage.kill()
            let press = try stage.telegram.press("Deny", on: asked.id, in: stage.chat, by: stage.ann)
            try await stage.start()
            #expect(try await stage.telegram.answer(to: press) == "Done")
            try await stage.chat.wait(for: "the question says so") { seen in
                seen[asked.id]?.buttons.isEmpty == true
            }
            #expect(!stage.hasFile("done"))
        }

        @Test func `a press that Telegram forgot while it was down is asked for anew by its button, or made by text`()
            async throws
        {
            var stage = try TelegramStage.asking()
            try await stage.start()
            stage.telegram.say("[[sh: touch done]] [[say: one]]", from: stage.ann)
            let asked = try await stage.chat.waitForButton("Allow once")
            let data = try #require(asked.button("Deny")?.data)
            try await stage.kill()
            try stage.telegram.press("Deny", on: asked.id, in: stage.chat, by: stage.ann)
            // Telegram keeps presses for 150 s.
            stage.telegram.advance(by: .seconds(151))
            try await stage.start()
            stage.telegram.say("/queue", from: stage.ann)
            try await stage.telegram.wait(for: "all is heard") { $0.pendingUpdates.isEmpty }
            try await stage.chat.waitForButton("Deny")
            let id = try #require(data.split(separator: ":").first)
            stage.telegram.say("/deny \(id)", from: stage.ann)
            try await stage.chat.wait(for: "the question says so") { seen in
                seen[asked.id]?.buttons.isEmpty == true
            }
            #expect(stage.telegram.answersToCallbacks.isEmpty)
            #expect(!stage.hasFile("done"))
        }

        @Test func `a press after a crash allows what was asked before it`() async throws {
            var stage = try TelegramStage.asking()
            try await stage.start()
            stage.telegram.say("[[sh: touch done]] [[say: one]]", from: stage.ann)
            let asked = try await stage.chat.waitForButton("Allow once")
            try await stage.kill()
            try await stage.start()
            let shown = try await stage.chat.wait(for: "the question says what happened") { seen in
                seen[asked.id]?.text != asked.text && seen[asked.id]?.button("Allow once") != nil
            }
            print("after the crash: \(shown[asked.id]?.text ?? "")")
            let press = try stage.telegram.press("Allow once", on: asked.id, in: stage.chat, by: stage.ann)
            #expect(try await stage.telegram.answer(to: press) == "Done")
            // The agent is told that exactly this is allowed, and goes on.
            _ = try await eventually("the agent is told") {
                try stage.prompts().count == 2 ? true : nil
            }
            #expect(try stage.prompts().last?.contains("touch done") == true)
            try await stage.chat.wait(for: "the end") { $0.ends == 1 }
        }

        @Test func `forged buttons, those of others and those that came too late do no harm`() async throws {
            var stage = try TelegramStage.asking()
            let bob = stage.letIn("Bob")[0]
            let bobs = stage.chat(of: bob)
            let eve = stage.telegram.addUser("Eve")
            try await stage.start()
            stage.telegram.say("[[sh: touch done]] [[say: one]]", from: bob)
            let asked = try await bobs.waitForButton("Allow once")
            let data = try #require(asked.button("Allow once")?.data)
            let deny = try #require(asked.button("Deny")?.data)

            // The right data of a person who is let in, in another chat.
            stage.telegram.say("[[say: here]]", from: stage.ann)
            let here = try await stage.chat.waitForBot(saying: "here")
            for text in [data, deny] {
                let press = stage.telegram.press(forged: text, on: here.id, in: stage.chat, by: stage.ann)
                #expect(try await stage.telegram.answer(to: press) == "This is settled already.")
            }
            // Somebody who is not let in, in the right one and in a chat of their own.
            for chat in [bobs, stage.chat(of: eve)] {
                let press = stage.telegram.press(forged: data, on: asked.id, in: chat, by: eve)
                #expect(try await stage.telegram.answer(to: press) == "Unauthorized")
            }
            // What no button ever carried.
            let forged = [
                "", "y", "a:y", "a1", "a01:y", "a-1:y", "a999999:y", "a99999999999999999999:y", "t1:x",
                "\u{0}\u{1}\u{2}",
                "a1:y:y", "💥💥💥", String(repeating: "a", count: 64), "'; DROP TABLE sessions; --", "a1:21", "A1:Y",
            ]
            for text in forged {
                let press = stage.telegram.press(forged: text, on: asked.id, in: bobs, by: bob)
                let told = try await stage.telegram.answer(to: press)
                let refusals = ["This button means nothing any more.", "This is settled already.", "It runs no more."]
                #expect(refusals.contains(told), "\(text.debugDescription): \(told)")
            }
            #expect(!stage.hasFile("done"))
            #expect(bobs.transcript[asked.id]?.button("Allow once") != nil)
            // Telegram does not take the answer to a press any more; what was pressed counts all the same.
            stage.telegram.inject(
                .badRequest("query is too old and response timeout expired or query ID is invalid"),
                into: "answerCallbackQuery", times: 1)
            try stage.telegram.press("Allow once", on: asked.id, in: bobs, by: bob)
            try await bobs.wait(for: "the end") { $0.ends == 1 }
            #expect(stage.hasFile("done"), "\(bobs.rendered)")
            #expect(try stage.prompts().count == 2)
        }
    }
}
