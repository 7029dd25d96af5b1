import BenchSupport
import TestSupport

/// What the program takes while nothing happens.
struct IdleMeasure {
    private static let seconds = 60

    func take() async throws {
        let telegram = try FakeTelegram(), ann = telegram.addUser("Ann")
        let monitor = try Monitor(.init(telegram: telegram, users: [ann]))
        try await telegram.waitForPoll()
        // The welcome goes out.
        try await Task.sleep(for: .seconds(3))
        try report(" at the start", monitor)
        let before = try monitor.runTime()
        try await Task.sleep(for: .seconds(Self.seconds))
        let took = (try monitor.runTime() - before) / 1e9 * 3600 / Double(Self.seconds)
        Report.row("processor time of an hour of polling", "s", [took])
        try report(" after a minute", monitor)
        let chat = telegram.privateChat(with: ann)
        telegram.say("/status", from: ann)
        try await chat.wait(for: "a reply", timeout: .seconds(20)) { !$0.messages.isEmpty }
        telegram.say("hello", from: ann)
        try await chat.wait(for: "an answer", timeout: .seconds(20)) { $0.messages.contains { $0.text.hasPrefix("✅") } }
        try report(" after a turn", monitor)
        // It looks once a minute for what it can let go of, and lets go of it at the second look.
        try await Task.sleep(for: .seconds(2 * Self.seconds + 10))
        try report(" two minutes later", monitor)
    }

    private func report(_ when: String, _ monitor: Monitor) throws {
        Report.row("memory\(when), resident", "MB", [try monitor.memory("VmRSS") / 1024])
        Report.row("memory\(when), of it its own", "MB", [try monitor.memory("RssAnon") / 1024])
    }
}
