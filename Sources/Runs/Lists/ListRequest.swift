import Domain
import Planning
import Readers
import TerminalIO

/// A list of people, and what its rows ask for.
public struct ListRequest {
    /// What each row asks for.
    public let kind: WorkspaceChange.Kind
    /// The list, or `-` for standard input.
    public let file: String
    /// How the file is read; what its words mean is added while it is read.
    public var reading: ListOptions
    /// What account types are called.
    public var words: TypeWords
    /// The account type for rows without one.
    public var fallback: AccountType?
    /// Include a person if at least one of their rows is included.
    public var takesAnyRow = false
    /// Accept addresses with unusual characters.
    public var allowsUnusualAddresses = false

    /// Takes a list; every row has to say all that it asks for.
    public init(_ kind: WorkspaceChange.Kind, file: String, reading: ListOptions, words: TypeWords) {
        self.kind = kind
        self.file = file
        self.reading = reading
        self.words = words
    }

    /// Opens the list.
    ///
    /// - Throws: ``CommandFailure`` for a file that is no list, or not certainly one.
    func open(_ words: TypeWords, _ console: Console) throws -> PeopleList {
        var options = reading
        options.hasFallback = fallback != nil
        options.isType = { words.type(of: $0) != nil }
        options.areForeignTypes = words.areForeign
        return try PeopleList(path: file, options: options, console: console)
    }

    /// What each row comes to in a workspace.
    ///
    /// - Parameter findings: where what is told once for the whole list comes together.
    func check(for roster: Roster, _ words: TypeWords, _ findings: ListFindings) -> (PersonRow) -> DraftRow {
        guard kind.takesUID else {
            var check = InviteRowCheck(
                fallback: fallback, words: words, allowsUnusual: allowsUnusualAddresses, findings: findings)
            return { check.check($0) }
        }
        var check = ChangeRowCheck(
            kind, fallback: fallback, accounts: AccountIndex(roster), words: words,
            allowsUnusual: allowsUnusualAddresses, findings: findings)
        return { check.check($0) }
    }
}

extension InviteRowCheck {
    fileprivate mutating func check(_ row: PersonRow) -> DraftRow {
        check(
            line: row.location.line, email: row.email, emailColumn: row.emailColumn, accountType: row.accountType,
            accountTypeColumn: row.accountTypeColumn, malformation: row.malformation)
    }
}

extension ChangeRowCheck {
    fileprivate mutating func check(_ row: PersonRow) -> DraftRow {
        check(
            line: row.location.line, email: row.email, emailColumn: row.emailColumn, uid: row.uid,
            uidColumn: row.uidColumn, accountType: row.accountType, accountTypeColumn: row.accountTypeColumn,
            malformation: row.malformation)
    }
}
