import HTTP
import Locking
import Logging
import TestSupport
import Testing

@testable import TelegramFront

/// The long poll while another program polls with the same token, in the time of the test.
@Suite(.timeLimit(.minutes(1))) struct SecondPollerTests {
    private let clock = CountingClock()
    private let telegram: FakeTelegram
    private let ann: FakeUser
    private let inbox = InMemoryInbox()
    private let remarks = Locked<[PollRemark]>([])
    private let texts = Locked<[String]>([])

    init() throws {
        telegram = try FakeTelegram()
        ann = telegram.addUser("Ann")
    }

    /// Polls while `body` runs, which is given another poller's way to Telegram.
    private func polling(_ body: @escaping (BotAPI) async throws -> Void) async throws {
        let client = try CurlClient(), otherClient = try CurlClient()
        defer {
            client.close()
            otherClient.close()
        }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let poller = Poller(
            api: BotAPI(token, on: server, through: client), inbox: inbox, notes: InMemoryMemory { 0 },
            options: .init(timeout: 50), clock: clock, now: { [clock] in clock.milliseconds },
            logger: Logger(label: "test"),
            remark: { remark in
                remarks.withLock { $0.append(remark) }
                return true
            },
            arrived: { updates in
                texts.withLock { texts in
                    for case .message(let message) in updates.map(\.kind) { texts.append(message.text ?? "") }
                }
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { do { _ = try await poller.run() } catch is CancellationError {} }
            try await telegram.waitForPoll()
            try await body(BotAPI(token, on: server, through: otherClient))
            group.cancelAll()
        }
    }

    /// The other one asks, and confirms nothing; returns how many updates it got, nil when it was thrown out.
    private func ask(_ other: BotAPI) async throws -> Int? {
        do {
            return try await other.call(GetUpdates(offset: nil, timeout: 50), patience: .seconds(60)).readable.count
        } catch let error as BotError where error.code == .conflict(isWebhook: false) { return nil }
    }

    @Test func `against one that never gives way it steps back further and further, and tells of it once`() async throws
    {
        try await polling { other in
            for (number, seconds) in [5, 10, 20, 40, 60, 60].enumerated() {
                // It throws this one out, and is thrown out when this one has waited.
                async let answer = ask(other)
                await clock.slept(number + 1)
                #expect(clock.sleeps.last == .seconds(seconds))
                let count = telegram.calls(of: "getUpdates").count
                clock.advance(by: .seconds(seconds))
                let got = try await answer
                #expect(got == nil)
                try await telegram.wait(for: "the next poll") {
                    $0.calls(of: "getUpdates").count > count && $0.waitingPolls == 1
                }
            }
            telegram.say("it has gone", from: ann)
            _ = try await eventually("the message") { texts.withLock(\.self) == ["it has gone"] ? true : nil }
            #expect(remarks.withLock(\.self) == [.conflict(isWebhook: false)])
            // After two minutes in which nobody else was seen, it is over.
            clock.advance(by: .seconds(60))
            telegram.say("and stays away", from: ann)
            _ = try await eventually("the end of it") { remarks.withLock { $0.count == 2 } ? true : nil }
        }
        #expect(remarks.withLock(\.self) == [.conflict(isWebhook: false), .conflictOver])
        #expect(texts.withLock(\.self) == ["it has gone", "and stays away"])
    }

    @Test func `what the other was told and did not confirm is heard, and the owner is told once`() async throws {
        try await polling { other in
            var expected: [String] = []
            for (number, seconds) in [5, 10, 20].enumerated() {
                async let answer = ask(other)
                await clock.slept(number + 1)
                // The other one gets it, while this one has stepped back.
                expected.append("message \(number)")
                telegram.say("message \(number)", from: ann)
                let got = try await answer
                #expect(got == 1)
                clock.advance(by: .seconds(seconds))
                _ = try await eventually("message \(number)") { texts.withLock(\.self) == expected ? true : nil }
                try await telegram.waitForPoll()
            }
        }
        #expect(remarks.withLock(\.self) == [.conflict(isWebhook: false)])
        #expect(clock.sleeps == [.seconds(5), .seconds(10), .seconds(20)])
    }
}
