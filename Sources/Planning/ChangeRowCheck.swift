import Domain

/// Checks one row of a `set-role` or `disable` list: which user it names and, for `set-role`, the new account type.
public struct ChangeRowCheck {
    private let kind: WorkspaceChange.Kind
    private let accounts: AccountIndex
    private var types: AccountTypeCheck
    private let allowsUnusual: Bool
    private let findings: ListFindings

    /// - Parameters:
    ///   - kind: the kind of change; not `invite`.
    ///   - fallback: the account type of rows that name none.
    ///   - words: the names of account types.
    ///   - allowsUnusual: whether addresses with unusual characters are accepted.
    ///   - findings: collects findings that are reported once for the whole list.
    public init(
        _ kind: WorkspaceChange.Kind, fallback: AccountType? = nil, accounts: AccountIndex,
        words: TypeWords = TypeWords(), allowsUnusual: Bool = false,
        findings: ListFindings = ListFindings()
    ) {
        self.kind = kind
        self.accounts = accounts
        self.allowsUnusual = allowsUnusual
        self.findings = findings
        types = AccountTypeCheck(words, fallback: fallback, findings: findings)
    }

    /// The change that the row requests, or all of its problems.
    ///
    /// - Parameters:
    ///   - uid: the uid as written; if empty, the address identifies the user.
    ///   - malformation: a problem of the whole row that the reader found.
    public mutating func check(
        line: Int, email: String, emailColumn: Int?, uid: String, uidColumn: Int?, accountType: String,
        accountTypeColumn: Int?, malformation: (column: Int, message: String)? = nil
    ) -> DraftRow {
        var problems: [RowProblem] = []
        if let malformation {
            problems.append(
                RowProblem(column: malformation.column, ground: .malformedRow, message: malformation.message))
        }
        let user = user(
            email: address(email, line: line), emailColumn: emailColumn, uid: EmailAddress.trimmed(uid),
            uidColumn: uidColumn, problems: &problems)
        let type =
            kind.takesAccountType
            ? types.check(accountType, line: line, column: accountTypeColumn, problems: &problems)
            : AccountType(rawValue: "")
        let asked = kind.takesAccountType ? accountType : ""
        let content: DraftRow.Content =
            if problems.isEmpty, let user, let type,
                let change = try? WorkspaceChange(kind, email: user.email, uid: user.uid, accountType: type)
            {
                .change(change, of: user)
            } else {
                .unusable(RowText(email: email, uid: uid, accountType: asked), problems: problems)
            }
        return DraftRow(line: line, emailColumn: emailColumn ?? uidColumn, kind: kind, content: content)
    }

    /// The address in the form that the workspace uses. An address that the workspace has exactly as written is
    /// accepted even if it is unusual.
    private func address(_ email: String, line: Int) -> String {
        let text = EmailAddress.trimmed(email)
        guard accounts.users(at: text).isEmpty,
            let written = try? WrittenAddress(text, allowsUnusual: allowsUnusual)
        else { return text }
        findings.sent(written, line: line, written: email)
        return written.address.text
    }

    /// The user that the row names. The uid identifies the user; if there is also an address, it must belong to the
    /// same user.
    private func user(
        email: String, emailColumn: Int?, uid: String, uidColumn: Int?, problems: inout [RowProblem]
    ) -> ActiveUser? {
        do throws(Refusal) {
            return uid.isEmpty
                ? try user(email: email, column: emailColumn ?? uidColumn)
                : try user(uid: uid, column: uidColumn, email: email)
        } catch {
            problems.append(error.problem)
            return nil
        }
    }

    private struct Refusal: Error {
        var problem: RowProblem

        init(_ column: Int?, _ ground: Ground, _ message: String) {
            problem = RowProblem(column: column, ground: ground, message: message)
        }
    }

    private func user(uid: String, column: Int?, email: String) throws(Refusal) -> ActiveUser {
        guard let user = accounts.user(uid: uid) else {
            throw Refusal(column, .notActive, "no active user has the uid \(quoted(uid))")
        }
        guard email.isEmpty || EmailAddress.key(of: email) == EmailAddress.key(of: user.email) else {
            let whose = Terminal.plain(user.email, limit: 254)
            throw Refusal(column, .twoPeople, "the uid belongs to \(whose), but the address is \(quoted(email))")
        }
        return user
    }

    private func user(email: String, column: Int?) throws(Refusal) -> ActiveUser {
        guard !email.isEmpty else {
            throw Refusal(column, .nobodyNamed, "the row has neither an email address nor a uid")
        }
        let users = accounts.users(at: email)
        guard let user = users.first else {
            let more = accounts.isInvited(email) ? "; there is a pending invitation, which gives no access yet" : ""
            throw Refusal(column, .notActive, "no active user has the address \(quoted(email))\(more)")
        }
        guard users.count == 1 else {
            let message = "\(users.count) active users have the address \(quoted(email)); add the uid of one of them"
            throw Refusal(column, .severalUsers, message)
        }
        return user
    }

    private func quoted(_ text: String) -> String { "\"\(Terminal.plain(text, limit: 254))\"" }
}
