import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// Stops that come while the built program is down, or before it has handed in what they are about.
    @Suite(.timeLimit(.minutes(2))) struct TelegramStopTests {
        /// A message whose answer is held by the gate of this name.
        private func held(_ stage: TelegramStage, _ name: String) -> String {
            "\(stage.program.gate(name).hold) [[say: \(name) is done]]"
        }

        @Test func `a press while it was down stops the turn that would run again, and nothing behind it`() async throws
        {
            var stage = try TelegramStage.directed()
            try await stage.start()
            stage.telegram.say(held(stage, "first"), from: stage.ann)
            let shown = try await stage.chat.waitForButton("Cancel")
            try await stage.program.agentHasBeenAsked()
            stage.telegram.say("[[say: second]]", from: stage.ann)
            try await stage.chat.waitForBot(saying: "queued, 1 before you")
            try await stage.kill()
            let press = try stage.telegram.press("Cancel", on: shown.id, in: stage.chat, by: stage.ann)
            try await stage.start()
            let told = try await stage.telegram.answer(to: press)
            #expect(told == "Stopping")
            try await stage.chat.waitForBot(saying: "⏹ stopped by ann (telegram)")
            try stage.program.gate("first").open()
            let late = stage.telegram.press(
                forged: try #require(shown.button("Cancel")?.data), on: shown.id, in: stage.chat, by: stage.ann)
            try await stage.chat.wait(for: "the end of the second") { $0.ends == 1 }
            let lateAnswer = try await stage.telegram.answer(to: late)
            #expect(lateAnswer == "It runs no more.")
            #expect(stage.chat.transcript.byBot(saying: "first is done").isEmpty, "\(stage.chat.rendered)")
            // Once before it was killed, and once more at most, before the press was there.
            let prompts = try stage.prompts()
            #expect(prompts.last == "[[say: second]]" && prompts.count <= 3, "\(prompts)")
        }

        @Test func `a cancel of all is for what was written before it while it was down, and for nothing else`()
            async throws
        {
            var stage = try TelegramStage.directed()
            try await stage.start()
            stage.telegram.say("[[say: hello]]", from: stage.ann)
            try await stage.chat.wait(for: "its end") { $0.ends == 1 }
            try await stage.kill()
            let names = (1...20).map { "question-\($0)" }
            for name in names { stage.telegram.say(held(stage, name), from: stage.ann) }
            stage.telegram.say("/cancel all", from: stage.ann)
            stage.telegram.say("[[say: afterwards]]", from: stage.ann)
            try await stage.start()
            try await stage.chat.wait(for: "the end of what is behind it") { $0.ends == 2 }
            for name in names { try stage.program.gate(name).open() }
            stage.telegram.say("[[say: the last]]", from: stage.ann)
            try await stage.chat.wait(for: "the last end") { $0.ends == 3 }
            #expect(stage.chat.transcript.byBot(saying: "is done").isEmpty, "\(stage.chat.rendered)")
            // The first may have run already.
            let prompts = try stage.prompts().filter { $0.contains("is done") }
            #expect(prompts.isEmpty || prompts == [held(stage, names[0])], "\(prompts)")
        }

        @Test func `a file that is on its way when its sender cancels is not handed in, also after a crash`()
            async throws
        {
            var stage = try TelegramStage.directed()
            try await stage.start()
            stage.telegram.inject(.stalled, into: "file", times: nil)
            stage.telegram.say("[[say: read it]]", from: stage.ann, file: ShownFile("a.txt", [1, 2]))
            try await stage.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            stage.telegram.say("/cancel", from: stage.ann)
            try await stage.chat.waitForBot(saying: "was still on its way and is not handed in")
            try await stage.kill()
            stage.telegram.clearFaults()
            stage.telegram.hangUp()
            try await stage.start()
            stage.telegram.say("[[say: afterwards]]", from: stage.ann)
            try await stage.chat.wait(for: "the end") { $0.ends == 1 }
            #expect(try stage.prompts() == ["[[say: afterwards]]"])
        }
    }
}
