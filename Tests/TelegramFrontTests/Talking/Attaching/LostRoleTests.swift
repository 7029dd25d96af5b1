import Conversation
import TestSupport
import Testing

@testable import TelegramFront

/// What still waits for a chat when its person may no longer be in the session.
@Suite(.timeLimit(.minutes(1))) struct LostRoleTests {
    @Test func `what Telegram held up is not told any more`() async throws {
        let rig = try BotRig(), theirs = rig.chat(rig.bob), gate = Gate()
        rig.access.roles = [Int64(rig.bob.id): .admin]
        let request = ApprovalRequest(id: "1", kind: .command, title: "rm -rf build")
        let shell = ScriptedShell(turns: [
            .answer("before"), [.wait(gate)] + ScriptedStep.ask(request) + .answer("secret"),
        ])
        try await withHub(shell) { hub in
            try await hub.say("hello")
            try await rig.running(hub) { _ in
                rig.telegram.say("/attach tty:default", from: rig.bob)
                try await theirs.waitForBot(saying: "attached to tty:default")
                try await rig.store.settled()
                rig.telegram.inject(.tooManyRequests(retryAfter: 3_600), into: "sendMessage", times: 1)
                let end = try await hub.events(of: .test)
                _ = try await hub.type("tidy up")
                _ = try await eventually("Bob's chat is held") { await rig.store.holds[Int64(rig.bob.id)] }
                gate.open()
                try await rig.store.wait { $0.contains { $0.wanted.text.contains("rm -rf") } }
                rig.access.roles = [:]
                let approval = try #require(try await hub.openApprovals(of: .test).first)
                _ = try await hub.answer(approval.id, .allow, from: .test(""), in: .test)
                _ = await end.collect(turns: 1)
                try await rig.store.wait { $0.contains { $0.wanted.text.hasPrefix("You may no longer be") } }
                _ = try await eventually("it is followed no more") {
                    await rig.ledger.cursors(of: 0).contains { $0.session == .test } ? nil : true
                }
                rig.clock.advance(by: .seconds(3_600))
                try await theirs.waitForBot(saying: "You may no longer be in tty:default")
                try await rig.store.settled()
            }
        }
        #expect(!theirs.rendered.contains("rm -rf") && !theirs.rendered.contains("secret"), "\(theirs.rendered)")
    }

    @Test(arguments: ["/attach tty:default", "/history", "/last"])
    func `what somebody asked to be told of the session is not told any more`(command: String) async throws {
        let rig = try BotRig(), theirs = rig.chat(rig.bob), isThere = !command.hasPrefix("/attach")
        rig.access.roles = [Int64(rig.bob.id): .admin]
        try await withHub(ScriptedShell(turns: [.answer("secret")])) { hub in
            let first = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            _ = await first.collect(turns: 1)
            try await rig.running(hub) { _ in
                if isThere {
                    rig.telegram.say("/attach tty:default", from: rig.bob)
                    try await theirs.waitForBot(saying: "attached to tty:default")
                    try await rig.store.settled()
                }
                rig.telegram.inject(.tooManyRequests(retryAfter: 3_600), into: "sendMessage", times: 1)
                rig.telegram.say(command, from: rig.bob)
                _ = try await eventually("Bob's chat is held") { await rig.store.holds[Int64(rig.bob.id)] }
                try await rig.store.wait { slots in
                    slots.contains { $0.isDue && $0.wanted.text.contains("secret") }
                }
                // Nothing happens there any more.
                rig.access.roles = [:]
                rig.clock.advance(by: .seconds(3_600))
                try await theirs.waitForBot(saying: "You may no longer be in tty:default")
                try await rig.store.settled()
            }
        }
        #expect(theirs.transcript.byBot(saying: "secret").count == (isThere ? 1 : 0), "\(theirs.rendered)")
    }
}
