import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// What is asked in sessions to which chats go and which they leave, in front of the real core.
@Suite(.timeLimit(.minutes(1))) struct AttachAskedTests {
    private let rig: BotRig
    private static let request = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build")

    init() throws { rig = try BotRig() }

    private var chat: FakeChat { rig.chat(rig.ann) }

    /// An agent that asks in its turn, and then says `answer`.
    private func shell(_ answer: String) -> ScriptedShell {
        ScriptedShell(turns: [
            [ScriptedStep].message("I look first.") + ScriptedStep.ask(Self.request) + .answer(answer)
        ])
    }

    /// Runs a core while `body` runs in which the agent has asked, while somebody was at the terminal.
    private func asking(_ shell: ScriptedShell, _ body: (Hub) async throws -> Void) async throws {
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("tidy up")
            _ = await events.collect { $0.approval != nil }
            try await body(hub)
        }
    }

    @Test(arguments: [false, true])
    func `whoever comes upon a turn that runs sees it, and answers what is asked in it by a button or a word, once`(
        inWords: Bool
    ) async throws {
        let rig = rig, chat = chat, shell = shell("all gone")
        try await asking(shell) { hub in
            try await rig.running(hub) { _ in
                try await rig.attach("tty:default")
                let message = try await chat.waitForButton("Allow once")
                #expect(!message.text.contains("restarted"))
                try await chat.waitForBot(saying: "waits for an answer")
                try await chat.waitForBot(saying: "waiting for you · ")
                if inWords {
                    rig.telegram.say("yes", from: rig.ann)
                } else {
                    try rig.telegram.press("Allow once", on: message.id, in: chat, by: rig.ann)
                }
                try await chat.waitForBot(saying: "all gone")
                try await chat.wait(for: "the end") { $0.byBot(saying: "✅").count == 2 }
            }
        }
        #expect(shell.answers == [.allow])
        let seen = rig.said(in: chat)
        #expect(seen.filter { $0 == "all gone" }.count == 1, "\(chat.rendered)")
        #expect(seen.count { $0.contains("wants to run a command") } == 1)
        #expect(rig.telegram.answersToCallbacks.map(\.text) == (inWords ? [] : ["Done"]))
        #expect(shell.texts == ["tidy up"])
    }

    @Test func `who loses the right to be in a session keeps no button of it, and sees nothing new of it`() async throws
    {
        let rig = rig, theirs = rig.chat(rig.bob)
        rig.access.roles = [Int64(rig.bob.id): .admin]
        try await asking(shell("secret")) { hub in
            let approval = try #require(try await hub.openApprovals(of: .test).first)
            try await rig.running(hub) { _ in
                try await rig.attach("tty:default", by: rig.bob)
                let shown = try await theirs.wait(for: "the buttons") { seen in
                    ["Cancel", "Allow once"].allSatisfy { label in seen.byBot.contains { $0.button(label) != nil } }
                }
                let question = try #require(shown.byBot.last { $0.button("Allow once") != nil })
                rig.access.roles = [:]
                try await theirs.waitForBot(saying: "You may no longer be in tty:default")
                let left = try await theirs.wait(for: "no button") { $0.byBot.allSatisfy(\.buttons.isEmpty) }
                #expect(left[question.id]?.text == question.text)
                let end = try await hub.events(of: .test)
                _ = try await hub.answer(approval.id, .allow, from: .test(""), in: .test)
                _ = await end.collect(turns: 1)
                rig.telegram.say("/attach", from: rig.bob)
                try await theirs.waitForBot(saying: "This chat is in your own conversation")
            }
        }
        #expect(!theirs.rendered.contains("secret") && !theirs.rendered.contains("allowed by"), "\(theirs.rendered)")
    }

    @Test func `what is asked in a session loses its buttons when the chat leaves it, and gets them back`() async throws
    {
        let rig = rig, chat = chat
        let shell = ScriptedShell(turns: [
            [.event(.approval(Self.request)), .die], .answer("unseen"), .answer("it is gone"),
        ])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("tidy up")
            _ = await events.collect(turns: 1)
            try await rig.running(hub) { _ in
                try await rig.attach("tty:default")
                let message = try await chat.waitForButton("Allow once").id
                try await rig.attach("own")
                let left = try await chat.wait(for: "no button") { $0[message]?.buttons.isEmpty == true }
                #expect(left[message]?.text.hasSuffix("back there with /attach tty:default") == true)
                _ = try await hub.type("alone")
                _ = await events.collect(turns: 1)
                try await rig.attach("tty:default")
                try await chat.wait(for: "the button again") { $0[message]?.button("Allow once") != nil }
                try rig.telegram.press("Allow once", on: message, in: chat, by: rig.ann)
                try await chat.waitForBot(saying: "it is gone")
                let seen = try await chat.wait(for: "no button") { $0[message]?.buttons.isEmpty == true }
                #expect(seen.byBot(saying: "wants to run a command").count == 1)
            }
        }
        #expect(!rig.said(in: chat).contains("unseen"))
    }
}
