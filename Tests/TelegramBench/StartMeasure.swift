import BenchSupport
import TestSupport

/// How long it is from the start of the program to its first poll.
struct StartMeasure {
    private static let count = 20

    func take() async throws {
        var times: [Double] = []
        for _ in 0..<Self.count {
            let telegram = try FakeTelegram()
            let start = moment()
            let monitor = try Monitor(.init(telegram: telegram, users: [telegram.addUser("Ann")]))
            try await telegram.waitForPoll()
            guard let poll = telegram.calls(of: "getUpdates").first else { throw Failure("no poll") }
            times.append((poll.time - start) * 1e3)
            withExtendedLifetime(monitor) {}
        }
        Report.row("start to the first poll", "ms", times)
    }
}
