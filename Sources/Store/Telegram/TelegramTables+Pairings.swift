import GRDB

extension TelegramTables {
    /// How often a code may be tried wrongly.
    static let wrongTries = 5
    /// How long a code can be used, in milliseconds.
    static let codeAge: Int64 = 10 * 60 * 1_000

    /// All that were let in, the first ones first.
    public func pairings(of bot: Int64) async throws -> [PairingRow] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM telegram_pairings WHERE bot = ? ORDER BY let_in_at, kind, id",
                arguments: [bot]
            ).compactMap(PairingRow.init)
        }
    }

    /// Lets somebody or a group in; one that is in already gets the new name.
    public func add(_ pairing: PairingRow, of bot: Int64) async throws {
        try await write { try Self.insert(pairing, of: bot, in: $0) }
    }

    /// Lets somebody or a group in no more; returns whether it was in.
    public func remove(_ kind: PairingRow.Kind, id: Int64, of bot: Int64) async throws -> Bool {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM telegram_pairings WHERE bot = ? AND kind = ? AND id = ?",
                arguments: [bot, kind.rawValue, id])
            return database.changesCount > 0
        }
    }

    /// Makes the code with that hash the only one by which people are let in, for ten minutes.
    public func offerCode(hash: String, by maker: String, of bot: Int64) async throws {
        let end = now() + Self.codeAge
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO telegram_codes (bot, hash, made_by, expires_at) VALUES (?, ?, ?, ?)",
                arguments: [bot, hash, maker, end])
        }
    }

    /// Lets `guests` in when `hash` is that of the code; by its maker, and now.
    ///
    /// The code is used up by that, and by too many wrong tries.
    public func redeemCode(hash: String, for guests: [PairingRow], of bot: Int64) async throws -> Redemption {
        let time = now()
        return try await write { database in
            let code = try Row.fetchOne(
                database, sql: "SELECT * FROM telegram_codes WHERE bot = ? AND expires_at > ?", arguments: [bot, time])
            guard let code else {
                try Self.dropCode(of: bot, in: database)
                return .noCode
            }
            guard code["hash"] as String == hash else {
                return try Self.countWrongTry(after: code["attempts"], of: bot, in: database)
            }
            for var guest in guests {
                guest.by = code["made_by"]
                guest.at = time
                try Self.insert(guest, of: bot, in: database)
            }
            try Self.dropCode(of: bot, in: database)
            return .letIn
        }
    }

    private static func countWrongTry(
        after earlier: Int, of bot: Int64, in database: GRDB.Database
    ) throws -> Redemption {
        let left = wrongTries - earlier - 1
        if left > 0 {
            try database.execute(
                sql: "UPDATE telegram_codes SET attempts = attempts + 1 WHERE bot = ?", arguments: [bot])
        } else {
            try dropCode(of: bot, in: database)
        }
        return .wrong(triesLeft: left)
    }

    private static func dropCode(of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(sql: "DELETE FROM telegram_codes WHERE bot = ?", arguments: [bot])
    }

    private static func insert(_ pairing: PairingRow, of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(
            sql: """
                INSERT INTO telegram_pairings (bot, kind, id, name, let_in_by, let_in_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (bot, kind, id) DO UPDATE SET name = excluded.name
                """,
            arguments: [bot, pairing.kind.rawValue, pairing.id, pairing.name, pairing.by, pairing.at])
    }
}
