import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program while the files of its settings change.
    @Suite(.timeLimit(.minutes(1))) struct ChangingBotTests {
        private func write(_ telegram: FakeTelegram, token: String? = nil, _ users: FakeUser..., to program: Program)
            throws
        {
            try program.write(
                """
                TELEGRAM_BOT_TOKEN=\(token ?? telegram.token)
                TELEGRAM_API_BASE=\(telegram.baseURL)
                TELEGRAM_ALLOWED_USERS=\(users.map { "\($0.id)" }.joined(separator: ","))

                """, to: "workspace/.env")
        }

        @Test func `people, tokens and servers change without a restart, and a wrong token is told`() async throws {
            let telegram = try FakeTelegram(), other = try FakeTelegram()
            let ann = telegram.addUser("Ann"), bob = telegram.addUser("Bob"), cat = other.addUser("Cat")
            var program = try Program()
            try program.useStandIn("directed")
            try write(telegram, ann, to: program)
            let monitor = try await program.monitor()
            telegram.say("[[say: for ann]]", from: ann)
            try await telegram.privateChat(with: ann).waitForBot(saying: "for ann")
            let watcher = try await program.script()

            try write(telegram, ann, bob, to: program)
            try await watcher.output.event("notice") { $0.text?.contains("telegram.allowed_users") ?? false }
            telegram.say("[[say: for bob]]", from: bob)
            try await telegram.privateChat(with: bob).waitForBot(saying: "for bob")

            try write(telegram, token: "\(telegram.bot.id):AAWrongWrongWrongWrongWrong", ann, to: program)
            try await watcher.output.event("notice") {
                $0.level == "error" && $0.text?.contains("the bot stays with the settings before") ?? false
            }
            telegram.say("[[say: still there]]", from: ann)
            try await telegram.privateChat(with: ann).waitForBot(saying: "still there")

            try write(other, cat, to: program)
            other.say("[[say: for cat]]", from: cat)
            try await other.privateChat(with: cat).waitForBot(saying: "for cat")
            try await telegram.wait(for: "the end of the old poll") { $0.waitingPolls == 0 }
            watcher.closeInput()
            _ = try await watcher.ended()
            monitor.signal(SIGTERM)
            let ended = try await monitor.ended()
            #expect(ended.status == 0 && !ended.output.contains("AAWrong"))
        }
    }
}
