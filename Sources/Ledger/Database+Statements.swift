import GRDB

extension Database {
    /// Executes a statement that is used again: GRDB keeps it, and parsing one takes longer than most of them.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
