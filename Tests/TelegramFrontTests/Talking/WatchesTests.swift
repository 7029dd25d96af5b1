import Conversation
import Locking
import TestSupport
import Testing

@testable import TelegramFront

@Suite(.timeLimit(.minutes(1))) struct WatchesTests {
    private let watches = Watches()
    private let address = ChatAddress(chat: 5)
    private let session = SessionID(rawValue: "tg:5:5")

    private func cursor(_ session: SessionID? = nil, at address: ChatAddress? = nil) -> ChatCursor {
        ChatCursor(session: session ?? self.session, address: address ?? self.address, resume: .start, told: .start)
    }

    @Test func `many who want the same are one wish, and all wait until nothing is missed`() async throws {
        let count = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    _ = try await watches.follow(cursor())
                    count.add()
                }
            }
            var wishes = watches.wishes.makeAsyncIterator()
            let wish = try await next(&wishes)
            #expect(watches.follows(session, at: address))
            // Nobody goes on before the watch says so.
            for _ in 0..<100 { await Task.yield() }
            #expect(count.count == 0)
            wish.ready.give()
            try await group.waitForAll()
            // What is wished for next is another session: there was no second wish for the first.
            group.addTask { _ = try await watches.follow(cursor(SessionID(rawValue: "tg:5:6"))) }
            let next = try await next(&wishes)
            #expect(next.cursor.session == SessionID(rawValue: "tg:5:6"))
            next.ready.give()
            try await group.waitForAll()
        }
        #expect(count.count == 50)
        #expect(Set(watches.sessions(in: 5)) == [session, SessionID(rawValue: "tg:5:6")])
        #expect(watches.sessions(in: 6).isEmpty)
    }

    @Test func `one that is forgotten holds up nobody, and can be wished for again`() async throws {
        async let first = watches.follow(cursor())
        var wishes = watches.wishes.makeAsyncIterator()
        let wish = try await next(&wishes)
        watches.forget(wish)
        _ = try await first
        #expect(!watches.follows(session, at: address))
        async let second = watches.follow(cursor())
        let again = try await next(&wishes)
        again.ready.give()
        _ = try await second
        #expect(watches.follows(session, at: address))
    }

    @Test func `one that was left ends if it still is, and its end is none of who follows anew`() async throws {
        async let made = watches.follow(cursor())
        var wishes = watches.wishes.makeAsyncIterator()
        let wish = try await next(&wishes)
        wish.ready.give()
        _ = try await made
        let latest = Cursor(rawValue: 9)
        watches.leave(session, at: ChatAddress(chat: 6), behind: latest) {}
        watches.leave(session, at: address, behind: latest) { #expect(wish.awaited.withLock(\.self) == latest) }
        var steps = wish.steps.makeAsyncIterator()
        guard case .left? = await steps.next(isolation: #isolation) else {
            Issue.record("it was told something else")
            return
        }
        #expect(!watches.end(wish) { false } && watches.follows(session, at: address))
        #expect(watches.end(wish) { true } && !watches.follows(session, at: address))
        async let second = watches.follow(cursor())
        let again = try await next(&wishes)
        again.ready.give()
        _ = try await second
        watches.forget(wish)
        #expect(watches.follows(session, at: address))
    }

    @Test func `the same session at two places is watched twice`() async throws {
        let topic = ChatAddress(chat: 5, topic: 9)
        async let first = watches.follow(cursor())
        async let second = watches.follow(cursor(at: topic))
        var wishes = watches.wishes.makeAsyncIterator()
        for _ in 0..<2 { try await next(&wishes).ready.give() }
        _ = try await (first, second)
        #expect(watches.follows(session, at: address) && watches.follows(session, at: topic))
    }

    @Test func `a turn is found in the chat where it is shown as running, and in no other`() async throws {
        async let made = watches.follow(cursor())
        var wishes = watches.wishes.makeAsyncIterator()
        let wish = try await next(&wishes)
        wish.ready.give()
        _ = try await made
        wish.running.withLock { $0 = Turn.ID(rawValue: 3) }
        #expect(watches.session(running: Turn.ID(rawValue: 3), in: 5) == session)
        #expect(watches.session(running: Turn.ID(rawValue: 3), in: 6) == nil)
        #expect(watches.session(running: Turn.ID(rawValue: 4), in: 5) == nil)
    }

    @Test func `a group that gets another number is followed there, by the same watch`() async throws {
        let session = SessionID(rawValue: "tg:-5:42")
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

    @Test func `one that is followed under both numbers of a group goes on once`() async throws {
        let session = SessionID(rawValue: "tty:a")
        async let first = watches.follow(cursor(session, at: ChatAddress(chat: -5)))
        var wishes = watches.wishes.makeAsyncIterator()
        let old = try await next(&wishes)
        old.ready.give()
        _ = try await first
        async let second = watches.follow(cursor(session, at: ChatAddress(chat: -100)))
        let new = try await next(&wishes)
        new.ready.give()
        _ = try await second
        watches.rename(-5, to: -100)
        // It has heard all that it will: whoever follows it ends.
        for await _ in old.steps { Issue.record("there is more") }
        watches.forget(old)
        #expect(watches.follows(session, at: ChatAddress(chat: -100)))
        if case .terminated = new.step.yield(.beat) { Issue.record("both have ended") }
    }

    @Test func `who waits for a watch that never begins can be stopped`() async throws {
        let waiting = Task { try await watches.follow(cursor()) }
        var wishes = watches.wishes.makeAsyncIterator()
        _ = await wishes.next()
        waiting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await waiting.value }
    }
}

/// The next wish, which comes.
func next(_ wishes: inout AsyncStream<Watches.Wish>.Iterator) async throws -> Watches.Wish {
    let wish = await wishes.next(isolation: #isolation)
    return try #require(wish)
}
