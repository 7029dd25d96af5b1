import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// Files that are long in coming, and what people say meanwhile.
@Suite(.timeLimit(.minutes(1))) struct SlowFileTests {
    private let rig: BotRig
    private let group: FakeChat

    init() throws {
        rig = try BotRig { [$0.addSupergroup("team", isForum: true)] }
        group = try #require(rig.group)
    }

    @Test func `a file that hangs holds up what its sender says behind it, and nothing else in its chat`() async throws
    {
        let rig = rig, group = group, core = rig.core()
        let topic = group.addTopic("another")
        rig.telegram.inject(.stalled, into: "file", times: nil)
        // Slowly, so that nobody gives up.
        try await rig.running(core, step: .milliseconds(5)) { _ in
            rig.telegram.say("@cm_test_bot look", from: rig.ann, in: group, file: ShownFile("a.txt", [1]))
            try await rig.telegram.wait(for: "the download") { !$0.calls(of: "file").isEmpty }
            rig.telegram.say("@cm_test_bot behind it", from: rig.ann, in: group)
            rig.telegram.say("@cm_test_bot from Bob", from: rig.bob, in: group)
            try await group.waitForBot(saying: "answer to from Bob")
            rig.telegram.say("@cm_test_bot elsewhere", from: rig.ann, in: group, topic: topic)
            try await group.waitForBot(saying: "answer to elsewhere")
            for command in ["/status", "/approve a7", "/answer blue"] {
                rig.telegram.say(command, from: rig.ann, in: group)
                try await group.waitForBot(saying: "answer to \(command)")
            }
            #expect(rig.said(core) == ["from Bob", "elsewhere", "/status", "/approve a7", "/answer blue"])
            rig.telegram.clearFaults()
            rig.telegram.hangUp()
            try await group.waitForBot(saying: "answer to behind it")
        }
        let last = rig.said(core).suffix(2).map { $0.split(separator: "\n").first }
        #expect(last == ["look", "behind it"])
        let open = await rig.inbox.open(of: 0)
        #expect(open.isEmpty)
    }

    @Test func `the message of a file that never comes goes on without it, and it is said which is missing and why`()
        async throws
    {
        let rig = rig, core = rig.core()
        rig.telegram.inject(.stalled, into: "file", times: nil)
        try await rig.running(core) { _ in
            rig.telegram.say("look", from: rig.ann, file: ShownFile("plan.txt", [1]))
            rig.telegram.say("behind it", from: rig.ann)
            try await rig.chat(rig.ann).waitForBot(saying: "answer to behind it")
        }
        let prompt = try #require(rig.said(core).first)
        #expect(prompt.hasPrefix("look\n\n") && prompt.contains("document \"plan.txt\": it could not be fetched"))
        let told = try #require(rig.chat(rig.ann).transcript.byBot(saying: "⚠ Not taken").first)
        #expect(told.text.contains("plan.txt") && told.text.contains("not within 5 minutes"))
        #expect(told.text.contains("What you wrote is handed in."))
        #expect(rig.shelf.all.isEmpty)
    }

    @Test func `another file in a message that is changed is another file to the agent`() async throws {
        let rig = rig, core = rig.core()
        core.setRevised(.changed)
        try await rig.running(core) { _ in
            let said = rig.telegram.say("look", from: rig.ann, file: ShownFile("plan.txt", [1]))
            try await rig.chat(rig.ann).waitForBot(saying: "answer to look")
            rig.telegram.edit(said.message, in: rig.chat(rig.ann), to: "look", file: ShownFile("plan.txt", [2, 2]))
            try await rig.chat(rig.ann).waitForBot(saying: "Changed")
            // The words alone.
            rig.telegram.edit(said.message, in: rig.chat(rig.ann), to: "look again")
            _ = try await eventually("both changes") {
                core.calls.count { if case .revise = $0 { true } else { false } } == 2 ? true : nil
            }
        }
        let texts = core.calls.compactMap { call -> String? in
            switch call {
            case .handle(let text, _), .revise(_, let text, _): text
            default: nil
            }
        }
        let paths = texts.compactMap {
            $0.split(separator: "\n").first { $0.hasPrefix("- .cm/inbox/") }?.split(separator: ":")[0]
        }
        #expect(paths.count == 3 && paths[0] != paths[1] && paths[1] == paths[2])
        #expect(Set(rig.shelf.all.values.map { [UInt8]($0) }) == [[1], [2, 2]])
        #expect(rig.telegram.calls(of: "file").count == 2)
    }
}
