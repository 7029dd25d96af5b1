import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// Chats that go to other sessions and come back, in front of the real core.
@Suite(.timeLimit(.minutes(1))) struct AttachTests {
    private let rig: BotRig
    private let shell = ScriptedShell { .answer("re: \($0.text)") }

    init() throws { rig = try BotRig() }

    private var chat: FakeChat { rig.chat(rig.ann) }

    @Test func `the owner goes to a session of the terminal, talks in it, sees what is typed there, and comes back`()
        async throws
    {
        let rig = rig, chat = chat, shell = shell
        try await withHub(shell) { hub in
            try await hub.say("before")
            try await rig.running(hub) { _ in
                try await rig.attach("default")
                let arrived = try await chat.waitForBot(saying: "attached to tty:default")
                #expect(arrived.text.contains("before") && arrived.text.contains("re: before"))
                #expect(arrived.text.hasSuffix("Back with /attach own"))
                _ = try await hub.type("typed there")
                try await chat.waitForBot(saying: "re: typed there")
                rig.telegram.say("from the phone", from: rig.ann)
                try await chat.waitForBot(saying: "re: from the phone")
                try await chat.wait(for: "two ends") { $0.byBot(saying: "✅").count == 2 }
                rig.telegram.say("/attach", from: rig.ann)
                try await chat.waitForBot(saying: "This chat is in tty:default. Back to your own conversation")
            }
            // Also after a restart, with what happened meanwhile.
            _ = try await hub.type("while it was down")
            try await rig.running(hub) { _ in
                try await chat.waitForBot(saying: "re: while it was down")
                try await rig.attach("own")
                try await chat.waitForBot(saying: "back in your own conversation")
                _ = try await hub.type("unseen")
                rig.telegram.say("here", from: rig.ann)
                try await chat.waitForBot(saying: "re: here")
                try await chat.wait(for: "four ends") { $0.byBot(saying: "✅").count == 4 }
            }
        }
        let seen = rig.said(in: chat)
        #expect(seen.filter { $0.hasPrefix("ann (terminal): ") }.count == 2)
        for text in ["re: typed there", "re: from the phone", "re: while it was down", "re: here"] {
            #expect(seen.filter { $0 == text }.count == 1, "\(text): \(chat.rendered)")
        }
        #expect(!chat.rendered.contains("unseen"))
        #expect(shell.texts == ["before", "typed there", "from the phone", "while it was down", "unseen", "here"])
    }

    @Test func `what was said before one goes elsewhere is answered in the chat, and what comes behind it is not`()
        async throws
    {
        let rig = rig, chat = chat, gate = Gate()
        let shell = ScriptedShell { request in
            request.text.hasPrefix("slow")
                ? [.wait(gate)] + .answer("re: \(request.text)") : .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            try await hub.say("there")
            try await rig.running(hub) { _ in
                rig.telegram.say("slow", from: rig.ann)
                rig.telegram.say("and behind it", from: rig.ann)
                rig.telegram.say("/attach default", from: rig.ann)
                try await chat.waitForBot(saying: "attached to tty:default")
            }
            // A restart changes nothing about that.
            try await rig.running(hub) { _ in
                gate.open()
                try await chat.waitForBot(saying: "re: slow")
                try await chat.waitForBot(saying: "re: and behind it")
                try await chat.wait(for: "both ends") { $0.byBot(saying: "✅").count == 2 }
                try await hub.say("elsewhere", in: rig.session(rig.ann))
                _ = try await hub.type("seen")
                try await chat.waitForBot(saying: "re: seen")
            }
        }
        let seen = rig.said(in: chat)
        #expect(seen.filter { $0 == "re: slow" }.count == 1 && seen.filter { $0 == "re: and behind it" }.count == 1)
        #expect(!chat.rendered.contains("elsewhere"), "\(chat.rendered)")
    }

    @Test func `an edit changes the message where it waits, wherever the chat is now`() async throws {
        let rig = rig, chat = chat, gate = Gate()
        let shell = ScriptedShell { request in
            request.text == "slow" ? [.wait(gate)] + .answer("re: slow") : .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            try await hub.say("there")
            try await rig.running(hub) { _ in
                rig.telegram.say("slow", from: rig.ann)
                let waiting = rig.telegram.say("old text", from: rig.ann)
                try await chat.waitForBot(saying: "queued, 1 before you")
                try await rig.attach("default")
                rig.telegram.edit(waiting.message, in: chat, to: "new text")
                try await chat.waitForBot(saying: "Changed: it is answered with the new text.")
                gate.open()
                try await chat.waitForBot(saying: "re: new text")
            }
        }
        #expect(shell.texts == ["there", "slow", "new text"])
    }
}
