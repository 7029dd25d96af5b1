import GRDB

extension TelegramTables {
    /// How often one person may try a code wrongly.
    static let wrongTries = 5
    /// How many wrong tries of a code are looked at without a pause.
    static let swiftTries = 200
    /// From one try to the next after that, in milliseconds.
    static let tryInterval: Int64 = 1_000
    /// How long a code can be used, in milliseconds.
    static let codeAge: Int64 = 10 * 60 * 1_000

    /// All that were let in, the first ones first.
    public func pairings(of bot: Int64) async throws -> [PairingRow] {
        try await read { try Self.pairings(of: bot, in: $0) }
    }

    private static func pairings(of bot: Int64, in database: GRDB.Database) throws -> [PairingRow] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM telegram_pairings WHERE bot = ? ORDER BY let_in_at, kind, id")
        return try Row.fetchAll(statement, arguments: [bot]).compactMap(PairingRow.init)
    }

    /// Who was let in, and which chats have another id now: one read, because it is done for every update.
    public func guests(of bot: Int64) async throws -> GuestRows {
        try await read { database in
            let pairings = try Self.pairings(of: bot, in: database)
            let renamed = try database.cachedStatement(
                sql: "SELECT old, new, original FROM telegram_renamed_chats WHERE bot = ?")
            let rows = try Row.fetchAll(renamed, arguments: [bot])
            return GuestRows(
                pairings: pairings, renamed: Dictionary(uniqueKeysWithValues: rows.map { ($0["old"], $0["new"]) }),
                originals: Dictionary(rows.map { ($0["new"], $0["original"]) }) { first, _ in first })
        }
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
            try Self.dropCode(of: bot, in: database)
            try database.execute(
                sql: "INSERT INTO telegram_codes (bot, hash, made_by, expires_at) VALUES (?, ?, ?, ?)",
                arguments: [bot, hash, maker, end])
        }
    }

    /// Lets `guests` in when `user` says the code with that hash; by its maker, and now.
    ///
    /// The code is used up by that and by its age, and never by wrong tries: who tried wrongly ``wrongTries`` times is no
    /// longer listened to, and after ``swiftTries`` wrong ones of all together one is looked at each ``tryInterval``. So a
    /// code is tried 200 + 600 times at the most in its ten minutes; as one of 32^8, about 1.1e12, it is guessed with a
    /// probability below 1e-9, however many guess, and no stranger can spend it.
    public func redeemCode(
        hash: String, by user: Int64, for guests: [PairingRow], of bot: Int64
    ) async throws -> Redemption {
        let time = now()
        return try await write { database in
            let code = try Row.fetchOne(
                database, sql: "SELECT * FROM telegram_codes WHERE bot = ? AND expires_at > ?", arguments: [bot, time])
            guard let code else {
                try Self.dropCode(of: bot, in: database)
                return .noCode
            }
            let wrong =
                try Int.fetchOne(
                    database, sql: "SELECT wrong FROM telegram_tries WHERE bot = ? AND user = ?",
                    arguments: [bot, user]) ?? 0
            guard wrong < Self.wrongTries, !Self.isBusy(code, at: time) else { return .tooMany }
            guard code["hash"] as String == hash else {
                try Self.noteWrongTry(by: user, of: bot, at: time, in: database)
                return .wrong(triesLeft: Self.wrongTries - wrong - 1)
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

    /// Whether so much is guessed that the next try is not looked at yet.
    private static func isBusy(_ code: Row, at time: Int64) -> Bool {
        guard code["attempts"] as Int >= swiftTries, let last = code["tried_at"] as Int64? else { return false }
        // A moment that is yet to come was noted by a clock that has been set back.
        return (last..<last + tryInterval).contains(time)
    }

    private static func noteWrongTry(
        by user: Int64, of bot: Int64, at time: Int64, in database: GRDB.Database
    ) throws {
        try database.execute(
            sql: """
                UPDATE telegram_codes SET attempts = attempts + 1, tried_at = :time WHERE bot = :bot;
                INSERT INTO telegram_tries (bot, user, wrong) VALUES (:bot, :user, 1)
                    ON CONFLICT (bot, user) DO UPDATE SET wrong = wrong + 1;
                """,
            arguments: ["bot": bot, "user": user, "time": time])
    }

    private static func dropCode(of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(
            sql: "DELETE FROM telegram_codes WHERE bot = :bot; DELETE FROM telegram_tries WHERE bot = :bot;",
            arguments: ["bot": bot])
    }

    /// One that is in already gets the new name.
    static func insert(_ pairing: PairingRow, of bot: Int64, in database: GRDB.Database) throws {
        try database.execute(
            sql: """
                INSERT INTO telegram_pairings (bot, kind, id, name, let_in_by, let_in_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (bot, kind, id) DO UPDATE SET name = excluded.name
                """,
            arguments: [bot, pairing.kind.rawValue, pairing.id, pairing.name, pairing.by, pairing.at])
    }
}
