import HTTP
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// A long poll with Telegram on this machine, in the time of the test; what it keeps outlives it.
struct PollRig: Sendable {
    let clock = CountingClock()
    let telegram: FakeTelegram
    let ann: FakeUser
    let log = RecordingLog()
    private let inbox = InMemoryInbox()
    private let memory = InMemoryMemory { 0 }
    private let told = Locked<[PollRemark]>([])
    private let heard = Locked<[String]>([])

    init() throws {
        telegram = try FakeTelegram()
        ann = telegram.addUser("Ann")
    }

    /// What was remarked up to now, by all polls.
    var remarks: [PollRemark] { told.withLock(\.self) }
    /// What was heard up to now, by all polls.
    var texts: [String] { heard.withLock(\.self) }

    func waitForRemark(_ remark: PollRemark) async throws {
        _ = try await eventually("\(remark)") { remarks.contains(remark) ? true : nil }
    }

    func waitForText(_ text: String) async throws {
        _ = try await eventually("\(text)") { texts.contains(text) ? true : nil }
    }

    /// Polls while `body` runs; people get to know of what is remarked where it `isTold`.
    func polling(
        _ options: Poller.Options = .init(timeout: 50), isTold: Bool = true, _ body: () async throws -> Void
    ) async throws {
        let client = try CurlClient()
        defer { client.close() }
        let poller = Poller(
            api: try api(through: client), inbox: inbox, notes: memory, options: options, clock: clock,
            now: { [clock] in clock.milliseconds }, logger: log.logger,
            remark: { remark in
                told.withLock { $0.append(remark) }
                return isTold
            },
            arrived: { updates in
                heard.withLock { heard in
                    for case .message(let message) in updates.map(\.kind) { heard.append(message.text ?? "") }
                }
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { do { _ = try await poller.run() } catch is CancellationError {} }
            try await body()
            group.cancelAll()
        }
    }

    private func api(through client: CurlClient) throws -> BotAPI {
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        return BotAPI(token, on: server, through: client)
    }
}
