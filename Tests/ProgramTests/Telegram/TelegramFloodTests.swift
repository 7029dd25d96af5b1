import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program where Telegram refuses what is too fast for it.
    @Suite(.timeLimit(.minutes(2))) struct TelegramFloodTests {
        @Test func `long answers into a group and a private chat arrive whole, as slowly as Telegram wants them`()
            async throws
        {
            var stage = try TelegramStage.directed(rules: .strict)
            let team = stage.telegram.addSupergroup("team"), ann = stage.ann, start = ContinuousClock.now
            stage.program.environment["TELEGRAM_CHAT_ID"] = "\(team.id)"
            stage.program.environment["TELEGRAM_ALLOWED_USERS"] = "\(ann.id)"
            let inTeam = [Asked(number: 0, kind: .manyWords)]
            let alone = [Asked(number: 1, kind: .manyWords), Asked(number: 2, kind: .words)]
            for asked in inTeam { stage.telegram.say("@cm_test_bot \(asked.text)", from: ann, in: team) }
            for asked in alone { stage.telegram.say(asked.text, from: ann) }
            try await stage.start()
            for (chat, asked) in [(team, inTeam), (stage.chat, alone)] {
                let ends = asked.map { ChatReading.End.answered($0.answer ?? "") }
                let seen = try await chat.wait(for: "all ends", timeout: .seconds(90)) {
                    $0.ends == asked.count && ChatReading($0).ends == ends
                }
                #expect(ChatReading(seen).placeholders == 0 && !ChatReading(seen).isWorking, "\(seen.rendered)")
            }
            #expect(stage.telegram.impatient.isEmpty, "\(stage.telegram.impatient)")
            let refused = stage.telegram.refusedForFlood
            // A refusal is met now and then, not again and again.
            #expect(refused.count < 40)
            print(
                "two chats with limits: \(refused.count) refused,",
                "\((ContinuousClock.now - start) / .milliseconds(1)) ms")
        }
    }
}
