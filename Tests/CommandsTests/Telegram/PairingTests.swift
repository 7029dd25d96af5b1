import Conversation
import Store
import TelegramFront
import TestSupport
import Testing

@testable import Commands

/// What somebody hears who says a code.
@Suite(.timeLimit(.minutes(1))) struct PairingTests {
    @Test func `whoever is in hears so again when a crash has the code tried anew, and nobody else gets in`()
        async throws
    {
        let rig = try ServiceRig()
        let bob = rig.telegram.addUser("Bob"), eve = rig.telegram.addUser("Eve")
        let bobs = rig.telegram.privateChat(with: bob), eves = rig.telegram.privateChat(with: eve)
        let pairings = StoredPairings(tables: try rig.state.tables(), bot: Int64(rig.telegram.bot.id))
        let code = try await pairings.makeCode(by: "me")
        let guests = [PairingRow(.user, id: Int64(bob.id), name: "Bob")]
        #expect(try await pairings.redeem(code, by: Int64(bob.id), for: guests) == .letIn)
        try await rig.running {
            rig.telegram.say("/pair \(code.text)", from: bob)
            try await bobs.waitForBot(saying: "You are let in")
            rig.telegram.say("/pair \(code.text)", from: eve)
            try await eves.waitForBot(saying: "no longer, good")
        }
        #expect(bobs.transcript.byBot.count == 1)
    }

    @Test func `whoever is in already spends no code, and what is none goes to no agent`() async throws {
        let rig = try ServiceRig()
        let bob = rig.telegram.addUser("Bob"), eve = rig.telegram.addUser("Eve")
        let bobs = rig.telegram.privateChat(with: bob), eves = rig.telegram.privateChat(with: eve)
        let tables = try rig.state.tables { Timestamp.now.millisecondsSince1970 }
        let pairings = StoredPairings(tables: tables, bot: Int64(rig.telegram.bot.id))
        let first = try await pairings.makeCode(by: "me")
        let guests = [PairingRow(.user, id: Int64(bob.id), name: "Bob")]
        #expect(try await pairings.redeem(first, by: Int64(bob.id), for: guests) == .letIn)
        let second = try await pairings.makeCode(by: "me")
        try await rig.running {
            rig.telegram.say("/pair \(second.text)", from: bob)
            try await bobs.waitForBot(saying: "You are let in")
            rig.telegram.say("/pair", from: bob)
            try await bobs.waitForBot(saying: "This is no code; cm pair makes one.")
            rig.telegram.say("/pair \(second.text)", from: eve)
            try await eves.waitForBot(saying: "You are let in")
        }
    }
}
