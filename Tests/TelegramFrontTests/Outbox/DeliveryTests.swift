#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import HTTP
import TelegramFront
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    private let rig: OutboxRig
    private let chat: FakeChat

    init() throws {
        rig = try OutboxRig()
        chat = rig.telegram.privateChat(with: rig.telegram.addUser("Ann"))
    }

    private func answers(_ texts: String...) -> [Slot] {
        texts.enumerated().map { Slot("answer/\($0)", at: chat.address, SlotContent($1)) }
    }

    @Test func `an answer is reserved silently and filled, part by part`() async throws {
        try await rig.deliver(answers("one", "two", "three"))
        #expect(chat.texts == ["one", "two", "three"])
        #expect(chat.transcript.byBot.allSatisfy { $0.isSilent && $0.edits == 1 })
        #expect(
            rig.telegram.calls.map(\.method)
                == Array(repeating: ["sendMessage", "editMessageText"], count: 3).flatMap(\.self))
    }

    @Test func `progress becomes the answer in the same message, and the notice is loud`() async throws {
        let outbox = try rig.outbox()
        var first = Slot("turn", at: chat.address, SlotContent("working"), priority: .progress, replyTo: nil)
        first.wanted.buttons = [[.init("Cancel", carries: "c1")]]
        let progress = first
        try await rig.running(outbox) {
            try await outbox.put([progress])
            try await chat.waitForBot(saying: "working")
            #expect(chat.transcript.lastByBot?.button("Cancel") != nil)
            try await outbox.put([
                Slot("turn", at: chat.address, SlotContent("the answer")),
                Slot("notice", at: chat.address, SlotContent("✅"), delivery: .once, isLoud: true),
            ])
            try await rig.store.settled()
        }
        #expect(chat.texts == ["the answer", "✅"])
        #expect(chat.transcript.byBot.map(\.isSilent) == [true, false])
        #expect(chat.transcript.byBot.first?.buttons.isEmpty == true)
        let notice = await rig.store["notice"]
        #expect(notice?.stage == .placed(Int64(chat.transcript.byBot[1].id)))
    }

    @Test func `the same wish twice is one message and one edit`() async throws {
        try await rig.deliver(answers("one"))
        try await rig.deliver(answers("one"))
        #expect(rig.telegram.calls.count == 2)
        #expect(chat.texts == ["one"])
    }

    @Test func `a message that was sent once can be changed later`() async throws {
        try await rig.deliver([Slot("ask", at: chat.address, SlotContent("May I?"), delivery: .once, isLoud: true)])
        try await rig.deliver([Slot("ask", at: chat.address, SlotContent("Allowed"), delivery: .once, isLoud: true)])
        #expect(chat.texts == ["Allowed"])
    }

    @Test func `an answer stands in its topic and under its question, or without them when they have gone`()
        async throws
    {
        let user = rig.telegram.addUser("Bob")
        let forum = rig.telegram.addSupergroup("Forum", isForum: true)
        let topic = forum.addTopic("Work"), old = forum.addTopic("Old")
        let question = rig.telegram.say("why?", from: user, in: forum, topic: topic).message
        forum.deleteTopic(old)
        let there = ChatAddress(chat: Int64(forum.id), topic: Int64(topic))
        let gone = ChatAddress(chat: Int64(forum.id), topic: Int64(old))
        try await rig.deliver([
            Slot("a", at: there, SlotContent("because"), replyTo: Int64(question)),
            Slot("b", at: there, SlotContent("unasked"), replyTo: 9_999),
            Slot("c", at: gone, SlotContent("lost")),
            Slot("d", at: gone, SlotContent("lost, too"), delivery: .once),
        ])
        #expect(forum.texts == ["because", "unasked", "lost", "lost, too"])
        #expect(forum.transcript.byBot.map(\.topic) == [topic, topic, nil, nil])
        #expect(forum.transcript.byBot.map(\.replyTo) == [question, nil, nil, nil])
        let remarks = await rig.remarks.all
        #expect(remarks == [.topicGone(gone)])
    }

    @Test func `a document takes the place of its placeholder`() async throws {
        let file = SlotContent.Document(fileName: "all.md", caption: "the rest")
        try await rig.deliver([
            Slot("a", at: chat.address, SlotContent("# long", document: file)),
            Slot("b", at: chat.address, SlotContent("# once", document: file), delivery: .once),
            Slot("c", at: chat.address, SlotContent("", document: .init(fileName: "no.txt", path: "/no/such/file"))),
        ])
        let missed = "The file was not sent: it has gone, may not leave any more, or Telegram does not take it."
        #expect(chat.texts == ["the rest", "the rest", "📎 no.txt\n\(missed)"])
        #expect(chat.transcript.byBot.map { $0.file?.text } == ["# long", "# once", nil])
        #expect(chat.transcript.byBot.map { $0.file?.name } == ["all.md", "all.md", nil])
    }

    @Test func `a put is on the wire at once`() async throws {
        let token = try #require(BotToken(rig.telegram.token)), (requests, wire) = AsyncStream.makeStream(of: Void.self)
        let api = BotAPI(token, through: InstantClient(wire: wire))
        let outbox = Outbox(api, store: rig.store, pace: OutboxRig.unbridled, clock: rig.clock, now: rig.now)
        try await rig.running(outbox) {
            var times: [Duration] = []
            var request = requests.makeAsyncIterator()
            for round in 0..<100 {
                let start = ContinuousClock.now
                try await outbox.put([Slot("\(round)", at: chat.address, SlotContent("\(round)"), delivery: .once)])
                await request.next()
                times.append(ContinuousClock.now - start)
                try await rig.store.wait { $0.last?.shown != nil }
            }
            times.sort()
            print("from a put to the request: \(times[0]) at best, \(times[50]) in the middle")
            #expect(times[0] < .milliseconds(10))
        }
    }

    @Test func `an outbox that is asked to finish sends what is answered first`() async throws {
        let outbox = try rig.outbox()
        rig.telegram.inject(.slow(.milliseconds(50)), into: "sendMessage", times: nil)
        let end = try await rig.running(outbox) {
            try await outbox.put(answers("one", "two"))
            try await rig.store.wait { $0.first?.stage != .new }
        }
        #expect(end == .finished)
        #expect(chat.texts == ["one", "two"])
    }

    @Test func `wishes that come while their messages are in flight are not lost`() async throws {
        let chats = (0..<20).map { rig.telegram.privateChat(with: rig.telegram.addUser("user \($0)")) }
        let outbox = try rig.outbox()
        try await rig.running(outbox) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for chat in chats {
                    group.addTask {
                        for version in 1...50 {
                            let priority: Slot.Priority = version < 50 ? .progress : .final
                            try await outbox.put([
                                Slot("\(chat.id)", at: chat.address, SlotContent("v\(version)"), priority: priority),
                                Slot("\(chat.id)/2", at: chat.address, SlotContent("w\(version)")),
                            ])
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await rig.store.settled()
        }
        #expect(chats.allSatisfy { Set($0.texts) == ["v50", "w50"] && $0.texts.count == 2 })
        let slots = await rig.store.slots
        #expect(slots.allSatisfy { $0.shown == $0.wanted })
    }

    @Test func `a thousand chats each get theirs`() async throws {
        let chats = (0..<1000).map { rig.telegram.privateChat(with: rig.telegram.addUser("user \($0)")) }
        let start = ContinuousClock.now
        try await rig.deliver(chats.map { Slot("to \($0.id)", at: $0.address, SlotContent("hello \($0.id)")) })
        print("a thousand chats: \(ContinuousClock.now - start)")
        #expect(chats.allSatisfy { $0.texts == ["hello \($0.id)"] })
    }
}

/// A Telegram that takes no time.
private struct InstantClient: HTTPClient {
    struct NotPlayed: Error {}

    /// Told of each request.
    let wire: AsyncStream<Void>.Continuation

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        wire.yield()
        return HTTPResponse(status: 200, body: Data(#"{"ok":true,"result":{"message_id":1}}"#.utf8))
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream { throw NotPlayed() }
}
