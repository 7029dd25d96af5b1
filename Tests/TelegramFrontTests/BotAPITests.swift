import HTTP
import Locking
import TestSupport
import Testing

@testable import TelegramFront

/// How long calls of the Bot API may take.
@Suite(.timeLimit(.minutes(1))) struct BotAPITests {
    @Test func `an answer of which a byte comes now and then comes to an end`() async throws {
        let telegram = try FakeTelegram(), client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(telegram.token)), server = try #require(BotServer(telegram.baseURL))
        let api = BotAPI(token, on: server, through: client, transit: .milliseconds(500))
        telegram.inject(.dripping(.milliseconds(200)), times: nil)
        let start = ContinuousClock.now
        do {
            // Never so long without a byte.
            _ = try await api.call(GetUpdates(offset: nil, timeout: 0), patience: .seconds(1))
            Issue.record("it was answered")
        } catch let error as BotError {
            #expect(error.code == .network && error.mayHaveReached)
        }
        let time = ContinuousClock.now - start
        #expect(time >= .milliseconds(1_400) && time < .seconds(10))
        telegram.clearFaults()
        let user = try await api.call(GetMe())
        #expect(user.id == Int64(telegram.bot.id))
    }

    @Test func `a call ends a minute after its patience at the latest, unless it brings a file`() async throws {
        let client = RecordingClient(), token = try #require(BotToken(FakeTelegram.freshToken()))
        let api = BotAPI(token, through: client)
        _ = try? await api.call(GetUpdates(offset: nil, timeout: 50), patience: .seconds(65))
        _ = try? await api.call(GetMe())
        let upload = BotUpload(name: "file", fileName: "a", content: .bytes([1]))
        _ = try? await api.call(
            SendDocument(chat_id: 1, document: "attach://file", upload: upload), patience: .seconds(90))
        let wholes = client.requests.withLock { $0.map(\.timeouts.whole) }
        #expect(wholes == [.seconds(125), .seconds(80), nil])
    }
}

/// Notes what is asked, and answers nothing.
private struct RecordingClient: HTTPClient {
    let requests = Locked<[HTTPRequest]>([])

    func send(_ request: HTTPRequest) throws -> HTTPResponse {
        requests.withLock { $0.append(request) }
        throw HTTPError(.closed, mayHaveReached: false)
    }

    func stream(_ request: HTTPRequest) throws -> HTTPStream { throw HTTPError(.closed, mayHaveReached: false) }
}
