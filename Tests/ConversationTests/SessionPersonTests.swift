import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct SessionPersonTests {
    @Test(
        arguments: [
            ("tg:5:5", 5), ("tg:-100:7", 7), ("tg:-100:3:7", 7), ("tty:5", nil), ("ask:5", nil), ("tg:5", nil),
            ("tg:5:05", nil),
            ("tg:5:x", nil), ("tg:1:2:3:4", nil), ("tg:", nil), ("", nil),
        ] as [(String, Int64?)])
    func `a conversation of Telegram has a person`(name: String, person: Int64?) {
        #expect(SessionID(rawValue: name).person == person)
    }

    @Test func `own sessions are those of the same person, and at a terminal those of nobody in Telegram`() async throws
    {
        let names = ["tty:default", "tg:5:5", "tg:-100:5", "tg:7:7"].map(SessionID.init(rawValue:))
        try await withHub(ScriptedShell { .answer("re: \($0.text)") }) { hub in
            for name in names {
                let events = try await hub.events(of: name)
                _ = try await hub.type("hello", in: name)
                _ = await events.collect(turns: 1)
            }
            let shown = [[0], [1, 2], [1, 2], [3]]
            for (name, own) in zip(names, shown) {
                guard case .replied(let reply) = try await hub.type("/sessions own", in: name) else {
                    Issue.record("no reply")
                    continue
                }
                let listed = names.filter { reply.text.contains(" \($0) · ") }
                #expect(reply.ok && listed == own.map { names[$0] }, "\(reply.text)")
            }
            // Who writes in the session of somebody else.
            var guest = Message.test("/sessions own", from: .telegram)
            guest.person = 7
            let handled = try await hub.handle(guest, in: names[1])
            guard case .replied(let reply) = handled else {
                Issue.record("no reply")
                return
            }
            #expect(names.filter { reply.text.contains(" \($0) · ") } == [names[3]], "\(reply.text)")
        }
    }
}
