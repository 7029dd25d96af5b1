import Conversation
import Store
import TelegramFront
import TestSupport
import Testing

@testable import Commands

/// What may have been sent when a program died.
@Suite(.timeLimit(.minutes(1))) struct UncertainMessageTests {
    @Test func `it is not sent again, and the log says so once`() async throws {
        var rig = try ServiceRig()
        let tables = TelegramTables(try Database(in: rig.state.directory)) { Timestamp.now.millisecondsSince1970 }
        let outbox = StoredOutbox(tables), bot = Int64(rig.telegram.bot.id)
        let slot = Slot("word", at: ChatAddress(chat: Int64(rig.ann.id)), SlotContent("✅ 42 s"), delivery: .once)
        try await outbox.put([slot], bot: bot)
        try await outbox.note(.begun, shown: nil, of: "word", bot: bot)
        for _ in 1...2 {
            try rig.restart()
            try await rig.running { [rig] in
                try await rig.telegram.waitForPoll()
                rig.telegram.say("one", from: rig.ann)
                try await rig.chat.waitForBot(saying: "heard one")
            }
        }
        #expect(rig.chat.transcript.byBot(saying: "42 s").isEmpty)
        let lines = rig.log.text.split(separator: "\n").filter { $0.contains("may have been sent or not") }
        #expect(lines.count == 1 && lines[0].contains("word"))
    }
}
