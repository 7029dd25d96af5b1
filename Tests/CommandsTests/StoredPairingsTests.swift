import Foundation
import Store
import Testing

@testable import Commands

@Suite struct StoredPairingsTests {
    private let state: TestDatabase

    init() throws { state = try TestDatabase() }

    @Test func `a code lets a person and a group in, and only its hash is on disk`() async throws {
        let pairings = StoredPairings(tables: try state.tables(), bot: 7)
        let code = try await pairings.makeCode(by: "me")
        let bytes = try state.bytes()
        #expect(bytes.range(of: Data(code.hash(for: 7).utf8)) != nil)
        for text in [code.text, code.text.replacing("-", with: "")] {
            #expect(bytes.range(of: Data(text.utf8)) == nil)
        }
        let typed = try #require(PairingCode(code.text.lowercased()))
        let other = StoredPairings(tables: try state.tables(), bot: 7)
        let guests = [PairingRow(.user, id: 1, name: "ann"), PairingRow(.chat, id: -2, name: "team")]
        let (first, second) = try await (
            other.redeem(typed, by: 1, for: guests), other.redeem(typed, by: 1, for: guests)
        )
        #expect(first == .letIn)
        #expect(second == .noCode)
        let paired = try await pairings.paired()
        #expect(paired.users == [1])
        #expect(paired.chats == [-2])
    }

    @Test func `a code of another bot is wrong`() async throws {
        let tables = try state.tables()
        let code = try await StoredPairings(tables: tables, bot: 8).makeCode(by: "me")
        _ = try await StoredPairings(tables: tables, bot: 7).makeCode(by: "me")
        let result = try await StoredPairings(tables: tables, bot: 7).redeem(
            code, by: 1, for: [PairingRow(.user, id: 1, name: "ann")])
        #expect(result == .wrong(triesLeft: 4))
    }
}
