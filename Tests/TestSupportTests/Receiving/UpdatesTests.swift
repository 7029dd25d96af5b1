import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct UpdatesTests {
    private let telegram: FakeTelegram
    private let client: APIClient
    private let ann: FakeUser

    init() throws {
        telegram = try FakeTelegram()
        client = try APIClient(telegram)
        ann = telegram.addUser("Ann", username: "ann")
    }

    private func texts(_ updates: [JSONValue]) -> [String] { updates.compactMap { $0["message"]?["text"]?.text } }

    private func ids(_ updates: [JSONValue]) -> [Int] { updates.compactMap { $0["update_id"]?.integer } }

    @Test func `updates come until a higher offset confirms them`() async throws {
        let said = ["one", "two", "three"].compactMap { telegram.say($0, from: ann).update }
        #expect(texts(try await client.updates()) == ["one", "two", "three"])
        #expect(texts(try await client.updates()) == ["one", "two", "three"])
        #expect(ids(try await client.updates(from: said[1])) == Array(said[1...]))
        #expect(telegram.confirmedOffset == said[1] && telegram.pendingUpdates == Array(said[1...]))
        #expect(try await client.updates(from: said[2] + 1).isEmpty)
        #expect(try await client.updates().isEmpty && telegram.pendingUpdates.isEmpty)
    }

    @Test func `a negative offset forgets all but the last`() async throws {
        for number in 0..<5 { telegram.say("\(number)", from: ann) }
        #expect(texts(try await client.updates(from: -2)) == ["3", "4"])
        #expect(texts(try await client.updates()) == ["3", "4"])
    }

    @Test(arguments: [(0, 1), (1, 1), (7, 7), (100, 100), (1000, 100)]) func `a limit is kept between 1 and 100`(
        asked: Int, got: Int
    ) async throws {
        for number in 0..<120 { telegram.say("\(number)", from: ann) }
        #expect(try await client.updates(["limit": .integer(asked)]).count == got)
    }

    @Test func `an answer is cut at 4 MiB and goes on after it`() async throws {
        let text = String(repeating: "x", count: 1_000_000)
        for _ in 0..<6 { telegram.say(text, from: ann) }
        let first = try await client.updates()
        #expect(first.count == 4)
        #expect(try await client.updates(from: (ids(first).last ?? 0) + 1).count == 2)
    }

    @Test func `a poll that waits is answered as soon as there is something`() async throws {
        try client.connection.write(client.request("getUpdates", ["timeout": 50]))
        try await telegram.wait(for: "the poll") { $0.waitingPolls == 1 }
        telegram.say("hello", from: ann)
        let response = try await client.connection.response()
        #expect(texts(try APIClient.result(response).elements ?? []) == ["hello"])
        #expect(telegram.waitingPolls == 0 && telegram.mostPollsAtOnce == 1)
    }

    @Test func `a poll waits no longer than the server wants`() async throws {
        var rules = TelegramRules()
        rules.longPollLimit = .milliseconds(50)
        let telegram = try FakeTelegram(rules: rules)
        let start = ContinuousClock.now
        #expect(try await APIClient(telegram).updates(["timeout": 1000]).isEmpty)
        #expect(ContinuousClock.now - start >= .milliseconds(50))
    }

    @Test func `asking for the same again at once has to wait, when Telegram's rule is on`() async throws {
        var rules = TelegramRules()
        rules.repeatedOffsetWait = .milliseconds(100)
        let clock = ManualClock()
        let telegram = try FakeTelegram(rules: rules) { clock.timestamp }
        let client = try APIClient(telegram)
        _ = try await client.updates(from: 5)
        let start = ContinuousClock.now
        _ = try await client.updates(from: 5)
        #expect(ContinuousClock.now - start >= .milliseconds(100))
        for _ in 0..<3 { telegram.say("x", from: telegram.addUser("Ann")) }
        #expect(try await client.updates(from: 5).count == 1, "so soon, it gets one only")
        clock.advance(by: .milliseconds(500))
        #expect(try await client.updates(from: 5).count == 3)
    }

    @Test func `messages are kept a day, presses of buttons 150 seconds`() async throws {
        let chat = telegram.privateChat(with: ann)
        let buttons: JSONValue = ["inline_keyboard": [[["text": "Go", "callback_data": "go"]]]]
        let message = try await client.send("?", to: chat, ["reply_markup": buttons])
        telegram.say("hello", from: ann)
        try telegram.press("Go", on: message, in: chat, by: ann)
        #expect(try await client.updates().count == 2)
        telegram.advance(by: .seconds(151))
        #expect(texts(try await client.updates()) == ["hello"])
        telegram.advance(by: .seconds(86_400))
        #expect(try await client.updates().isEmpty)
    }

    @Test func `the types that are allowed stay so until others are named`() async throws {
        let chat = telegram.privateChat(with: ann)
        _ = try await client.updates(["allowed_updates": ["edited_message"]])
        let said = telegram.say("hello", from: ann)
        #expect(said.update == nil)
        #expect(telegram.edit(said.message, in: chat, to: "bye") != nil)
        let updates = try await client.updates()
        #expect(updates.first?["edited_message"]?["text"] == "bye" && updates.count == 1)
        _ = try await client.updates(["allowed_updates": []])
        #expect(telegram.say("again", from: ann).update != nil)
        #expect(telegram.tell("message_reaction", [:]) == nil, "only told when named")
    }

    @Test func `the later of two pollers wins, and the older is told`() async throws {
        let other = try APIClient(telegram)
        try client.connection.write(client.request("getUpdates", ["timeout": 50]))
        try await telegram.wait(for: "the first poll") { $0.waitingPolls == 1 }
        try other.connection.write(other.request("getUpdates", ["timeout": 50]))
        let older = try await client.connection.response()
        let text =
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        #expect(older.status == 409)
        #expect(try older.json == ["ok": false, "error_code": 409, "description": .string(text)])
        telegram.say("hello", from: ann)
        #expect(texts(try APIClient.result(try await other.connection.response()).elements ?? []) == ["hello"])
        #expect(telegram.mostPollsAtOnce == 2)
    }

    @Test func `a poller that was killed is no second poller`() async throws {
        for round in 1...20 {
            let killed = try APIClient(telegram)
            try killed.connection.write(killed.request("getUpdates", ["timeout": 50]))
            try await telegram.wait(for: "the poll") { $0.waitingPolls == 1 }
            killed.connection.close()
            try await telegram.wait(for: "its end") { $0.calls.count { $0.outcome == .lost } == round }
        }
        telegram.say("hello", from: ann)
        #expect(texts(try await client.updates(["timeout": 50])) == ["hello"])
        #expect(telegram.mostPollsAtOnce == 1)
    }

    @Test func `conflicts that follow each other are kept back, when Telegram's rule is on`() async throws {
        var rules = TelegramRules()
        rules.conflictDelay = .milliseconds(100)
        let telegram = try FakeTelegram(rules: rules)
        let pollers = try (0..<3).map { _ in try APIClient(telegram) }
        let start = ContinuousClock.now
        for (index, poller) in pollers.enumerated() {
            try poller.connection.write(poller.request("getUpdates", ["timeout": 50]))
            try await telegram.wait(for: "poll \(index)") { $0.calls.count == index + 1 && $0.waitingPolls == 1 }
        }
        #expect(try await pollers[0].connection.response().status == 409)
        #expect(try await pollers[1].connection.response().status == 409)
        #expect(ContinuousClock.now - start >= .milliseconds(100))
    }

    @Test func `while a webhook is set nobody may poll`() async throws {
        let other = try APIClient(telegram)
        try other.connection.write(other.request("getUpdates", ["timeout": 50]))
        try await telegram.wait(for: "the poll") { $0.waitingPolls == 1 }
        telegram.say("one", from: ann)
        _ = try await other.connection.response()
        try await client.call("setWebhook", ["url": "https://example.org/hook"])
        let refusal = try await client.refusal("getUpdates")
        #expect(refusal?.hasPrefix("409 Conflict: can't use getUpdates method while webhook is active") == true)
        #expect(try await client.call("getWebhookInfo")["url"] == "https://example.org/hook")
        try await client.call("deleteWebhook", ["drop_pending_updates": false])
        #expect(texts(try await client.updates()) == ["one"])
        try await client.call("deleteWebhook", ["drop_pending_updates": true])
        #expect(try await client.updates().isEmpty)
        #expect(try await client.refusal("setWebhook", ["url": "http://plain"])?.hasPrefix("400") == true)
    }
}

extension APIClient {
    fileprivate func updates(_ more: [String: JSONValue]) async throws -> [JSONValue] {
        try await updates(from: 0, more)
    }
}
