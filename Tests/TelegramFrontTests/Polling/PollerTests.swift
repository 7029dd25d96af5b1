import HTTP
import JSONRPC
import Locking
import Logging
import Testing

@testable import TelegramFront
@testable import TestSupport

/// The long poll against a server that breaks on demand.
@Suite(.timeLimit(.minutes(1))) struct PollerTests {
    private let telegram: FakeTelegram
    private let ann: FakeUser
    private let chat: FakeChat
    private let inbox = InMemoryInbox()

    init() throws { try self.init(rules: TelegramRules()) }

    private init(rules: TelegramRules) throws {
        telegram = try FakeTelegram(rules: rules)
        ann = telegram.addUser("Ann", username: "ann")
        chat = telegram.privateChat(with: ann)
    }

    /// Polls while `body` runs; returns what was remarked.
    private func polling(
        clock: any Clock<Duration> = ContinuousClock(), options: Poller.Options = .init(timeout: 5),
        _ body: (Heardings) async throws -> Void
    ) async throws -> [PollRemark] {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let heard = Heardings()
        let poller = Poller(
            api: BotAPI(token, on: server, through: client), inbox: inbox, notes: InMemoryMemory { 0 },
            options: options, clock: clock, now: { 0 }, logger: Logger(label: "test"),
            remark: { remark in
                heard.remarks.withLock { $0.append(remark) }
                return true
            },
            arrived: { updates in heard.take(updates) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    let reason = try await poller.run()
                    heard.reason.withLock { $0 = reason }
                } catch is CancellationError {}
            }
            try await body(heard)
            group.cancelAll()
        }
        return heard.remarks.withLock(\.self)
    }

    @Test func `what is said arrives once, in order, and is confirmed after it is kept`() async throws {
        _ = telegram.say("before", from: ann)
        _ = try await polling { heard in
            _ = try await heard.wait(for: 1)
            for number in 0..<20 { _ = telegram.say("\(number)", from: ann) }
            let all = try await heard.wait(for: 21)
            #expect(all == ["before"] + (0..<20).map(String.init))
            try await telegram.wait(for: "the confirmation") { $0.pendingUpdates.isEmpty }
        }
        // Nothing is told again to the next one.
        _ = telegram.say("after", from: ann)
        _ = try await polling { heard in
            let all = try await heard.wait(for: 1)
            #expect(all == ["after"])
        }
    }

    @Test(
        arguments: [
            .droppedAfter, .droppedBefore, .halfAnswer, .invalidJSON, .serverError(502), .floodPage(retryAfter: 1),
            .dripping(.milliseconds(1)),
        ] as [TelegramFault])
    func `a poll that breaks loses nothing and doubles nothing`(fault: TelegramFault) async throws {
        telegram.inject(fault, into: "getUpdates", times: 2)
        _ = telegram.say("one", from: ann)
        _ = telegram.say("two", from: ann)
        let remarks = try await polling { heard in
            let all = try await heard.wait(for: 2)
            #expect(all == ["one", "two"])
        }
        #expect(remarks.isEmpty)
    }

    @Test func `updates that are told again, out of order and of unknown kinds do no harm`() async throws {
        telegram.inject(.unknownUpdate, into: "getUpdates", times: 1)
        telegram.inject(.redelivered(2), into: "getUpdates", times: 3)
        _ = try await polling { heard in
            for number in 0..<5 {
                _ = telegram.say("\(number)", from: ann)
                _ = try await heard.wait(for: number + 1)
            }
            let all = try await heard.wait(for: 5)
            #expect(all == ["0", "1", "2", "3", "4"])
        }
    }

    @Test(arguments: [true, false])
    func `what comes under new numbers, as after a week of silence, is heard and confirmed`(isLower: Bool) async throws
    {
        var rules = TelegramRules()
        rules.seed = Self.seed(ofLowerNumber: isLower)
        let other = try PollerTests(rules: rules), telegram = other.telegram, ann = other.ann
        func restIsConfirmed() async throws {
            try await telegram.wait(for: "the rest") { $0.pendingUpdates.isEmpty && $0.waitingPolls == 1 }
        }
        var texts: [String] = []
        let remarks = try await other.polling { heard in
            try await telegram.waitForPoll()
            telegram.inject(.renumbered, into: "getUpdates")
            for text in ["the last of before", "first", "second"] {
                telegram.say(text, from: ann)
                texts.append(text)
                let all = try await heard.wait(for: texts.count)
                #expect(all == texts)
                try await restIsConfirmed()
            }
        }
        let kept = await other.inbox.open(of: 0).map(\.id)
        #expect(remarks.isEmpty && kept.count == 3)
        #expect((kept[1] < kept[0]) == isLower && kept[1] != kept[0] + 1 && kept[2] == kept[1] + 1, "\(kept)")
    }

    /// Where chance has to begin for numbers that go on below the usual ones, or above.
    private static func seed(ofLowerNumber isLower: Bool) -> UInt64 {
        let seed = (1...UInt64.max).first { seed in
            var script = FaultScript(seed: seed)
            script.add(FaultRule(.renumbered))
            return script.next(for: "getupdates") == .renumbered && (script.randomUpdateID() < 100_000) == isLower
        }
        return seed ?? 1
    }

    @Test func `a second poller is told of once and outlived`() async throws {
        telegram.inject(.conflict, into: "getUpdates", times: 2)
        let clock = ManualClock()
        let remarks = try await polling(clock: clock) { heard in
            await clock.sleeping(until: .seconds(5))
            clock.advance(by: .seconds(5))
            try await telegram.wait(for: "the second poll") { $0.calls(of: "getUpdates").count == 2 }
            await clock.sleeping(until: .seconds(5 + 10))
            clock.advance(by: .seconds(10))
            _ = telegram.say("still here", from: ann)
            let all = try await heard.wait(for: 1)
            #expect(all == ["still here"])
        }
        #expect(remarks == [.conflict(isWebhook: false)])
    }

    @Test func `what was sent before the start is left alone where that is wished for`() async throws {
        for number in 0..<150 { _ = telegram.say("old \(number)", from: ann) }
        _ = try await polling(options: .init(timeout: 5, ignoresPending: true)) { heard in
            try await telegram.waitForPoll()
            _ = telegram.say("new", from: ann)
            let all = try await heard.wait(for: 1)
            #expect(all == ["new"])
        }
        // Not dealt with later either.
        let left = await inbox.open(of: 0).compactMap {
            if case .message(let message) = $0.kind { message.text } else { nil }
        }
        #expect(left == ["new"])
    }

    @Test func `the first poll does not wait, so that it is soon known that there is a way`() async throws {
        _ = try await polling(options: .init(timeout: 50)) { heard in
            _ = try await eventually("the first poll has gone well", within: .seconds(5)) {
                heard.arrivals.count > 0 ? true : nil
            }
            try await telegram.waitForPoll()
        }
        let timeouts = telegram.calls(of: "getUpdates").map { $0.parameters["timeout"] }
        #expect(timeouts == [.integer(0), .integer(50)])
    }

    @Test func `a token that is none ends the poll with Telegram's reason`() async throws {
        telegram.inject(.unauthorized, into: "getUpdates", times: nil)
        _ = try await polling { heard in
            let reason = try await eventually("the reason") { heard.reason.withLock(\.self) }
            #expect(reason.contains("401"))
        }
    }
}

/// What a poller told.
private final class Heardings: Sendable {
    let remarks = Locked<[PollRemark]>([])
    let reason = Locked<String?>(nil)
    /// How many polls went well.
    let arrivals = Counter()
    private let texts = Locked<[String]>([])

    func take(_ updates: [KeptUpdate]) {
        arrivals.add()
        texts.withLock { texts in
            for case .message(let message) in updates.map(\.kind) { texts.append(message.text ?? "") }
        }
    }

    func wait(for count: Int) async throws -> [String] {
        try await eventually("\(count) messages") { texts.withLock { $0.count >= count ? $0 : nil } }
    }
}
