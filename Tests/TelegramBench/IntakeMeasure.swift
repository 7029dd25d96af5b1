import BenchSupport
import TestSupport

/// How fast updates are taken in.
struct IntakeMeasure {
    private static let count = 10_000
    /// Of people who are let in.
    private static let accepted = 1_000

    func take() async throws {
        try await takeOthers()
        try await takeAccepted(of: 1, "messages of one person accepted")
        try await takeAccepted(of: Self.accepted, "messages of 1,000 people accepted")
    }

    /// Messages of people who are let in, until all are in the journal; the agent of the program itself answers meanwhile.
    private func takeAccepted(of people: Int, _ name: String) async throws {
        let telegram = try FakeTelegram()
        let people = (0..<people).map { telegram.addUser("Person \($0)") }
        let chats = people.map { telegram.privateChat(with: $0) }
        let monitor = try Monitor(.init(telegram: telegram, users: people))
        try await telegram.waitForPoll()
        let start = moment()
        for number in 0..<Self.accepted {
            let index = number % people.count
            telegram.say("what somebody says \(number)", from: people[index], in: chats[index])
        }
        while try monitor.acceptedMessages() < Self.accepted {
            guard moment() - start < 120 else { throw Failure("not all of \(name)") }
            try await Task.sleep(for: .milliseconds(5))
        }
        Report.row(name, "1/s", [Double(Self.accepted) / (moment() - start)])
    }

    private func takeOthers() async throws {
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
