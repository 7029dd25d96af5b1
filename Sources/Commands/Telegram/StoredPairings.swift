import Store
import TelegramFront

/// Who was let in to a bot by a code, kept in the database.
struct StoredPairings: Sendable {
    let tables: TelegramTables
    let bot: Int64

    /// The users and the groups that were let in.
    func paired() async throws -> (users: Set<Int64>, chats: Set<Int64>) {
        let rows = try await tables.pairings(of: bot)
        return (Set(rows.filter { $0.kind == .user }.map(\.id)), Set(rows.filter { $0.kind == .chat }.map(\.id)))
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

    /// The groups that have got another number.
    func renamed() async throws -> RenamedChats {
        RenamedChats(
            newest: try await tables.renamedChats(of: bot), originals: try await tables.originalChats(of: bot))
    }
}
