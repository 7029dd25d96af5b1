import TestSupport
import Testing

@testable import Conversation

/// What an agent is told of a conversation that it has lost.
@Suite(.timeLimit(.minutes(1))) struct DigestTests {
    @Test func `an agent takes over the conversation of one that is gone, once`() async throws {
        let journal = InMemoryJournal()
        let waiting = SessionState.Waiting(id: Message.ID(rawValue: 1), message: .test("one"))
        let turn = Turn(id: Turn.ID(rawValue: 2), waiting)
        let events: [Event] = [
            .accepted(waiting.id, waiting.message), .started(turn),
            .finished(turn.id, Outcome(status: .ok, text: "answer to one", agent: "gone")),
        ]
        try await journal.commit(
            events.enumerated().map { index, event in
                Record(
                    cursor: Cursor(rawValue: Int64(index + 1)), session: .test,
                    time: Timestamp(millisecondsSince1970: 0), event: event)
            })
        let shell = ScriptedShell(open: { _ in "new" }) { _ in .answer("fine") }
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            for text in ["two", "three"] {
                _ = try await hub.type(text)
                _ = await events.collect(turns: 1)
            }
            #expect(shell.texts.first?.contains("User: one\n\nYou: answer to one\n\n") == true)
            #expect(shell.texts.first?.hasSuffix("\n\ntwo") == true)
            #expect(shell.texts.last == "three")
        }
    }

    @Test func `the next message begins with the end of the conversation`() async throws {
        let lost = Flag()
        let shell = ScriptedShell(open: { $0.resume == nil ? "old" : lost.isSet ? "new" : "old" }) { request in
            .answer("answer to \(request.text.suffix(3))")
        }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            for text in ["one", "two"] {
                _ = try await hub.type(text)
                _ = await events.collect(turns: 1)
            }
            lost.set()
            _ = try await hub.type("six")
            _ = await events.collect(turns: 1)
            let expected = """
                You no longer have the earlier conversation. This is how it ended:

                User: one

                You: answer to one

                User: two

                You: answer to two

                The message to answer now:

                six
                """
            #expect(shell.texts == ["one", "two", expected])
        }
    }

    @Test func `the latest counts most when it is long`() {
        let long = String(repeating: "x", count: 5000)
        let digest = Digest([started("first " + long), started("second " + long)]).introducing("now")
        #expect(!digest.contains("first"))
        #expect(digest.contains("second"))
        #expect(digest.hasSuffix("now"))
        #expect(digest.count < Digest.characters + 200)
    }

    @Test func `there are at most twelve items`() {
        let digest = Digest((1...20).map { started("text \($0).") }).introducing("now")
        #expect(!digest.contains("text 8."))
        #expect(digest.contains("text 9."))
    }

    @Test func `where nothing was said there is nothing to tell`() {
        #expect(Digest([]).introducing("now") == "now")
    }

    private func started(_ text: String) -> Record {
        let waiting = SessionState.Waiting(id: Message.ID(rawValue: 1), message: .test(text))
        return Record(
            cursor: Cursor(rawValue: 2), session: .test, time: Timestamp(millisecondsSince1970: 0),
            event: .started(Turn(id: Turn.ID(rawValue: 2), waiting)))
    }
}
