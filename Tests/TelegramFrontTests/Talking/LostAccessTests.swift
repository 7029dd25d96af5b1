import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// A person, or a group, that is no longer let in while something goes on in a conversation there.
@Suite(.timeLimit(.minutes(1))) struct LostAccessTests {
    private let rig: BotRig
    private let group: FakeChat
    private let request = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build")

    init() throws {
        rig = try BotRig { [$0.addGroup("team")] }
        group = try #require(rig.group)
    }

    /// Where Bob talks: in a chat of his own, or in the group.
    private func chat(_ inGroup: Bool) -> FakeChat { inGroup ? group : rig.chat(rig.bob) }

    private func session(_ inGroup: Bool) -> SessionID { rig.session(rig.bob, in: chat(inGroup)) }

    private func say(_ text: String, _ inGroup: Bool) {
        rig.telegram.say(inGroup ? "@cm_test_bot \(text)" : text, from: rig.bob, in: chat(inGroup))
    }

    private func setLetIn(_ isLetIn: Bool, _ inGroup: Bool) {
        if inGroup {
            rig.access.pairedChats = isLetIn ? [Int64(group.id)] : []
        } else {
            rig.access.users = isLetIn ? [Int64(rig.bob.id)] : []
        }
    }

    /// A core that has the owner told of what nobody hears.
    private var configuration: HubConfiguration {
        var configuration = rig.configuration
        configuration.notifications = rig.desk
        return configuration
    }

    private func waitUntilForgotten(_ session: SessionID) async throws {
        _ = try await eventually("\(session) is followed no more") {
            await rig.ledger.cursors(of: 0).contains { $0.session == session } ? nil : true
        }
    }

    /// Types `text` in `session`, as at a terminal, and returns once it is answered.
    private func type(_ text: String, to hub: Hub, in session: SessionID) async throws {
        let events = try await hub.events(of: session)
        _ = try await hub.type(text, in: session)
        _ = await events.collect(turns: 1)
    }

    @discardableResult private func button(_ label: String, in chat: FakeChat) async throws -> ShownMessage {
        let seen = try await chat.wait(for: "the button \(label)") { $0.byBot.contains { $0.button(label) != nil } }
        return try #require(seen.byBot.last { $0.button(label) != nil })
    }

    /// Has Ann, who owns the bot, allow what is asked in `session` and nobody hears there.
    private func allow(in session: SessionID) async throws {
        let chat = rig.chat(rig.ann), offer = try await button("Allow once", in: chat)
        #expect(offer.text.contains("in \(session)"))
        try rig.telegram.press("Allow once", on: offer.id, in: chat, by: rig.ann)
    }

    @Test(arguments: [false, true])
    func `nothing more of a turn is shown, nor of what is typed there, and who is let in again goes on from then`(
        inGroup: Bool
    ) async throws {
        let rig = rig, chat = chat(inGroup), session = session(inGroup), gate = Gate()
        let shell = ScriptedShell { request in
            request.text == "slow" ? [.wait(gate)] + .answer("secret") : .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            try await rig.running(hub) { _ in
                say("slow", inGroup)
                try await button("Cancel", in: chat)
                setLetIn(false, inGroup)
                try await waitUntilForgotten(session)
                let end = try await hub.events(of: session)
                gate.open()
                _ = await end.collect(turns: 1)
                try await type("typed there", to: hub, in: session)
                try await chat.wait(for: "no button") { $0.byBot.allSatisfy(\.buttons.isEmpty) }
                setLetIn(true, inGroup)
                say("hello", inGroup)
                try await chat.waitForBot(saying: "re: hello")
                try await chat.wait(for: "the end") { !$0.byBot(saying: "✅").isEmpty }
                try await type("seen", to: hub, in: session)
                try await chat.waitForBot(saying: "re: seen")
            }
        }
        let seen = chat.transcript
        #expect(seen.byBot(saying: "secret").isEmpty && seen.byBot(saying: "typed there").isEmpty, "\(chat.rendered)")
        #expect(seen.byBot.count { $0.text == "re: hello" } == 1)
        #expect(shell.texts == ["slow", "typed there", "hello", "seen"])
    }

    @Test func `a turn that still runs when somebody is let in again is shown to its end, once`() async throws {
        let rig = rig, chat = chat(false), session = session(false), gate = Gate()
        let shell = ScriptedShell { request in
            request.text == "slow" ? [.wait(gate)] + .answer("re: slow") : .answer("re: \(request.text)")
        }
        try await withHub(shell) { hub in
            try await rig.running(hub) { _ in
                say("slow", false)
                try await button("Cancel", in: chat)
                setLetIn(false, false)
                try await waitUntilForgotten(session)
                setLetIn(true, false)
                say("behind it", false)
                try await chat.waitForBot(saying: "queued, 1 before you")
                gate.open()
                try await chat.waitForBot(saying: "re: behind it")
                try await chat.wait(for: "both ends") { $0.byBot(saying: "✅").count == 2 }
            }
        }
        #expect(chat.transcript.byBot.count { $0.text == "re: slow" } == 1, "\(chat.rendered)")
        #expect(shell.texts == ["slow", "behind it"])
    }

    @Test(arguments: [false, true], [false, true])
    func `what is asked where nobody may answer any more is put to the owner`(
        inGroup: Bool, isAskedBefore: Bool
    ) async throws {
        let rig = rig, chat = chat(inGroup), session = session(inGroup), gate = Gate(isOpen: isAskedBefore)
        let shell = ScriptedShell(turns: [[.wait(gate)] + ScriptedStep.ask(request) + .answer("secret")])
        try await withHub(shell, configuration: configuration) { hub in
            try await rig.running(hub) { _ in
                say("tidy up", inGroup)
                try await button(isAskedBefore ? "Allow once" : "Cancel", in: chat)
                let end = try await hub.events(of: session)
                setLetIn(false, inGroup)
                gate.open()
                try await allow(in: session)
                _ = await end.collect(turns: 1)
                try await chat.wait(for: "no button") { $0.byBot.allSatisfy(\.buttons.isEmpty) }
            }
        }
        #expect(shell.answers == [.allow])
        let seen = chat.transcript
        #expect(seen.byBot(saying: "secret").isEmpty, "\(chat.rendered)")
        #expect(seen.byBot(saying: "wants to run").count == (isAskedBefore ? 1 : 0), "\(chat.rendered)")
    }

    @Test(arguments: [false, true])
    func `what an agent that has died asked is put to the owner, and gets its buttons back with who asked for it`(
        inGroup: Bool
    ) async throws {
        let rig = rig, chat = chat(inGroup), session = session(inGroup)
        let shell = ScriptedShell(turns: [
            [.event(.approval(request)), .die], .answer("re: hello"), .answer("it is gone"),
        ])
        try await withHub(shell, configuration: configuration) { hub in
            try await rig.running(hub) { _ in
                say("tidy up", inGroup)
                let message = try await button("Allow once", in: chat)
                try await chat.wait(for: "the end of the turn") { seen in
                    seen.byBot.allSatisfy { $0.button("Cancel") == nil }
                }
                try await rig.store.settled()
                // Nothing happens there any more.
                setLetIn(false, inGroup)
                let offer = try await button("Allow once", in: rig.chat(rig.ann))
                #expect(offer.text.contains("in \(session)"))
                try await chat.wait(for: "no button") { $0.byBot.allSatisfy(\.buttons.isEmpty) }
                setLetIn(true, inGroup)
                say("hello", inGroup)
                try await chat.wait(for: "the button again") { $0[message.id]?.button("Allow once") != nil }
                try await chat.waitForBot(saying: "re: hello")
                try rig.telegram.press("Allow once", on: message.id, in: chat, by: rig.bob)
                try await chat.waitForBot(saying: "it is gone")
                try await rig.chat(rig.ann).wait(for: "no button") { $0.byBot.allSatisfy(\.buttons.isEmpty) }
            }
        }
        #expect(chat.transcript.byBot(saying: "wants to run").count == 1, "\(chat.rendered)")
    }

    @Test(arguments: [false, true])
    func `after a restart nobody follows, and what is asked is put to the owner`(inGroup: Bool) async throws {
        let rig = rig, chat = chat(inGroup), session = session(inGroup)
        let shell = ScriptedShell(turns: [ScriptedStep.ask(request) + .answer("secret"), .answer("re: hello")])
        try await withHub(shell, configuration: configuration) { hub in
            try await rig.running(hub) { _ in
                say("tidy up", inGroup)
                try await button("Allow once", in: chat)
                try await rig.store.settled()
            }
            setLetIn(false, inGroup)
            let end = try await hub.events(of: session)
            try await rig.running(hub) { _ in
                try await allow(in: session)
                _ = await end.collect(turns: 1)
                try await chat.wait(for: "no button") { $0.byBot.allSatisfy(\.buttons.isEmpty) }
                setLetIn(true, inGroup)
                say("hello", inGroup)
                try await chat.waitForBot(saying: "re: hello")
            }
        }
        #expect(shell.answers == [.allow])
        #expect(chat.transcript.byBot(saying: "secret").isEmpty, "\(chat.rendered)")
    }

    @Test func `an admin who is let in again is in the session where they were, unless they may no longer be there`()
        async throws
    {
        let rig = rig, chat = chat(false), bob = Int64(rig.bob.id)
        let shell = ScriptedShell { .answer("re: \($0.text)") }
        rig.access.roles = [bob: .admin]
        try await withHub(shell) { hub in
            try await type("before", to: hub, in: .test)
            try await rig.running(hub) { _ in
                say("/attach default", false)
                try await chat.waitForBot(saying: "attached to tty:default")
                for isAdmin in [true, false] {
                    setLetIn(false, false)
                    try await type("unseen", to: hub, in: .test)
                    try await waitUntilForgotten(.test)
                    rig.access.roles = isAdmin ? [bob: .admin] : [:]
                    setLetIn(true, false)
                    say(isAdmin ? "there" : "elsewhere", false)
                    try await chat.waitForBot(saying: isAdmin ? "re: there" : "was not sent")
                }
            }
        }
        let seen = chat.transcript
        #expect(seen.byBot(saying: "unseen").isEmpty, "\(chat.rendered)")
        #expect(seen.byBot(saying: "You may no longer be in").count == 1)
        #expect(shell.texts == ["before", "unseen", "there", "unseen"])
    }
}
