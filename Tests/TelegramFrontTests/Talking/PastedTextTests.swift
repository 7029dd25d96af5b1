import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// Texts that are too long for one message, which clients cut into several.
@Suite(.timeLimit(.minutes(1))) struct PastedTextTests {
    private static let lines = (1...250).map { "line \($0) of what was pasted here" }
    /// As clients cut it: the end of the line at the cut is in neither piece.
    private static let pieces = stride(from: 0, to: 250, by: 100).map {
        lines[$0..<min($0 + 100, 250)].joined(separator: "\n")
    }
    private static let whole = lines.joined(separator: "\n")

    private let rig: BotRig
    private let group: FakeChat

    init() throws {
        rig = try BotRig { [$0.addSupergroup("team")] }
        group = try #require(rig.group)
    }

    @Test func `a long text is one message to the agent, what was written behind it another`() async throws {
        let rig = rig, core = rig.core()
        try await rig.running(core) { _ in
            for piece in Self.pieces { rig.telegram.say(piece, from: rig.ann) }
            rig.telegram.say("/status", from: rig.ann)
            rig.telegram.say("behind it", from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to behind it")
        }
        #expect(rig.said(core) == [Self.whole, "/status", "behind it"])
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty)
    }

    @Test func `in a group the name of the bot in the first piece is enough for all of them`() async throws {
        let rig = rig, group = group, core = rig.core()
        try await rig.running(core) { _ in
            for (index, piece) in Self.pieces.enumerated() {
                rig.telegram.say((index == 0 ? "@cm_test_bot " : "") + piece, from: rig.ann, in: group)
            }
            rig.telegram.say("not for the bot", from: rig.ann, in: group)
            rig.telegram.say("@cm_test_bot behind it", from: rig.ann, in: group)
            try await group.waitForBot(saying: "answer to behind it")
        }
        #expect(rig.said(core) == [Self.whole, "behind it"])
    }

    @Test func `whoever changes a piece is told that what was sent stays as it was`() async throws {
        let rig = rig, chat = rig.chat(rig.ann), core = rig.core()
        try await rig.running(core) { _ in
            let first = rig.telegram.say(Self.pieces[0], from: rig.ann)
            rig.telegram.say("its end", from: rig.ann)
            try await chat.waitForBot(saying: "answer to ")
            rig.telegram.edit(first.message, in: chat, to: "only this")
            try await chat.waitForBot(saying: "What was sent stays as it was")
        }
        #expect(rig.said(core) == [Self.pieces[0] + "\nits end"])
    }

    @Test(arguments: ["/answer a7 ", "/deny a7 "])
    func `a long answer to what is asked is whole`(command: String) async throws {
        let rig = rig, chat = rig.chat(rig.ann), core = rig.core()
        try await rig.running(core) { _ in
            for piece in [command + Self.pieces[0], "its end"] { rig.telegram.say(piece, from: rig.ann) }
            try await chat.waitForBot(saying: "answer to \(command)")
        }
        #expect(rig.said(core) == [command + Self.pieces[0] + "\nits end"])
    }

    @Test func `a text of very many pieces is stopped with all of them`() async throws {
        let rig = rig, chat = rig.chat(rig.ann), core = rig.core()
        try await rig.running(core, step: nil) { _ in
            for _ in 1...40 { rig.telegram.say(Self.pieces[0], from: rig.ann) }
            rig.telegram.say("/cancel", from: rig.ann)
            try await chat.waitForBot(saying: "still on its way and is not handed in")
            rig.telegram.say("behind it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to behind it")
        }
        #expect(rig.said(core) == ["behind it"])
    }

    @Test func `what is stopped in its waiting time is stopped with all its pieces`() async throws {
        let rig = rig, chat = rig.chat(rig.ann), core = rig.core()
        try await rig.running(core, step: nil) { _ in
            // More may follow the last of them.
            for piece in Self.pieces.prefix(2) { rig.telegram.say(piece, from: rig.ann) }
            rig.telegram.say("/cancel", from: rig.ann)
            let told = try await chat.waitForBot(saying: "still on its way and is not handed in")
            #expect(told.text.contains("“line 1 of"))
            rig.telegram.say("behind it", from: rig.ann)
            try await chat.waitForBot(saying: "answer to behind it")
        }
        #expect(rig.said(core) == ["behind it"])
    }
}
