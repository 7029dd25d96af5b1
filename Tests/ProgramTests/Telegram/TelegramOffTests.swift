import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The core when its bot is off.
    @Suite(.timeLimit(.minutes(1))) struct TelegramOffTests {
        @Test(arguments: ["getMe", "getUpdates"])
        func `a token that Telegram does not know, or no longer, is told at terminals, where all goes on`(
            method: String
        )
            async throws
        {
            var stage = try TelegramStage.directed()
            // Without messages of its own the core is never asked for the token again.
            if method == "getMe" { stage.telegram.inject(.unauthorized, into: method, times: nil) }
            let run = try await stage.start()
            if method == "getUpdates" {
                try await stage.chat.waitForBot(saying: "Ready")
                stage.telegram.inject(.unauthorized, into: method, times: nil)
                stage.telegram.hangUp()
            }
            try await run.output.read(through: "Telegram does not know the bot's token")
            let calls = stage.telegram.calls.count
            let script = try await stage.program.script()
            script.send("[[say: still here]]\n")
            try await script.output.event("turn.finished") { $0.text == "still here" }
            script.closeInput()
            _ = try await script.ended()
            let asked = try await stage.program.run("ask", "[[say: and here]]")
            #expect(asked.status == 0 && asked.output == "and here\n")
            #expect(stage.telegram.calls.count == calls)
            // Whoever comes to a terminal later is told as well.
            let terminal = try await stage.program.chat()
            _ = try await eventually("the terminal is told: \(terminal.output.text)") {
                terminal.output.text.contains("Telegram does not know") ? true : nil
            }
            run.signal(SIGTERM)
            let ended = try await run.ended()
            #expect(ended.status == 0 && !ended.output.contains(stage.telegram.token))
        }

        @Test func `a poll that Telegram holds for hours is told, and held after a crash as well`() async throws {
            var stage = try TelegramStage.directed()
            try await stage.start()
            try await stage.chat.waitForBot(saying: "Ready")
            stage.telegram.inject(.tooManyRequests(retryAfter: 13_938), into: "getUpdates", times: 1)
            stage.telegram.hangUp()
            try await stage.chat.waitForBot(saying: "Telegram lets cm ask for no messages for 3 h 52 m")
            let journal = try stage.program.stateFile("cm.sqlite")
            _ = try await eventually("it is noted that it was told") {
                try JournalSight(at: journal).stages["pause"] == "told" ? true : nil
            }
            try await stage.kill()
            let left = try JournalSight(left: journal, copiedTo: stage.program.path("left"))
            let before = stage.telegram.calls(of: "getUpdates").count
            let run = try await stage.start()
            try await run.output.read(through: "Telegram lets cm ask for no messages for 3 h")
            // The terminal goes on, and Telegram is asked for nothing.
            let asked = try await stage.program.run("ask", "[[say: here]]")
            #expect(asked.status == 0 && asked.output == "here\n")
            #expect(stage.telegram.calls(of: "getUpdates").count == before)
            // Not told anew; but what the program did not know to have arrived when it died is sent once more, as it was.
            let stages = Array(left.stages.filter { $0.key.hasPrefix("slot notification/") }.values)
            #expect(stages == ["placed, shown"] || stages == ["begun"])
            let count = stages.contains("begun") ? 2 : 1
            let told = try await stage.chat.wait(for: "all alerts") {
                $0.byBot(saying: "no messages for").count >= count
            }
            .byBot(saying: "no messages for")
            #expect(told.count == count && Set(told.map(\.text)).count == 1, "\(stage.chat.rendered)")
        }
    }
}
