import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// A group that becomes a supergroup, which gives it another number, while people write in it.
@Suite(.timeLimit(.minutes(1))) struct UpgradedGroupTests {
    private let rig: BotRig
    private let group: FakeChat

    init() throws {
        rig = try BotRig { [$0.addGroup("team")] }
        group = try #require(rig.group)
    }

    @Test func `what is said under the new number waits for what was said under the old one`() async throws {
        let rig = rig, group = group, gate = Gate(), core = rig.core(gate, holding: "one")
        try await rig.running(core) { _ in
            rig.telegram.say("@cm_test_bot one", from: rig.ann, in: group)
            await gate.reached()
            let team = rig.telegram.migrate(group)
            rig.telegram.say("@cm_test_bot two", from: rig.ann, in: team)
            // Behind both, and not held up by them.
            rig.telegram.say("@cm_test_bot from Bob", from: rig.bob, in: team)
            try await team.waitForBot(saying: "answer to from Bob")
            #expect(rig.said(core) == ["one", "from Bob"])
            gate.open()
            try await team.waitForBot(saying: "answer to two")
        }
        #expect(rig.said(core) == ["one", "from Bob", "two"])
        #expect(Set(core.calls.map(\.session)) == [rig.session(rig.ann, in: group), rig.session(rig.bob, in: group)])
    }

    @Test func `a change of a message from before is answered where the group is now, and as no other message`()
        async throws
    {
        let rig = rig, group = group, core = rig.core()
        try await rig.running(core) { _ in
            for _ in 0..<10 { rig.telegram.say("talk", from: rig.bob, in: group) }
            let old = rig.telegram.say("@cm_test_bot one", from: rig.ann, in: group)
            try await group.waitForBot(saying: "answer to one")
            let team = rig.telegram.migrate(group)
            while rig.telegram.say("talk", from: rig.bob, in: team).message + 1 < old.message {}
            let new = rig.telegram.say("@cm_test_bot two", from: rig.ann, in: team)
            #expect(new.message == old.message)
            rig.telegram.edit(old.message, in: group, to: "@cm_test_bot other")
            let late = "What was sent stays as it was; send the changed text"
            let first = try await team.waitForBot(saying: late)
            #expect(first.replyTo == nil)
            rig.telegram.edit(new.message, in: team, to: "@cm_test_bot other")
            let seen = try await team.wait(for: "the other answer") { $0.byBot(saying: late).count == 2 }
            #expect(seen.byBot(saying: late).map(\.replyTo) == [nil, old.message])
        }
    }

    @Test func `what is said there is no message from elsewhere, before and after`() async throws {
        let rig = rig, group = group, core = rig.core(), session = rig.session(rig.ann, in: group)
        try await rig.running(core) { _ in
            let old = rig.telegram.say("@cm_test_bot one", from: rig.ann, in: group)
            try await group.waitForBot(saying: "answer to one")
            let team = rig.telegram.migrate(group)
            let new = rig.telegram.say("@cm_test_bot two", from: rig.ann, in: team)
            try await team.waitForBot(saying: "answer to two")
            for (chat, said) in [(group, old), (team, new)] {
                var message = Message(text: "said here", author: "Ann", origin: .telegram, sender: "telegram:1")
                message.key = "telegram:\(rig.telegram.bot.id):\(chat.id):\(said.message)"
                core.tell(.accepted(Message.ID(rawValue: Int64(said.message)), message), in: session)
            }
            let message = Message(text: "said elsewhere", author: "Ann", origin: .terminal, sender: "tty")
            core.tell(.accepted(Message.ID(rawValue: 99), message), in: session)
            try await team.waitForBot(saying: "said elsewhere")
            #expect(team.transcript.byBot(saying: "said here").isEmpty)
        }
    }

    @Test func `a file is called by the number under which it was sent, before and after`() async throws {
        let rig = rig, group = group, gate = Gate(), core = rig.core(gate)
        // Of the same number in both.
        let said = rig.telegram.say("@cm_test_bot look", from: rig.ann, in: group, file: ShownFile("a.txt", [1]))
        try await rig.running(core) { _ in await gate.reached() }
        let before = Set(rig.shelf.all.keys)
        let team = rig.telegram.migrate(group)
        rig.renamed = RenamedChats(
            newest: [Int64(group.id): Int64(team.id)], originals: [Int64(team.id): Int64(group.id)])
        let next = rig.core()
        try await rig.running(next) { _ in try await team.waitForBot(saying: "answer to look") }
        #expect(before.count == 1 && Set(rig.shelf.all.keys) == before)
        let message = BotMessage(id: Int64(said.message), date: 0, chat: BotChat(id: Int64(group.id), kind: .group))
        let name = ShelfName("", message: message.id, chat: message.chat.id, bot: Int64(rig.telegram.bot.id)).text
        #expect(before.allSatisfy { $0.hasPrefix(name.dropLast("file".count)) })
    }
}

extension ScriptedCore.Call {
    /// Where something was said; nil for all else.
    fileprivate var session: SessionID? {
        if case .handle(_, let session) = self { session } else { nil }
    }
}
