import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct ChatQueueTests {
    private func update(_ id: Int64, album: String? = nil, by user: Int64 = 1) -> KeptUpdate {
        var message = BotMessage(
            id: id, date: 0, chat: BotChat(id: 5, kind: .private), from: BotUser(id: user, firstName: "Ann"))
        message.albumID = album
        return KeptUpdate(id: id, arrivedAt: 0, kind: .message(message))
    }

    private func next(_ queue: ChatQueue, _ clock: any Clock<Duration> = ContinuousClock()) async throws -> [Int64]? {
        try await queue.next(by: clock)?.map(\.id)
    }

    @Test func `what is no album comes at once and in order, and then the end`() async throws {
        let queue = ChatQueue(), clock = ManualClock()
        for id in 1...3 { queue.add(update(Int64(id))) }
        queue.finish()
        var taken: [[Int64]] = []
        while let ids = try await next(queue, clock) { taken.append(ids) }
        #expect(taken == [[1], [2], [3]])
    }

    @Test func `an album is waited for and comes together, without what others say`() async throws {
        let queue = ChatQueue()
        queue.add(update(1, album: "a"))
        queue.add(update(2, album: "a", by: 2))
        queue.add(update(3, album: "a"))
        queue.add(update(4))
        queue.finish()
        var taken: [[Int64]] = []
        while let ids = try await next(queue) { taken.append(ids) }
        #expect(taken == [[1, 3], [2], [4]])
    }

    @Test func `an album that cannot grow is not waited for`() async throws {
        let queue = ChatQueue(), clock = ManualClock()
        async let taken = next(queue, clock)
        for id in 1...10 { queue.add(update(Int64(id), album: "a")) }
        let ids = try await taken
        #expect(ids == Array(1...10))
    }

    @Test func `an album that was settled stays what it is`() async throws {
        let queue = ChatQueue(), clock = ManualClock()
        let joined = try #require(KeptUpdate.joined([update(2, album: "a"), update(1, album: "a")]))
        queue.add(joined)
        queue.add(update(3))
        let first = try await queue.next(by: clock)
        #expect(first == [joined])
        guard case .message(let message) = joined.kind else { return }
        #expect(message.id == 1 && message.album?.map(\.id) == [2] && joined.id == 1)
    }
}
