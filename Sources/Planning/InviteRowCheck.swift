import Domain

/// Checks one row of an invite list by itself: the address and the account type.
public struct InviteRowCheck {
    private var types: AccountTypeCheck
    private let allowsUnusual: Bool
    private let findings: ListFindings

    /// - Parameters:
    ///   - fallback: the type of a row that names none; nil rejects such a row.
    ///   - words: the names of account types.
    ///   - allowsUnusual: whether addresses with unusual characters are accepted.
    ///   - findings: collects findings that are reported once for the whole list.
    public init(
        fallback: AccountType?, words: TypeWords = TypeWords(), allowsUnusual: Bool = false,
        findings: ListFindings = ListFindings()
    ) {
        types = AccountTypeCheck(words, fallback: fallback, findings: findings)
        self.allowsUnusual = allowsUnusual
        self.findings = findings
    }

    /// The invitation that the row requests, or all of its problems.
    ///
    /// - Parameters:
    ///   - email: the address as written.
    ///   - accountType: the type as written; if empty, the fallback.
    ///   - malformation: a problem of the whole row that the reader found.
    public mutating func check(
        line: Int, email: String, emailColumn: Int?, accountType: String, accountTypeColumn: Int?,
        malformation: (column: Int, message: String)? = nil
    ) -> DraftRow {
        var problems: [RowProblem] = []
        if let malformation {
            problems.append(
                RowProblem(column: malformation.column, ground: .malformedRow, message: malformation.message))
        }
        var address: EmailAddress?
        do throws(InvalidEmail) {
            let written = try WrittenAddress(email, allowsUnusual: allowsUnusual)
            findings.sent(written, line: line, written: email)
            address = written.address
        } catch {
            problems.append(
                RowProblem(column: emailColumn, ground: .invalidEmail, message: error.sentence(about: email)))
        }
        let type = types.check(
            accountType, line: line, column: accountTypeColumn, isCounted: email.contains("@"), problems: &problems)
        let content: DraftRow.Content =
            if problems.isEmpty, let address, let type {
                .invite(address, type)
            } else {
                .unusable(RowText(email: email, accountType: accountType), problems: problems)
            }
        return DraftRow(line: line, emailColumn: emailColumn, content: content)
    }
}
