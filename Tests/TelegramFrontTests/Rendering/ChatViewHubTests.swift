import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// What is shown of a session of the real core.
@Suite(.timeLimit(.minutes(1))) struct ChatViewHubTests {
    private static let push = ApprovalRequest(id: "r1", kind: .command, title: "git push")

    private static let steps: [ScriptedStep] =
        [ScriptedStep].message("I look first.") + [.act("swift test")] + ScriptedStep.ask(push) + .answer("**Done.**")

    private var message: Message {
        var message = Message(text: "publish", author: "bob", origin: .telegram, sender: "telegram")
        message.key = "700"
        return message
    }

    /// Reads to the end of the turn, and answers what is asked.
    private func read(_ events: AsyncStream<Record>, of hub: Hub) async throws -> ShownChat {
        var view = SessionScript.view()
        var chat = ShownChat()
        for await record in events {
            chat.put(view.take(record))
            if let held = view.asked.held?.approval {
                chat.put(view.flush())
                _ = try await hub.answer(held.id, .allow, from: message, in: .test)
            }
            if case .finished = record.event { break }
        }
        return chat
    }

    @Test func `a turn that asks is shown alike to whoever watches and to whoever comes later`() async throws {
        let shell = ScriptedShell(turns: [Self.steps])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.handle(message, in: .test)
            let chat = try await read(events, of: hub)
            #expect(
                chat.described == """
                    [t2/1] Done.
                      bold<Done.>
                    [a5] a5 wants to run a command
                    $ git push

                    ✅ allowed by bob (telegram)
                      bold<a5 wants to run a command> code<git push>
                    [a5/call reply 700] ▸ answered · a5 git push
                      code<git push>
                    [t2/end loud reply 700] ✅ 0.0 s
                    Done.
                    (more was said on the way: /history 1)
                    """)
            let later = try await hub.events(of: .test, after: Bookmark.start)
            let again = try await read(later, of: hub)
            #expect(again == chat)
        }
    }
}
