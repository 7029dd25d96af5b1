import Conversation
import Foundation
import TestSupport
import Testing

@testable import TelegramFront

/// Lists of updates of which some are not what they should be.
@Suite struct OddUpdatesTests {
    private static func good(_ id: Int) -> String {
        #"{"update_id":\#(id),"message":{"message_id":\#(id),"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false,"first_name":"Ann"},"text":"\#(id)"}}"#
    }

    private func read(_ elements: [String]) throws -> BotUpdates {
        try JSONDecoder().decode(BotUpdates.self, from: Data("[\(elements.joined(separator: ","))]".utf8))
    }

    @Test(arguments: [
        "null", "true", "7", "-1.5e300", #""text""#, "[]", "[[[]]]", "{}", #"{"update_id":null}"#,
        #"{"update_id":"12"}"#, #"{"update_id":1.5}"#, #"{"update_id":99999999999999999999}"#, #"{"message":{}}"#,
        // Behind these there is no next number, or one that means something else.
        #"{"update_id":9223372036854775807}"#, #"{"update_id":4503599627370496}"#, #"{"update_id":-1}"#,
        #"{"update_id":-9223372036854775808}"#,
    ])
    func `one without a number is left out, wherever it stands`(odd: String) throws {
        for place in 0...2 {
            var elements = [Self.good(1), Self.good(2)]
            elements.insert(odd, at: place)
            let updates = try read(elements)
            #expect(updates.readable.map(\.id) == [1, 2])
            #expect(updates.unreadable == 1)
        }
        #expect(try read([odd]).readable.isEmpty)
    }

    @Test(arguments: [
        #"{"update_id":3}"#, #"{"update_id":3,"message":null}"#, #"{"update_id":3,"message":[]}"#,
        #"{"update_id":3,"message":{"message_id":"three"}}"#, #"{"update_id":3,"message":{"message_id":3,"date":1}}"#,
        #"{"update_id":3,"channel_post":{"message_id":3}}"#, #"{"update_id":3,"quantum_message":{"colour":"x"}}"#,
        #"{"update_id":3,"callback_query":{"id":"1"}}"#, #"{"update_id":3,"my_chat_member":{"chat":{}}}"#,
        #"{"update_id":3,"message":{"message_id":3,"date":1,"chat":{"id":1e400,"type":"private"}}}"#,
    ])
    func `one of which only the number can be read is dealt with by leaving it out`(odd: String) throws {
        let updates = try read([Self.good(1), odd, Self.good(4)])
        #expect(updates.readable.map(\.id) == [1, 3, 4])
        #expect(updates.readable[1].kind == .unknown && updates.unreadable == 0)
        #expect(updates.readable[2].kind != .unknown)
    }

    @Test(arguments: [Int64.min, -1, 0, 1_000_000, 5_000, 4_999, Int64.max / 1000, Int64.max])
    func `no date makes a message older than time or newer than its arrival`(date: Int64) throws {
        let update = try #require(try read([Self.good(1)]).readable.first)
        guard case .message(var message) = update.kind else { return }
        message.date = date
        let written = KeptUpdate(id: 1, arrivedAt: 5_000_500, kind: .unknown).written(message)
        #expect((0...5_000_500).contains(written.millisecondsSince1970))
        if date == 4_999 { #expect(written.millisecondsSince1970 == 4_999_999) }
    }

    @Test(arguments: [
        (0, 5, "hello"), (0, 6, nil), (5, 0, ""), (6, 0, nil), (-1, 2, nil), (1, -1, nil), (Int.max, 1, nil),
        (1, Int.max, nil), (Int.max, Int.max, nil), (Int.min, 3, nil), (2, Int.min, nil),
    ])
    func `an entity that lies outside of its text marks nothing`(offset: Int, length: Int, marked: String?) {
        #expect(BotEntity(type: "bold", offset: offset, length: length).marked(in: "hello") == marked)
    }

    @Test(arguments: [Int64.min, -1, 0, 1_023, 20 << 20, Int64.max])
    func `numbers of any size are names and sizes`(number: Int64) {
        let name = ShelfName("a.txt", message: number, chat: number, bot: number).text
        #expect(name.hasSuffix("a.txt") && name.contains("g") == (number < 0))
        #expect(!"\(FileSize(number))".isEmpty)
    }

    @Test func `sizes read as before`() {
        let sizes: [Int64] = [1, 1_023, 1_024, 1_025, 1_536, (1 << 20) - 1, 1 << 20, (20 << 20) + 1]
        let shown = sizes.map { "\(FileSize($0))" }
        #expect(
            shown == ["1 byte", "1023 bytes", "1.0 KB", "1.1 KB", "1.5 KB", "1024.0 KB", "1.0 MB", "20.1 MB"])
    }
}
