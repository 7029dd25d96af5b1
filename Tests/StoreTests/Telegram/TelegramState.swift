import GRDB

@testable import Store

/// A database for tests of Telegram's tables, at whatever time it is.
struct TelegramState {
    static let bot: Int64 = 7
    static let day: Int64 = 24 * 60 * 60 * 1_000

    let database: Store.Database
    private let state: TestState

    init() throws { try self.init(state: TestState()) }

    private init(state: TestState) throws {
        self.state = state
        database = try Database(in: state.directory)
    }

    /// The same files through another connection.
    func opened() throws -> TelegramState { try TelegramState(state: state) }

    /// The tables when it is `time`, in milliseconds since 1970.
    func tables(at time: Int64 = 0) -> TelegramTables { TelegramTables(database, now: { time }) }

    /// The first column of what a query finds.
    func column(_ sql: String) throws -> [String] {
        try database.queue.read {
            try DatabaseValue.fetchAll($0, sql: sql).map { String.fromDatabaseValue($0) ?? "\($0)" }
        }
    }

    /// Lets a statement fail when a row is written that meets a condition.
    func refuse(_ change: String, on table: String, when condition: String) throws {
        try database.queue.write {
            try $0.execute(
                sql: """
                    CREATE TRIGGER refusal BEFORE \(change) ON \(table) WHEN \(condition)
                    BEGIN SELECT RAISE(ABORT, 'refused'); END
                    """)
        }
    }
}
