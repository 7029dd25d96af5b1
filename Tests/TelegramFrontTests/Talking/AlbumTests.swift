import Testing

@testable import TelegramFront

@Suite struct AlbumTests {
    private func update(_ id: Int64, album: String? = nil, by user: Int64 = 1) -> KeptUpdate {
        var message = BotMessage(
            id: id, date: 0, chat: BotChat(id: 5, kind: .private), from: BotUser(id: user, firstName: "Ann"))
        message.albumID = album
        return KeptUpdate(id: id, arrivedAt: 0, kind: .message(message))
    }

    @Test func `an album is one person's`() {
        #expect(update(1, album: "a").album == update(2, album: "a").album)
        #expect(update(1, album: "a").album != update(2, album: "a", by: 2).album)
        #expect(update(1).album == nil)
    }

    @Test func `an album that was settled stays what it is`() throws {
        let joined = try #require(KeptUpdate.joined([update(2, album: "a"), update(1, album: "a")]))
        #expect(joined.album == nil && joined.id == 1)
        guard case .message(let message) = joined.kind else { return }
        #expect(message.id == 1 && message.album?.map(\.id) == [2])
    }
}
