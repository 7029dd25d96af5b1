import GRDB

extension GRDB.Database {
    /// Does what `sql`, one statement, says; it is compiled only once for all that use it.
    ///
    /// For what each message does several times: to compile a statement takes longer than most take to be done.
    func execute(cached sql: String, arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
