import Conversation
import Locking
import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct WatchesTests {
    private let session = SessionID(rawValue: "tg:-5:42")

    @Test func `a group that gets another number is followed there, by the same watch`() async throws {
        let watches = Watches()
        let cursor = ChatCursor(session: session, address: ChatAddress(chat: -5), resume: .start, told: .start)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await watches.follow(cursor) }
            var wishes = watches.wishes.makeAsyncIterator()
            let next = await wishes.next()
            let wish = try #require(next)
            wish.ready.give()
            try await group.waitForAll()
            let turn = Turn.ID(rawValue: 3)
            wish.running.withLock { $0 = turn }
            watches.rename(-5, to: -100)
            #expect(!watches.follows(session, at: ChatAddress(chat: -5)))
            #expect(watches.follows(session, at: ChatAddress(chat: -100)))
            #expect(wish.address.withLock(\.self) == ChatAddress(chat: -100))
            #expect(watches.sessions(in: -100) == [session] && watches.sessions(in: -5).isEmpty)
            #expect(watches.session(running: turn, in: -100) == session)
            watches.forget(wish)
            #expect(watches.sessions(in: -100).isEmpty)
        }
    }
}
