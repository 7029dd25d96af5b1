import Conversation
import HTTP
import JSONRPC
import TestSupport
import Testing

@testable import TelegramFront

/// The sign that somebody writes, in chats that Telegram holds and among many others.
@Suite(.timeLimit(.minutes(1))) struct TypingTests {
    private let rig: BotRig

    init() throws { rig = try BotRig() }

    /// Has the core work on something that `user` has said, and returns when that is shown.
    private func begin(_ user: FakeUser, in core: ScriptedCore, _ number: Int64) async throws {
        rig.telegram.say("work", from: user)
        let session = rig.session(user)
        _ = try await eventually("\(user.name) is followed") { core.readers(of: session) == 1 ? true : nil }
        let message = Message(text: "work", author: user.name, origin: .telegram, sender: "telegram")
        let waiting = SessionState.Waiting(id: Message.ID(rawValue: number), message: message, attempt: 1)
        core.tell(
            .accepted(waiting.id, message), .started(Turn(id: Turn.ID(rawValue: number + 1), waiting)), in: session)
    }

    private func signs(in user: FakeUser) -> Int {
        rig.telegram.calls(of: "sendChatAction").count { $0.parameters["chat_id"] == .integer(user.id) }
    }

    @Test func `a chat that Telegram has held since before the start is told nothing, and another one is`() async throws
    {
        let rig = rig, core = rig.core()
        await rig.store.hold(Int64(rig.ann.id), until: 10_000_000, bot: 0)
        try await rig.running(core) { _ in
            try await begin(rig.ann, in: core, 1)
            try await begin(rig.bob, in: core, 11)
            _ = try await eventually("signs") { signs(in: rig.bob) >= 4 ? true : nil }
        }
        #expect(signs(in: rig.ann) == 0)
    }

    @Test func `what Telegram says of one topic counts for the whole chat, and messages go on`() async throws {
        let rig = rig
        rig.telegram.inject(.tooManyRequests(retryAfter: 30), into: "sendChatAction", times: 1)
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(rig.telegram.token)), server = try #require(BotServer(rig.telegram.baseURL))
        let api = BotAPI(token, on: server, through: client)
        let outbox = Outbox(api, store: rig.store, clock: rig.clock, now: { [clock = rig.clock] in clock.milliseconds })
        try await outbox.load()
        let core = rig.core(), watches = Watches()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for topic in [Int64(7), 8] {
                let session = SessionID(rawValue: "tg:\(rig.ann.id):\(topic):\(rig.ann.id)")
                let address = ChatAddress(chat: Int64(rig.ann.id), topic: topic)
                async let steps = watches.follow(
                    ChatCursor(session: session, address: address, resume: .start, told: .start))
                var wishes = watches.wishes.makeAsyncIterator()
                let wish = try await next(&wishes)
                let watch = SessionWatch(
                    wish: wish, core: core, outbox: outbox,
                    ledger: InMemoryLedger(beside: rig.store) { 0 }, api: api,
                    context: ViewContext(at: address, placeOf: { Int64($0) }, redact: { $0 }), clock: rig.clock,
                    now: { Timestamp(millisecondsSince1970: 0) }, logger: rig.log.logger)
                group.addTask { do { try await watch.run() } catch is CancellationError {} }
                _ = try await steps
                let message = Message(text: "work", author: "ann", origin: .telegram, sender: "telegram")
                let waiting = SessionState.Waiting(id: Message.ID(rawValue: 1), message: message, attempt: 1)
                core.tell(
                    .accepted(waiting.id, message), .started(Turn(id: Turn.ID(rawValue: 2), waiting)), in: session)
                let pause: Duration = topic == 7 ? .seconds(30) : SessionWatch.typing
                _ = try await eventually("the pause of \(topic)") { rig.clock.sleeps.contains(pause) ? true : nil }
            }
            group.cancelAll()
        }
        #expect(rig.telegram.calls(of: "sendChatAction").count == 1)
    }
}
