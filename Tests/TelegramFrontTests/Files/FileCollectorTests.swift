import Conversation
import Foundation
import HTTP
import Logging
import TestSupport
import Testing

@testable import TelegramFront

/// Files from a server that breaks on demand.
@Suite(.timeLimit(.minutes(1))) struct FileCollectorTests {
    private let telegram: FakeTelegram
    private let ann: FakeUser
    private let shelf = InMemoryShelf()

    init() throws {
        telegram = try FakeTelegram()
        ann = telegram.addUser("Ann")
    }

    /// Sends `file` and has it collected; pauses take no time.
    private func collect(
        _ shown: ShownFile, claiming size: Int64? = nil, onto shelf: InMemoryShelf? = nil
    ) async throws -> Result<ShelvedFile, FileCollector.Trouble> {
        let client = try CurlClient()
        defer { client.close() }
        telegram.say("", from: ann, file: shown)
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let collector = FileCollector(
            api: BotAPI(token, on: server, through: client), shelf: shelf ?? self.shelf, clock: HurriedClock(),
            logger: Logger(label: "test"))
        var message = BotMessage(id: 1, date: 0, chat: BotChat(id: 5, kind: .private))
        message.document = BotFile(id: "file-1", name: shown.name, size: size)
        let file = try #require(SentFile(of: message))
        return try await collector.collect(file, in: 5, for: SessionID(rawValue: "tg:5:5"))
    }

    private var bytes: [UInt8] { (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) } }

    @Test func `a file arrives as it was sent`() async throws {
        let kept = try await collect(ShownFile("notes.txt", bytes)).get()
        #expect(kept.path == ".cm/inbox/\(try #require(shelf.all.keys.first))" && kept.size == 300_000)
        #expect(shelf.all.values.first == Data(bytes))
    }

    @Test func `what was kept is not fetched again`() async throws {
        _ = try await collect(ShownFile("notes.txt", bytes)).get()
        _ = try await collect(ShownFile("notes.txt", bytes)).get()
        #expect(telegram.calls(of: "file").count == 1)
    }

    @Test(
        arguments: [
            .droppedBefore, .droppedAfter, .halfAnswer, .serverError(502), .serverPage(502),
            .tooManyRequests(retryAfter: 7),
        ] as [TelegramFault])
    func `trouble on the way is tried again`(fault: TelegramFault) async throws {
        telegram.inject(fault, into: "file", times: 3)
        telegram.inject(fault, into: "getFile", times: 2)
        _ = try await collect(ShownFile("notes.txt", bytes)).get()
        #expect(shelf.all.values.first == Data(bytes))
    }

    @Test func `trouble without end is told, and never with the token`() async throws {
        telegram.inject(.halfAnswer, into: "file", times: nil)
        let result = try await collect(ShownFile("notes.txt", bytes))
        guard case .failure(.unreachable(let reason)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(!reason.contains(telegram.token) && !reason.contains("/bot") && shelf.all.isEmpty)
        #expect(telegram.calls(of: "file").count == 10)
    }

    @Test func `what is too large is not fetched when that is known`() async throws {
        let result = try await collect(ShownFile("film.mov", [1]), claiming: 20 << 20 + 1)
        #expect(result == .failure(.tooBig) && telegram.calls(of: "getFile").isEmpty)
    }

    @Test func `what Telegram calls too large is`() async throws {
        let told = try await collect(ShownFile("film.mov", [1], size: 21 << 20))
        #expect(told == .failure(.tooBig))
    }

    @Test func `what turns out to be too large on the way is not kept`() async throws {
        let large = [UInt8](repeating: 7, count: 20 << 20 + 1)
        let result = try await collect(ShownFile("film.mov", large, size: 5), claiming: 5)
        #expect(result == .failure(.tooBig) && shelf.all.isEmpty)
    }

    @Test(
        arguments: [
            ("getFile", .badRequest("wrong file_id or the file is temporarily unavailable")),
            ("file", .serverError(404)),
        ] as [(String, TelegramFault)])
    func `what Telegram has no more is gone`(method: String, fault: TelegramFault) async throws {
        telegram.inject(fault, into: method, times: nil)
        let result = try await collect(ShownFile("notes.txt", bytes))
        #expect(result == .failure(.gone))
    }

    @Test func `what cannot be written says why`() async throws {
        let full = InMemoryShelf(trouble: FileShelfError(".cm/inbox/x: No space left on device"))
        let result = try await collect(ShownFile("notes.txt", bytes), onto: full)
        #expect(result == .failure(.notKept(".cm/inbox/x: No space left on device")))
    }
}

/// A clock whose sleeps take no time.
private struct HurriedClock: Clock {
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
    }
    var now: ContinuousClock.Instant { ContinuousClock().now }
    var minimumResolution: Duration { .zero }
}
