import BenchSupport
import TestSupport

/// A thousand people who each ask once.
struct ThousandMeasure {
    private static let count = 1000

    func take() async throws {
        let telegram = try FakeTelegram()
        let people = (0..<Self.count).map { telegram.addUser("Person \($0)") }
        let monitor = try Monitor(.init(telegram: telegram, users: people))
        try await telegram.waitForPoll()
        let before = try monitor.memory("RssAnon")
        let chats = people.map { telegram.privateChat(with: $0) }
        let start = moment()
        for (person, chat) in zip(people, chats) { telegram.say("hello", from: person, in: chat) }
        for chat in chats {
            try await chat.wait(for: "an end", timeout: .seconds(300)) {
                $0.messages.contains { $0.text.hasPrefix("✅") }
            }
        }
        Report.row("1,000 chats with one turn each, all ended", "s", [moment() - start])
        Report.row("memory they took", "MB", [(try monitor.memory("RssAnon") - before) / 1024])
        Report.note("requests to Telegram meanwhile: \(telegram.calls.count)")
    }
}
