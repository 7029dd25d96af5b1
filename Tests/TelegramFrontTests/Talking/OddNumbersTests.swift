import Conversation
import JSONRPC
import TestSupport
import Testing

@testable import TelegramFront

/// A bot that is told numbers which nobody can reckon with.
@Suite(.timeLimit(.minutes(1))) struct OddNumbersTests {
    @Test(arguments: [Int.max, Int.min, -1])
    func `they do it no harm, also when it is begun again with what is on disk`(odd: Int) async throws {
        let rig = try BotRig { [$0.addGroup("team")] }
        let core = rig.core(), group = try #require(rig.group)
        let from: JSONValue = ["id": .integer(rig.ann.id), "is_bot": false, "first_name": "Ann"]
        let messages: [JSONValue] = [
            ["text": "/approve", "chat": ["id": .integer(rig.ann.id), "type": "private"]],
            [
                "text": "hi @somebody", "chat": ["id": .integer(group.id), "type": "group"],
                "entities": [["type": "mention", "offset": .integer(odd), "length": .integer(odd)]],
            ],
            [
                "caption": "look", "chat": ["id": .integer(rig.ann.id), "type": "private"],
                "document": ["file_id": "x", "file_name": "a.txt", "file_size": .integer(odd)],
            ],
            ["text": "hello", "chat": ["id": .integer(odd), "type": "private"], "message_thread_id": .integer(odd)],
        ]
        for (number, message) in messages.enumerated() {
            guard case .object(var members) = message else { continue }
            members["message_id"] = .integer(number == 0 ? 1 : odd)
            members["date"] = .integer(odd)
            members["from"] = from
            rig.telegram.tell("message", .object(members))
        }
        for round in 1...2 {
            try await rig.running(core) { _ in
                rig.telegram.say("round \(round)", from: rig.bob)
                try await rig.chat(rig.bob).waitForBot(saying: "answer to round \(round)")
                try await rig.waitForAllKept()
            }
        }
        #expect(rig.said(core).contains("/approve"))
    }
}
