import Store
import TelegramFront

/// Who was let in to a bot by a code, kept in the database.
struct StoredPairings: Sendable {
    let tables: TelegramTables
    let bot: Int64

    /// The users and the groups that were let in, and the groups that have got another number.
    func paired() async throws -> (users: Set<Int64>, chats: Set<Int64>, renamed: RenamedChats) {
        let guests = try await tables.guests(of: bot)
        let users = guests.pairings.filter { $0.kind == .user }, chats = guests.pairings.filter { $0.kind == .chat }
        return (
            Set(users.map(\.id)), Set(chats.map(\.id)),
            RenamedChats(newest: guests.renamed, originals: guests.originals)
        )
    }

    /// A new code in the name of `maker`, for ten minutes; the one before is of no use any more.
    func makeCode(by maker: String) async throws -> PairingCode {
        let code = PairingCode.random()
        try await tables.offerCode(hash: code.hash(for: bot), by: maker, of: bot)
        try await tables.sync()
        return code
    }

    /// Lets `guests` in if the code that `user` says is right, once; several are the person and the group where it was
    /// said.
    func redeem(_ code: PairingCode, by user: Int64, for guests: [PairingRow]) async throws -> Redemption {
        try await tables.redeemCode(hash: code.hash(for: bot), by: user, for: guests, of: bot)
    }
}
