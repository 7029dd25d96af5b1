import BenchSupport
import TestSupport

/// How fast updates are taken in.
struct IntakeMeasure {
    private static let count = 10_000

    func take() async throws {
        let telegram = try FakeTelegram(), ann = telegram.addUser("Ann"), eve = telegram.addUser("Eve")
        let monitor = try Monitor(.init(telegram: telegram, users: [ann]))
        try await telegram.waitForPoll()
        let group = telegram.addGroup("Talk")
        let before = try monitor.memory("RssAnon")
        var last = 0
        let start = moment()
        for number in 1...Self.count {
            last = telegram.say("what people say \(number)", from: eve, in: group).update ?? last
        }
        try await telegram.wait(for: "all is taken in", timeout: .seconds(120)) { $0.confirmedOffset > last }
        Report.row("updates of others taken in", "1/s", [Double(Self.count) / (moment() - start)])
        // And then dealt with.
        telegram.say("/status", from: ann)
        let chat = telegram.privateChat(with: ann)
        try await chat.wait(for: "the status", timeout: .seconds(60)) {
            $0.messages.contains { $0.text.contains("session") }
        }
        Report.row("the same, and a command behind them answered", "1/s", [Double(Self.count) / (moment() - start)])
        Report.row("memory they left", "MB", [(try monitor.memory("RssAnon") - before) / 1024])
    }
}
