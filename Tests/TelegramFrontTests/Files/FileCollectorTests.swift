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
    private let clock = HurriedClock()

    init() throws {
        telegram = try FakeTelegram()
        ann = telegram.addUser("Ann")
    }

    /// Sends `file` and has it collected; pauses take no time.
    private func collect(
        _ shown: ShownFile, claiming size: Int64? = nil, onto shelf: InMemoryShelf? = nil
    ) async throws -> Result<ShelvedFile, FileCollector.Trouble> {
        telegram.say("", from: ann, file: shown)
        var message = BotMessage(id: 1, date: 0, chat: BotChat(id: 5, kind: .private))
        message.document = BotFile(id: "file-1", name: shown.name, size: size)
        return try #require(try await collect([message], onto: shelf).first)
    }

    /// Has the files of `messages` collected.
    private func collect(
        _ messages: [BotMessage], onto shelf: InMemoryShelf? = nil
    ) async throws -> [Result<ShelvedFile, FileCollector.Trouble>] {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let collector = FileCollector(
            api: BotAPI(token, on: server, through: client), shelf: shelf ?? self.shelf, clock: clock,
            logger: Logger(label: "test"))
        let files = messages.compactMap(SentFile.init(of:))
        return try await collector.collect(files, in: 5, for: SessionID(rawValue: "tg:5:5")).map(\.result)
    }

    /// Messages with one file each, of which Telegram knows.
    private func album(_ names: String...) -> [BotMessage] {
        names.enumerated().map { index, name in
            telegram.say("", from: ann, file: ShownFile(name, bytes))
            var message = BotMessage(id: Int64(index + 1), date: 0, chat: BotChat(id: 5, kind: .private))
            message.document = BotFile(id: "file-\(index + 1)", name: name)
            return message
        }
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

    @Test
    func `what hangs is not waited for longer than the files of one message may take, and what came before stays`()
        async throws
    {
        let messages = album("first.txt", "second.txt", "third.txt")
        telegram.inject(FaultRule(.stalled, to: ["file"], skipping: 1, times: nil))
        async let hanging: Void = {
            try await telegram.wait(for: "the second download") { $0.calls(of: "file").count == 2 }
            clock.end()
        }()
        let results = try await collect(messages)
        try await hanging
        let late = FileCollector.Trouble.unreachable("not within 5 minutes")
        #expect(results.count == 3 && results[1...] == [.failure(late), .failure(late)])
        #expect(try results.first?.get().size == 300_000)
        #expect(shelf.all.count == 1)
    }

    @Test func `a pause without end that Telegram asks for is not kept longer than that, and it is said why`()
        async throws
    {
        telegram.inject(.tooManyRequests(retryAfter: 86_400), into: "getFile", times: nil)
        let messages = album("first.txt")
        async let pausing: Void = {
            // The pause, and how long all may take.
            await clock.slept(2)
            clock.end()
        }()
        let results = try await collect(messages)
        await pausing
        guard case .failure(.unreachable(let reason))? = results.first else {
            Issue.record("\(results)")
            return
        }
        #expect(reason.hasPrefix("not within 5 minutes (") && reason.contains("86400"), "\(reason)")
    }

    @Test func `who stops it is not told that it took too long`() async throws {
        telegram.inject(.stalled, into: "file", times: nil)
        let messages = album("first.txt")
        let collecting = Task { try await collect(messages) }
        try await telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
        collecting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await collecting.value }
    }

    @Test func `what cannot be written says why`() async throws {
        let full = InMemoryShelf(trouble: FileShelfError(".cm/inbox/x: No space left on device"))
        let result = try await collect(ShownFile("notes.txt", bytes), onto: full)
        #expect(result == .failure(.notKept(".cm/inbox/x: No space left on device")))
    }
}

/// A clock whose sleeps take no time, but for those of minutes, which last until the test ends them.
private struct HurriedClock: Clock {
    private let gate = Gate()

    /// Has it be as late as anybody waits for.
    func end() { gate.open() }

    /// Waits until so many such sleeps were begun.
    func slept(_ count: Int) async { await gate.reached(count) }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        if now.duration(to: deadline) > .seconds(120) { try await gate.pass() }
    }
    var now: ContinuousClock.Instant { ContinuousClock().now }
    var minimumResolution: Duration { .zero }
}
