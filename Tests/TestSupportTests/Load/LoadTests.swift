import Foundation
import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct LoadTests {
    @Test func `a thousand calls in one write are answered in order`() async throws {
        let telegram = try FakeTelegram()
        let chat = telegram.privateChat(with: telegram.addUser("Ann"))
        let client = try APIClient(telegram)
        var bytes: [UInt8] = []
        for number in 0..<1000 {
            bytes += client.request("sendMessage", ["chat_id": .integer(chat.id), "text": .string("\(number)")])
        }
        // Not all at once: answers that nobody reads would hold up the server, and it then the writing.
        async let written: Void = write(bytes, to: client.connection)
        for number in 0..<1000 {
            let result = try APIClient.result(try await client.connection.response())
            #expect(result["text"] == .string("\(number)"))
        }
        try await written
        #expect(chat.transcript.messages.count == 1000)
    }

    private func write(_ bytes: [UInt8], to connection: RawConnection) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async { continuation.resume(with: Result { try connection.write(bytes) }) }
        }
    }

    @Test func `fifty connections are served at once, beside a poll that waits`() async throws {
        let telegram = try FakeTelegram()
        let user = telegram.addUser("Ann")
        let chat = telegram.privateChat(with: user)
        let poller = try APIClient(telegram)
        try poller.connection.write(poller.request("getUpdates", ["timeout": 50]))
        try await telegram.wait(for: "the poll") { $0.waitingPolls == 1 }
        let clients = try (0..<50).map { _ in try APIClient(telegram) }
        for client in clients { try client.connection.write(client.request("getMe")) }
        for client in clients { #expect(try await client.connection.response().status == 200) }
        #expect(telegram.connectionCount == 51)
        let ids = try await withThrowingTaskGroup(of: [Int].self) { group in
            for client in clients {
                group.addTask {
                    var ids: [Int] = []
                    for number in 0..<20 { ids.append(try await client.send("\(number)", to: chat)) }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(ids).count == 1000 && chat.transcript.messages.count == 1000)
        telegram.say("hello", from: user)
        #expect(try await poller.connection.response().status == 200)
    }

    @Test func `a poller gets every one of very many messages, in order`() async throws {
        let telegram = try FakeTelegram()
        let user = telegram.addUser("Ann")
        let client = try APIClient(telegram)
        let count = 3000
        async let said: Void = say(count, from: user, telegram)
        var texts: [String] = []
        var offset = 0
        while texts.count < count {
            let updates = try await client.updates(from: offset, ["timeout": 50])
            texts += updates.compactMap { $0["message"]?["text"]?.text }
            offset = (updates.last?["update_id"]?.integer ?? offset - 1) + 1
        }
        await said
        #expect(texts == (0..<count).map { "\($0)" })
        #expect(telegram.confirmedOffset <= offset && telegram.mostPollsAtOnce <= 1)
    }

    private func say(_ count: Int, from user: FakeUser, _ telegram: FakeTelegram) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                for number in 0..<count { telegram.say("\(number)", from: user) }
                continuation.resume()
            }
        }
    }

    /// Prints its figures: run it alone and built for release to read them.
    @Test func `calls are answered fast`() async throws {
        let telegram = try FakeTelegram()
        let chat = telegram.privateChat(with: telegram.addUser("Ann"))
        let figures = try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                continuation.resume(with: Result { try Pace.measure(telegram, chat) })
            }
            thread.start()
        }
        print("FakeTelegram: \(figures)")
        #expect(figures.median < .milliseconds(20), "far above what it takes, for busy machines")
    }
}
