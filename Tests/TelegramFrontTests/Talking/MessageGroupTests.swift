import Testing

@testable import TelegramFront

@Suite struct MessageGroupTests {
    private func update(
        _ id: Int64, _ text: String? = nil, album: String? = nil, by user: Int64 = 1,
        _ change: (inout BotMessage) -> Void = { _ in }
    ) -> KeptUpdate {
        var message = BotMessage(
            id: id, date: 0, chat: BotChat(id: 5, kind: .private), from: BotUser(id: user, firstName: "Ann"), text: text
        )
        message.albumID = album
        change(&message)
        return KeptUpdate(id: id, arrivedAt: 0, kind: .message(message))
    }

    private func ids(_ updates: [KeptUpdate]) -> [[Int64]] {
        MessageGroup.all(in: updates).map { $0.updates.map(\.id) }
    }

    private static let long = String(repeating: "a word ", count: 500)

    // MARK: Albums

    @Test func `an album is one person's`() {
        #expect(update(1, album: "a").album == update(2, album: "a").album)
        #expect(update(1, album: "a").album != update(2, album: "a", by: 2).album)
        #expect(update(1).album == nil && !update(1).mayGoOn)
    }

    @Test func `an album that was settled stays what it is`() throws {
        let joined = try #require(KeptUpdate.joined([update(2, album: "a"), update(1, album: "a")]))
        #expect(joined.album == nil && joined.id == 1 && !joined.mayGoOn)
        guard case .message(let message) = joined.kind else { return }
        #expect(message.id == 1 && message.others?.map(\.id) == [2])
    }

    @Test func `the messages of an album are found among others`() {
        #expect(
            ids([update(1, album: "a"), update(2, "words"), update(3, album: "b"), update(4, album: "a")])
                == [[1, 4], [2], [3]])
    }

    // MARK: Pieces of a text

    @Test func `a long text goes on in what follows at once, up to a piece that is not long`() {
        let updates = [update(1, Self.long), update(2, Self.long), update(3, "its end"), update(4, "another")]
        #expect(ids(updates) == [[1, 2, 3], [4]])
        #expect(KeptUpdate.joined(Array(updates.prefix(3)))?.id == 1)
        #expect(KeptUpdate.joined([updates[3]]) == nil)
    }

    @Test func `a long text that was settled by itself gets nothing more`() throws {
        let settled = try #require(KeptUpdate.joined([update(1, Self.long)]))
        #expect(ids([settled, update(2, "its end")]) == [[1], [2]])
    }

    @Test func `what is no piece of it is by itself, and ends it`() {
        let strangers = [
            update(2, "later") { $0.date = 3 }, update(2, "earlier") { $0.date = -1 },
            update(2, "of another", by: 2), update(2, "/status of it"), update(2, "/new@cm_bot"),
            update(2, "@cm_bot /new"), update(2, album: "a"),
            update(2) { $0.document = BotFile(id: "f") },
            update(2, "passed on") { $0.forwardOrigin = BotMessage.ForwardOrigin(type: "user") },
            update(2, "in answer to") { $0.replyTo = BotMessage.Replied(id: 9, from: nil) },
        ]
        for stranger in strangers {
            #expect(
                ids([update(1, Self.long), stranger, update(3, "its end")]).prefix(2) == [[1], [2]], "\(stranger)")
            #expect(ids([update(1, Self.long), stranger, update(3, "its end")]).count == 3, "\(stranger)")
        }
        // Told in another order than they were written in.
        #expect(ids([update(2, Self.long), update(1, Self.long)]) == [[2], [1]])
    }

    @Test func `what was passed on is by itself`() {
        let origin = BotMessage.ForwardOrigin(type: "user")
        #expect(
            ids([update(1, Self.long) { $0.forwardOrigin = origin }, update(2, "end") { $0.forwardOrigin = origin }])
                == [[1], [2]])
    }

    @Test func `in a topic the piece that answers its beginning answers nothing`() {
        let updates = [(Int64(1), Self.long, Int64(7)), (2, "end", 9), (3, "else", 8)].map { id, text, answered in
            update(id, text) {
                ($0.threadID, $0.isTopicMessage) = (9, true)
                $0.replyTo = BotMessage.Replied(id: answered, from: nil)
            }
        }
        #expect(ids(updates) == [[1, 2], [3]])
        #expect(ids([updates[0], updates[2]]) == [[1], [3]])
    }

    @Test func `moments of any size do no harm`() {
        let updates = [
            update(1, Self.long) { $0.date = .max }, update(2, Self.long) { $0.date = .min }, update(3, "end"),
        ]
        #expect(ids(updates) == [[1], [2], [3]])
    }

    @Test func `half of what a message holds is long, in UTF-16`() {
        #expect(!update(1, String(repeating: "a", count: 2047)).mayGoOn)
        #expect(update(1, String(repeating: "a", count: 2048)).mayGoOn)
        #expect(update(1, String(repeating: "🦄", count: 1024)).mayGoOn)
    }

    @Test(arguments: [
        (String(repeating: "a", count: 4096), "ab"), (long, "\nb"), ("\n" + String(repeating: "a", count: 4095), "ab"),
    ])
    func `pieces are put together as they were cut`(first: String, seam: String) throws {
        let joined = try #require(KeptUpdate.joined([update(1, first), update(2, "b")]))
        guard case .message(let message) = joined.kind else { return }
        let words = try #require(Heard.words(of: message, to: BotName(id: 7, username: "cm_bot")))
        #expect(words.hasPrefix(first) && words.hasSuffix(seam) && words.count <= first.count + 2)
    }
}
