import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The built program with a bot, and Telegram on this machine.
    struct TelegramStage {
        let telegram: FakeTelegram
        let ann: FakeUser
        let chat: FakeChat
        var program: Program
        /// The monitor, which lives as long as somebody holds it.
        private(set) var monitor: Run?

        /// A workspace that lets Ann in, who is its owner.
        init(rules: TelegramRules = TelegramRules()) throws {
            telegram = try FakeTelegram(rules: rules)
            ann = telegram.addUser("Ann", username: "ann")
            chat = telegram.privateChat(with: ann)
            program = try Program()
            program.environment["TELEGRAM_BOT_TOKEN"] = telegram.token
            program.environment["TELEGRAM_API_BASE"] = telegram.baseURL
            program.environment["TELEGRAM_CHAT_ID"] = "\(ann.id)"
            program.environment["CM_CHAT_MODE"] = "single"
        }

        /// Starts `cm run`, and returns once it hosts the core.
        @discardableResult mutating func start() async throws -> Run {
            let run = try await program.monitor()
            monitor = run
            return run
        }
    }
}
