import Domain
import Planning
import Readers
import TerminalIO

/// A list of people, and the change that it requests.
public struct ListRequest {
    /// The change that each row requests.
    public let kind: WorkspaceChange.Kind
    /// The path of the list, or `-` for standard input.
    public let file: String
    /// The options for reading the file.
    public var reading: ListOptions
    /// The names of account types.
    public var words: TypeWords
    /// The account type for rows without one.
    public var fallback: AccountType?
    /// Whether to include a person if at least one of their rows is included.
    public var takesAnyRow = false
    /// Whether to accept addresses with unusual characters.
    public var allowsUnusualAddresses = false
    /// What to do about accounts that the list does not name; nil if the list only requests changes.
    public var sync: SyncRequest?

    /// Creates a request without a fallback: every row must name its account type.
    public init(_ kind: WorkspaceChange.Kind, file: String, reading: ListOptions, words: TypeWords) {
        self.kind = kind
        self.file = file
        self.reading = reading
        self.words = words
    }

    /// Creates a request to make the workspace match the list.
    public init(_ sync: SyncRequest, file: String, reading: ListOptions, words: TypeWords) {
        self.init(.changeRole, file: file, reading: reading, words: words)
        self.sync = sync
    }

    /// The kind of the run.
    public var runKind: RunHeader.Kind { sync == nil ? .change(kind) : .sync }

    /// No row has a known account type.
    var withoutTypes: CommandFailure {
        CommandFailure(
            .nothingSent, code: .inputInvalid,
            "no row of \(Terminal.plain(file)) has a known account type; nothing was sent")
    }

    /// Opens the list.
    ///
    /// - Throws: ``CommandFailure`` for a file that is not a list, or may not be one.
    func open(_ words: TypeWords, _ console: Console) throws -> PeopleList {
        var options = reading
        options.hasFallback = fallback != nil
        options.isType = { words.type(of: $0) != nil }
        options.areForeignTypes = words.areForeign
        return try PeopleList(path: file, options: options, console: console)
    }

    /// The check for each row, given a workspace.
    ///
    /// - Parameter findings: collects findings that are reported once for the whole list.
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

    /// The check for each row of a list that the workspace is to match; nil for other lists.
    func syncCheck(for roster: Roster, _ words: TypeWords, _ findings: ListFindings) -> SyncRowCheck? {
        guard sync != nil else { return nil }
        return SyncRowCheck(
            fallback: fallback, accounts: AccountIndex(roster), words: words, allowsUnusual: allowsUnusualAddresses,
            findings: findings)
    }
}

extension SyncRowCheck {
    mutating func check(_ row: PersonRow) -> DraftRow {
        check(
            line: row.location.line, email: row.email, emailColumn: row.emailColumn, uid: row.uid,
            uidColumn: row.uidColumn, accountType: row.accountType, accountTypeColumn: row.accountTypeColumn,
            malformation: row.malformation)
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
