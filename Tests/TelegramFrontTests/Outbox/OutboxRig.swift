import Conversation
import HTTP
import TelegramFront
import TestSupport
import Testing

/// An outbox, Telegram on this machine, and a store that outlives the outbox.
struct OutboxRig {
    let telegram: FakeTelegram
    let store = InMemoryOutboxStore()
    let client: CurlClient
    let clock: any Clock<Duration>
    let now: @Sendable () -> Int64
    let remarks = Remarks()

    /// A pace that holds up nothing.
    static let unbridled: OutboxPace = {
        var pace = OutboxPace()
        let rate = Rate(burst: 1, interval: .zero)
        (pace.personal, pace.group, pace.overall, pace.progress) = (rate, rate, rate, .zero)
        return pace
    }()

    /// In real time.
    init() throws {
        telegram = try FakeTelegram()
        client = try CurlClient()
        clock = ContinuousClock()
        let start = ContinuousClock.now
        now = { 1_000_000 + Int64((ContinuousClock.now - start) / .milliseconds(1)) }
    }

    /// In the time of `clock`.
    init(clock: ManualClock, rules: TelegramRules = TelegramRules()) throws {
        telegram = try FakeTelegram(rules: rules, clock: { clock.timestamp })
        client = try CurlClient()
        self.clock = clock
        now = { clock.timestamp.millisecondsSince1970 }
    }

    /// A new start of the program.
    func outbox(
        _ mortal: Mortal = Mortal(diesAt: nil), pace: OutboxPace = unbridled,
        rights: @escaping Outbox.Rights = { { _ in true } }
    ) throws -> Outbox {
        let token = try #require(BotToken(telegram.token))
        let server = try #require(BotServer(telegram.baseURL))
        return Outbox(
            BotAPI(token, on: server, through: MortalClient(base: client, mortal: mortal)),
            store: MortalStore(base: store, mortal: mortal), pace: pace, clock: clock, now: now, chance: { 0 },
            rights: rights, told: { [remarks] remark in await remarks.add(remark) })
    }

    /// Lets `outbox` run while `body` does something, and ends it in good order.
    @discardableResult func running(
        _ outbox: Outbox, while body: () async throws -> Void
    ) async throws -> Outbox.End {
        async let end = outbox.run()
        do {
            try await body()
        } catch {
            outbox.finish()
            throw error
        }
        outbox.finish()
        return try await end
    }

    /// Runs `body`, and moves `clock` on whenever somebody sleeps meanwhile.
    func moving(_ clock: ManualClock, while body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await clock.sleeping()
                    clock.advance(by: .seconds(1))
                    // Not a wait for anything: whoever was woken has his turn.
                    try? await Task.sleep(for: .milliseconds(1))
                }
            }
            // Also ends whoever moves the clock while nobody sleeps.
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// Lets a new outbox bring `slots` to their chats, and ends it.
    func deliver(_ slots: [Slot], pace: OutboxPace = unbridled) async throws {
        let outbox = try outbox(pace: pace)
        try await running(outbox) {
            try await outbox.put(slots)
            try await store.settled()
        }
    }
}

/// What an owner was told.
actor Remarks {
    private(set) var all: [OutboxRemark] = []

    func add(_ remark: OutboxRemark) { all.append(remark) }
}

extension FakeChat {
    /// Where it is.
    var address: ChatAddress { ChatAddress(chat: Int64(id)) }
    /// What the bot wrote and stands there now.
    var texts: [String] { transcript.byBot.map(\.text) }
    /// The same without placeholders that a crash has left.
    var filledTexts: [String] { texts.filter { $0 != "…" } }
}
