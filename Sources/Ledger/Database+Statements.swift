import GRDB

extension Database {
    /// Executes a statement that is used repeatedly. GRDB caches it, because parsing takes longer than executing most
    /// statements.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
