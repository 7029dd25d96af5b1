import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FaultTests {
    private let telegram: FakeTelegram
    private let client: APIClient
    private let ann: FakeUser
    private let chat: FakeChat

    init() throws {
        telegram = try FakeTelegram()
        client = try APIClient(telegram)
        ann = telegram.addUser("Ann")
        chat = telegram.privateChat(with: ann)
    }

    private var message: JSONValue { ["chat_id": .integer(chat.id), "text": "x"] }

    private func ids(_ updates: [JSONValue]) -> [Int] { updates.compactMap { $0["update_id"]?.integer } }

    @Test(arguments: [
        (TelegramFault.tooManyRequests(retryAfter: 13_938), "429 Too Many Requests: retry after 13938"),
        (.unauthorized, "401 Unauthorized"),
        (.badRequest("can't parse entities"), "400 Bad Request: can't parse entities"),
        (.forbidden("user is deactivated"), "403 Forbidden: user is deactivated"),
        (.serverError(502), "502 Internal Server Error"),
        (
            .conflict,
            "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        ),
    ])
    func `a refusal is told instead of doing anything, as often as asked`(fault: TelegramFault, text: String)
        async throws
    {
        telegram.inject(fault, into: "sendMessage", times: 2)
        #expect(try await client.refusal("getMe") == nil)
        #expect(try await client.refusal("sendMessage", message) == text)
        #expect(try await client.refusal("sendMessage", message) == text)
        #expect(chat.transcript.messages.isEmpty)
        #expect(try await client.refusal("sendMessage", message) == nil)
        #expect(telegram.calls.map(\.fault) == [nil, fault, fault, nil])
    }

    @Test func `how long to wait is in the body and in the header`() async throws {
        telegram.inject(.tooManyRequests(retryAfter: 3))
        let answer = try await client.answer("sendMessage", message)
        #expect(answer.headers["retry-after"] == "3")
        #expect(try answer.json["parameters"]?["retry_after"] == 3)
    }

    @Test func `a page comes instead of JSON`() async throws {
        telegram.inject(.serverPage(502))
        let answer = try await client.answer("sendMessage", message)
        #expect(answer.status == 502 && answer.headers["content-type"] == "text/html")
        #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("<html>") && chat.transcript.messages.isEmpty)
    }

    @Test(arguments: [nil, 7] as [Int?])
    func `a page says that there is too much, and how long to wait at most in its header`(seconds: Int?) async throws {
        telegram.inject(.floodPage(retryAfter: seconds))
        let answer = try await client.answer("sendMessage", message)
        #expect(answer.status == 429 && answer.headers["retry-after"] == seconds.map { "\($0)" })
        #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("<html>") && chat.transcript.messages.isEmpty)
    }

    @Test func `an answer comes byte by byte, and what it did is seen at once`() async throws {
        telegram.inject(.dripping(.milliseconds(1)))
        let start = ContinuousClock.now
        try client.connection.write(client.request("sendMessage", message))
        try await chat.wait { $0.messages.count == 1 }
        let answer = try await client.connection.response()
        #expect(answer.status == 200 && ContinuousClock.now - start >= .milliseconds(answer.body.count))
        #expect(try await client.refusal("getMe") == nil)
    }

    @Test func `a message that is sent later has no number yet`() async throws {
        telegram.inject(.unnumbered)
        let answer = try await client.answer("sendMessage", message)
        #expect(try answer.json["result"]?["message_id"] == 0)
        #expect(chat.transcript.messages.count == 1)
    }

    @Test(arguments: [TelegramFault.droppedBefore, .droppedAfter])
    func `a connection is dropped, before or after the message is there`(fault: TelegramFault) async throws {
        telegram.inject(fault, into: "sendMessage")
        try client.connection.write(client.request("getMe") + client.request("sendMessage", message))
        #expect(try await client.connection.response().status == 200, "what was asked before is answered")
        #expect(try await client.connection.rest().isEmpty)
        #expect(chat.transcript.messages.count == (fault == .droppedAfter ? 1 : 0))
        let call = try await telegram.waitForCall("sendMessage")
        #expect((call.outcome == .lost) == (fault == .droppedBefore))
        #expect(try await APIClient(telegram).refusal("sendMessage", message) == nil)
    }

    @Test func `half an answer is followed by the end`() async throws {
        telegram.inject(.halfAnswer)
        try client.connection.write(client.request("sendMessage", message))
        let bytes = try await client.connection.rest()
        #expect(RawResponse(bytes) == nil && String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n{"))
        #expect(chat.transcript.messages.count == 1)
    }

    @Test func `a slow answer comes after its time, and what it did is seen at once`() async throws {
        telegram.inject(.slow(.milliseconds(200)))
        let start = ContinuousClock.now
        try client.connection.write(client.request("sendMessage", message))
        try await chat.wait { $0.messages.count == 1 }
        #expect(try await client.connection.response().status == 200)
        #expect(ContinuousClock.now - start >= .milliseconds(200))
    }

    @Test func `a dripping answer comes byte by byte, and is whole at last`() async throws {
        telegram.inject(.dripping(.milliseconds(2)))
        let start = ContinuousClock.now
        let answer = try await client.answer("getMe")
        #expect(ContinuousClock.now - start >= .milliseconds(2) * answer.body.count)
        #expect(try answer.json["result"]?["username"] == "cm_test_bot")
    }

    @Test func `a client that does not wait for a slow answer is no burden`() async throws {
        telegram.inject(.slow(.seconds(3600)))
        try client.connection.write(client.request("sendMessage", message))
        try await chat.wait { $0.messages.count == 1 }
        client.connection.close()
        try await telegram.waitUntilIdle()
    }

    @Test func `a huge answer is right, and invalid JSON is none`() async throws {
        telegram.inject(.hugeAnswer(4 << 20))
        let huge = try await client.answer("getMe")
        #expect(huge.body.count > 4 << 20)
        #expect(try huge.json["result"]?["username"] == "cm_test_bot")
        telegram.inject(.invalidJSON)
        let broken = try await client.answer("getMe")
        #expect(broken.status == 200)
        #expect(throws: (any Error).self) { try broken.json }
        #expect(try await client.refusal("getMe") == nil)
    }

    @Test func `updates come again with the numbers they had`() async throws {
        let said = ["a", "b", "c"].compactMap { telegram.say($0, from: ann).update }
        #expect(ids(try await client.updates(from: said[2] + 1)).isEmpty)
        telegram.inject(.redelivered(2), into: "getUpdates")
        let later = try #require(telegram.say("d", from: ann).update)
        #expect(ids(try await client.updates(from: said[2] + 1)) == [said[1], said[2], later])
        #expect(ids(try await client.updates(from: said[2] + 1)) == [later])
    }

    @Test func `updates come in the opposite order, of unknown types, and with new numbers`() async throws {
        let said = ["a", "b"].compactMap { telegram.say($0, from: ann).update }
        telegram.inject(.reordered)
        #expect(ids(try await client.updates()) == said.reversed())
        telegram.inject(.unknownUpdate)
        let strange = try await client.updates(["allowed_updates": ["message"]])
        #expect(strange.count == 3 && strange.last?["quantum_message"] != nil)
        telegram.inject(.renumbered)
        let old = (ids(strange).last ?? 0) + 1
        #expect(try await client.updates(from: old).isEmpty)
        let first = try #require(telegram.say("c", from: ann).update)
        #expect(abs(first - old) > 100)
        #expect(ids(try await client.updates(from: old)) == [first], "an offset from before hides nothing")
        #expect(ids(try await client.updates(from: first + 1)).isEmpty)
    }

    @Test func `faults skip calls, and happen by chance in a way that can be repeated`() async throws {
        func pattern(seed: UInt64) async throws -> [Bool] {
            var rules = TelegramRules()
            rules.seed = seed
            let telegram = try FakeTelegram(rules: rules)
            telegram.inject(
                FaultRule(.serverError(500), to: ["getme"], skipping: 5, times: nil, probability: 0.5))
            let client = try APIClient(telegram)
            var pattern: [Bool] = []
            for _ in 0..<45 { pattern.append(try await client.refusal("getMe") != nil) }
            return pattern
        }
        let first = try await pattern(seed: 1)
        #expect(first.prefix(5).allSatisfy { !$0 } && (5..<35).contains(first.count { $0 }))
        #expect(try await pattern(seed: 1) == first)
        #expect(try await pattern(seed: 2) != first)
    }

    @Test func `faults that are cleared do not happen`() async throws {
        telegram.inject(.unauthorized, times: nil)
        #expect(try await client.refusal("getMe") == "401 Unauthorized")
        telegram.clearFaults()
        #expect(try await client.refusal("getMe") == nil)
    }

    @Test func `a fault of a poll ends it at once`() async throws {
        telegram.inject(.conflict, into: "getUpdates", times: 3)
        for _ in 0..<3 {
            #expect(try await client.refusal("getUpdates", ["timeout": 50])?.hasPrefix("409") == true)
        }
        telegram.inject(.droppedBefore, into: "getUpdates")
        try client.connection.write(client.request("getUpdates", ["timeout": 50]))
        #expect(try await client.connection.rest().isEmpty)
    }
}

extension APIClient {
    fileprivate func updates(_ more: [String: JSONValue]) async throws -> [JSONValue] {
        try await updates(from: 0, more)
    }
}

extension FakeTelegram {
    /// Waits until nobody is connected.
    fileprivate func waitUntilIdle() async throws {
        _ = try await eventually("the connections end") { connectionCount == 0 ? true : nil }
    }
}
