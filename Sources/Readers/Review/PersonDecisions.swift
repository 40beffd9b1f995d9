import Domain

/// One decision for all accounts of a person: the workbook for several workspaces has a column in which a reviewer says that
/// the decision of a row counts in all of them.
enum PersonDecisions {
    private static let yes: Set = ["yes", "y", "x", "true", "1"]
    private static let no: Set = ["", "no", "n", "false", "0"]

    /// Who is decided about: users and invitations have different decisions.
    private struct Person: Hashable {
        var address: String
        var kind: String

        /// nil for a row without an address.
        init?(_ row: DecidedRow) {
            guard !row[.email].isEmpty else { return nil }
            address = EmailAddress.key(of: row[.email])
            kind = row[.kind].lowercased()
        }
    }

    /// Fills in the entries of rows without a decision from the row about the same person that counts for all workspaces.
    ///
    /// - Returns: the rows in their order. Rows whose answer is neither yes nor no, and rows that contradict each other,
    ///   have a fault.
    static func spread(_ rows: [DecidedRow]) -> [DecidedRow] {
        var rows = rows
        var deciding: [Person: Int] = [:]
        for index in rows.indices where !rows[index][.allWorkspaces].isEmpty {
            let answer = rows[index][.allWorkspaces].lowercased()
            guard yes.contains(answer) else {
                if !no.contains(answer) { rows[index].faults.append(.unclearAnswer(.allWorkspaces)) }
                continue
            }
            guard let person = Person(rows[index]), !rows[index][.decision].isEmpty else { continue }
            guard let other = deciding[person] else {
                deciding[person] = index
                continue
            }
            let isSame = [DecidedRow.Field.decision, .newAccountType].allSatisfy {
                rows[index][$0].lowercased() == rows[other][$0].lowercased()
            }
            if !isSame { rows[index].faults.append(.contradicted(rows[other][.decision])) }
        }
        if deciding.isEmpty { return rows }
        for index in rows.indices where rows[index][.decision].isEmpty && rows[index].faults.isEmpty {
            guard let person = Person(rows[index]), let source = deciding[person].map({ rows[$0] }),
                source.faults.isEmpty
            else { continue }
            for field in DecidedRow.Field.entries where field != .allWorkspaces && rows[index][field].isEmpty {
                rows[index].cells[field] = source[field]
            }
        }
        return rows
    }
}
