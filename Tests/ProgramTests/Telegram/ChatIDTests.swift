import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// `cm chat-id`, beside a core that polls and without one.
    @Suite(.timeLimit(.minutes(1))) struct ChatIDTests {
        private func stage() throws -> TelegramStage {
            var stage = try TelegramStage()
            stage.program.environment["TELEGRAM_CHAT_ID"] = nil
            return stage
        }

        private func search(_ stage: TelegramStage, wait: Int = 0) async throws -> Run.Result {
            let result = try await stage.program.run(["chat-id", "--wait", "\(wait)"], input: [])
            #expect(!(result.output + result.errors).contains(stage.telegram.token))
            return result
        }

        @Test func `it tells who has written, and leaves what they wrote for the next run`() async throws {
            var stage = try stage()
            let group = stage.telegram.addGroup("team")
            stage.telegram.say("[[say: kept]]", from: stage.ann)
            stage.telegram.say("/help", from: stage.ann, in: group)
            let pending = stage.telegram.pendingUpdates
            let result = try await search(stage)
            #expect(result.status == 0, "\(result.errors)")
            let lines = result.output.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
            #expect(lines.contains(["\(stage.ann.id)", "private", "ann"]))
            #expect(lines.contains(["\(group.id)", "group", "team"]))
            #expect(lines.contains(["\(stage.ann.id)", "ann"]))
            #expect(stage.telegram.pendingUpdates == pending && pending.count == 2)
            #expect(stage.telegram.calls(of: "getUpdates").allSatisfy { $0.parameters["offset"] == nil })
            try stage.program.useStandIn("directed")
            stage.program.environment["TELEGRAM_CHAT_ID"] = "\(stage.ann.id)"
            try await stage.start()
            try await stage.chat.waitForBot(saying: "kept")
        }

        @Test func `while a core polls it tells whom that has heard, strangers under any name among them`() async throws
        {
            var stage = try stage()
            try await stage.start()
            try await stage.telegram.waitForPoll()
            let eve = stage.telegram.addUser("Eve\u{1B}[2J \u{7}x")
            stage.telegram.say("hello", from: eve)
            try await stage.telegram.wait(for: "it is kept") { $0.pendingUpdates.isEmpty }
            let result = try await search(stage, wait: 20)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("\(eve.id)") && result.output.contains("Eve␛[2J ␇x"))
            // From another workspace it is not taken away.
            try stage.program.write("", to: "other/.env")
            let other = try await stage.program.run(
                ["chat-id", "--config-dir", stage.program.path("other")], input: [])
            #expect(other.status == 69 && other.errors.contains("a cm of another workspace, that of "))
            #expect(stage.telegram.mostPollsAtOnce == 1)
        }

        @Test func `with nothing there it says what to write, and waits for it`() async throws {
            let stage = try stage()
            let nobody = try await search(stage)
            #expect(nobody.status == 1 && nobody.output.isEmpty)
            #expect(nobody.errors.contains("write /start to @cm_test_bot, or in a group"))
            let run = try stage.program.start("chat-id", "--wait", "30")
            try await run.errors.read(through: "Waiting 30 s")
            stage.telegram.say("/start", from: stage.ann)
            let result = try await run.ended()
            #expect(result.status == 0 && result.output.contains("\(stage.ann.id)  private  ann"))
        }

        @Test func `what keeps it from looking is told`() async throws {
            var stage = try stage()
            stage.telegram.inject(.conflict, into: "getUpdates", times: nil)
            let conflict = try await search(stage)
            #expect(conflict.status == 69 && conflict.errors.contains("another program polls for this bot"))
            stage.program.environment["TELEGRAM_BOT_TOKEN"] = FakeTelegram.freshToken()
            let wrong = try await search(stage)
            #expect(
                wrong.status == 2 && wrong.errors.contains("environment TELEGRAM_BOT_TOKEN: Telegram does not know"))
            #expect(!wrong.errors.contains("AAWrong"))
            stage.program.environment["TELEGRAM_BOT_TOKEN"] = "no token"
            let malformed = try await search(stage)
            #expect(malformed.status == 2 && malformed.errors.contains("this is no token of a bot"))
            stage.program.environment["TELEGRAM_BOT_TOKEN"] = nil
            let none = try await search(stage)
            #expect(none.status == 2 && none.errors.contains("there is no bot: set TELEGRAM_BOT_TOKEN"))
            stage.program.environment["TELEGRAM_BOT_TOKEN"] = stage.telegram.token
            stage.telegram.stop()
            let unreachable = try await search(stage)
            #expect(unreachable.status == 69)
        }
    }
}
