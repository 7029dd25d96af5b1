import Foundation
import TestSupport
import Testing

extension BuiltProgramTests {
    /// The bot of the built program in groups: who gets in, and what becomes of a group that is upgraded.
    @Suite(.timeLimit(.minutes(2))) struct GroupTests {
        @Test func `strangers who guess codes get no answer in groups, one in private, and spend nobody's code`()
            async throws
        {
            var stage = try TelegramStage()
            let telegram = stage.telegram
            let bob = telegram.addUser("Bob"), eve = telegram.addUser("Eve")
            let eves = telegram.privateChat(with: eve), group = telegram.addSupergroup("team")
            try await stage.start()
            let made = try await stage.program.run(["pair"], input: [])
            let code = try #require(made.output.split(separator: "\n").first)
            for number in 0..<20 {
                telegram.say("/pair 0000-00\(10 + number)", from: eve)
                telegram.say("/pair 0000-00\(10 + number)", from: eve, in: group)
            }
            try await eves.waitForBot(saying: "This code is not, or no longer, good")
            telegram.say("/pair \(code)", from: bob, in: group)
            try await group.waitForBot(saying: "You and this group are let in")
            telegram.say("/mode", from: eve, in: group)
            telegram.say("/mode", from: bob, in: group)
            try await group.wait(for: "the answer to Bob") { $0.byBot.count == 2 }
            telegram.say("/mode", from: stage.ann)
            try await stage.chat.waitForBot(saying: "single")
            #expect(group.transcript.byBot.count == 2 && eves.transcript.byBot.count == 1)
        }

        @Test
        func `a conversation goes on when its group is upgraded, with the buttons of before, also after a restart`()
            async throws
        {
            var stage = try TelegramStage()
            let telegram = stage.telegram, ann = stage.ann
            try stage.program.useStandIn("directed")
            let group = telegram.addGroup("team")
            stage.program.environment["TELEGRAM_CHAT_ID"] = "\(group.id)"
            stage.program.environment["TELEGRAM_ALLOWED_USERS"] = "\(ann.id)"
            stage.program.environment["CM_CODEX_APPROVAL_POLICY"] = "untrusted"
            let first = try await stage.start()
            telegram.say("@cm_test_bot [[sh: touch one]] [[say: said one]]", from: ann, in: group)
            let asked = try await group.waitForButton("Allow once").id
            // The button of before, in the group that is no more.
            let team = telegram.migrate(group)
            try telegram.press("Allow once", on: asked, in: group, by: ann)
            try await team.waitForBot(saying: "said one")
            // A message in the new one, and a button after a restart.
            telegram.say("@cm_test_bot [[sh: touch two]] [[say: said two]]", from: ann, in: team)
            let again = try await team.waitForButton("Allow once").id
            first.signal(SIGKILL)
            _ = try await first.ended()
            try await stage.start()
            try telegram.press("Allow once", on: again, in: team, by: ann)
            try await team.wait(for: "the press counts", timeout: .seconds(60)) { seen in
                seen[again]?.buttons.isEmpty ?? false
            }
            telegram.say("@cm_test_bot [[say: said three]]", from: ann, in: team)
            try await team.waitForBot(saying: "said three", timeout: .seconds(60))
            let sessions = try await stage.program.run(["session", "list"], input: []).output
            #expect(sessions.contains("tg:\(group.id):\(ann.id) ") && !sessions.contains("\(team.id)"))
            #expect(Set(try stage.program.standInTraffic().threads).count == 1)
            #expect(team.transcript.byBot(saying: "said one").filter { !$0.text.hasPrefix("✅") }.count == 1)
        }
    }
}
