import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// Who may go to a session, in front of the real core.
@Suite(.timeLimit(.minutes(1))) struct AttachRightTests {
    private let rig: BotRig
    private let shell = ScriptedShell { .answer("re: \($0.text)") }

    init() throws { rig = try BotRig() }

    @Test func `whoever asks for the own conversations in that of somebody else is told of their own`() async throws {
        let rig = rig, chat = rig.chat(rig.ann), theirs = rig.session(rig.bob)
        try await withHub(shell) { hub in
            try await hub.say("of Bob", in: theirs)
            try await rig.running(hub) { _ in
                rig.telegram.say("of Ann", from: rig.ann)
                try await chat.waitForBot(saying: "re: of Ann")
                try await rig.attach("\(theirs)")
                try await chat.waitForBot(saying: "attached to \(theirs)")
                rig.telegram.say("/sessions own", from: rig.ann)
                let list = try await chat.waitForBot(saying: "- \(rig.session(rig.ann)) · ")
                #expect(!list.text.contains("\(theirs)"))
            }
        }
    }

    @Test func `who may not is told the same whether there is such a session or not, and changes nothing`() async throws
    {
        let rig = rig, theirs = rig.chat(rig.bob)
        try await withHub(shell) { hub in
            _ = try await hub.type("secret of the terminal")
            _ = try await hub.type("secret of Ann", in: rig.session(rig.ann))
            try await rig.running(hub) { _ in
                for name in ["default", "tty:default", "\(rig.session(rig.ann))", "tty:none", "none"] {
                    try await rig.attach(name, by: rig.bob)
                }
                rig.telegram.say("/sessions", from: rig.bob)
                try await theirs.waitForBot(saying: "there are no sessions yet")
                rig.telegram.say("hello", from: rig.bob)
                try await theirs.waitForBot(saying: "re: hello")
                rig.telegram.say("/sessions", from: rig.bob)
                try await theirs.waitForBot(saying: "* \(rig.session(rig.bob)) · ")
            }
        }
        let refusals = rig.said(in: theirs).filter { $0.hasPrefix("⚠") }
        #expect(
            refusals
                == ["default", "tty:default", "\(rig.session(rig.ann))", "tty:none", "none"].map {
                    "⚠ there is no session \($0) that you could go to; /sessions lists them"
                })
        #expect(!theirs.rendered.contains("secret") && !theirs.rendered.contains("* tty:"))
    }

    @Test func `a member goes to an own session of a group, and in the group nobody goes anywhere`() async throws {
        let rig = try BotRig { [$0.addGroup("team")] }
        let group = try #require(rig.group), theirs = rig.chat(rig.bob), session = rig.session(rig.bob, in: group)
        try await withHub(shell) { hub in
            try await rig.running(hub) { _ in
                rig.telegram.say("@cm_test_bot in the group", from: rig.bob, in: group)
                try await group.waitForBot(saying: "re: in the group")
                rig.telegram.say("/attach tty:default", from: rig.ann, in: group)
                try await group.waitForBot(saying: "use /attach in a private chat with me")
                rig.telegram.say("/attach \(session)", from: rig.bob)
                try await theirs.waitForBot(saying: "attached to \(session)")
                rig.telegram.say("from at home", from: rig.bob)
                try await theirs.waitForBot(saying: "re: from at home")
                try await group.waitForBot(saying: "re: from at home")
                try await group.waitForBot(saying: "Bob (telegram): from at home")
            }
        }
    }

    @Test func `who loses the right to be in a session sees nothing more of it, and is told so`() async throws {
        let rig = rig, theirs = rig.chat(rig.bob)
        rig.access.roles = [Int64(rig.bob.id): .admin]
        try await withHub(shell) { hub in
            _ = try await hub.type("before")
            try await rig.running(hub) { _ in
                try await rig.attach("tty:default", by: rig.bob)
                try await theirs.waitForBot(saying: "attached to tty:default")
                rig.access.roles = [:]
                _ = try await hub.type("secret")
                try await theirs.waitForBot(saying: "You may no longer be in tty:default")
                rig.telegram.say("hello", from: rig.bob)
                try await theirs.waitForBot(saying: "re: hello")
                // Somebody who says something before anything happens there.
                rig.access.roles = [Int64(rig.bob.id): .admin]
                rig.telegram.say("/attach tty:default", from: rig.bob)
                try await theirs.wait(for: "the second time") { $0.byBot(saying: "attached to tty").count == 2 }
                rig.access.roles = [:]
                rig.telegram.say("for the terminal", from: rig.bob)
                try await theirs.waitForBot(saying: "was not sent")
                rig.telegram.say("/attach", from: rig.bob)
                try await theirs.waitForBot(saying: "This chat is in your own conversation, \(rig.session(rig.bob))")
            }
        }
        let seen = rig.said(in: theirs)
        #expect(seen.filter { $0.hasPrefix("You may no longer be") }.count == 2)
        #expect(!seen.contains { $0.contains("secret") && !$0.hasPrefix("attached") }, "\(theirs.rendered)")
        #expect(!shell.texts.contains("for the terminal"))
    }
}
