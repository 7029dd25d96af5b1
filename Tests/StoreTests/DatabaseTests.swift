import Conversation
import Foundation
import Testing

@testable import Store

@Suite struct DatabaseTests {
    @Test func `a message that was committed is there after opening again`() async throws {
        let directory = StateDirectory(
            workspace: "/w", environment: ["CM_STATE_DIR": NSTemporaryDirectory() + UUID().uuidString], home: "/")
        defer { try? FileManager.default.removeItem(atPath: directory.path) }  // a leftover harms nobody
        try directory.prepare()
        let session = SessionID(rawValue: "tty:default")
        let message = Message(text: "hello\0", author: "me", origin: .terminal, sender: "1")
        do {
            let journal = SQLiteJournal(try Database(in: directory))
            let record = Conversation.Record(
                cursor: Cursor(rawValue: 1), session: session, time: Timestamp(millisecondsSince1970: 5),
                event: .accepted(Message.ID(rawValue: 1), message))
            try await journal.commit([record])
        }
        let state = try #require(await SQLiteJournal(try Database(in: directory)).state(of: session))
        #expect(state.waiting.map(\.message.text) == ["hello\u{FFFD}"])
    }
}
