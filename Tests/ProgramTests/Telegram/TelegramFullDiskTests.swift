import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program on a disk that is full for a while.
    @Suite(
        .enabled(if: Mortality.isPossible, "needs a library that is preloaded, on Linux"), .timeLimit(.minutes(2)))
    struct TelegramFullDiskTests {
        @Test func `a message that comes while the disk is full is answered once, when there is room again`()
            async throws
        {
            var stage = try TelegramStage.directed()
            let mortality = Mortality(of: &stage.program)
            let run = try await stage.start()
            try await stage.chat.waitForBot(saying: "Ready")
            let journal = try stage.program.stateFile("cm.sqlite")
            _ = try await eventually("nothing is left to be done") { try JournalSight(at: journal).isIdle ? true : nil }
            try await stage.telegram.waitForPoll()
            try mortality.fill()
            let update = try #require(stage.telegram.say("[[say: one]]", from: stage.ann).update)
            try await run.output.read(through: "the bot has failed and begins anew")
            // Telegram has it for as long as it is not confirmed, which it is when it is kept.
            #expect(stage.telegram.pendingUpdates == [update])
            #expect(try stage.prompts().isEmpty)
            try mortality.spare()
            let seen = try await stage.chat.wait(for: "the end", timeout: .seconds(60)) { $0.ends == 1 }
            #expect(seen.byBot.count { $0.text == "one" } == 1)
            #expect(try stage.prompts() == ["[[say: one]]"])
            try await stage.telegram.wait(for: "it is confirmed") { $0.pendingUpdates.isEmpty }
            #expect(run.output.text.contains("disk is full"))
        }
    }
}
