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
}
