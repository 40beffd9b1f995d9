import Domain

extension ReviewMatch {
    /// What was changed that is not for reviewers to change.
    func edits(of row: DecidedRow, _ account: ReviewedAccount) -> [String] {
        let fields: [(DecidedRow.Field, String, String)] = [
            (.kind, "kind", account.kind.rawValue), (.email, "email", account.email), (.uid, "uid", account.uid),
            (.accountType, "account type", account.accountType.rawValue),
            (.status, "invite status", account.status?.rawValue ?? ""),
        ]
        let edited = fields.filter { field, _, was in
            row.cells[field].map { $0 != EmailAddress.trimmed(FileText.held(was)) } ?? false
        }
        let name = isRenamed(row, account) ? [(DecidedRow.Field.name, "name", account.name)] : []
        return (edited + name).map { field, name, was in
            "its \(name) was \(Self.quoted(was)) in the review and is \(Self.quoted(row[field])) in the file"
        }
    }

    /// Whether the row names somebody else. An empty name says nothing, and a workbook cuts names that are too long for a
    /// cell.
    private func isRenamed(_ row: DecidedRow, _ account: ReviewedAccount) -> Bool {
        let now = row[.name]
        guard rules != .lettersOnly, !now.isEmpty, now != account.name, account.name.utf16.count <= 32_767 else {
            return false
        }
        return Self.words(of: now) != Self.words(of: EmailAddress.trimmed(FileText.held(account.name)))
    }

    /// A name without what programs spell in other ways when they save a file: line breaks and control characters.
    private static func words(of name: String) -> [Substring] {
        name.split { character in
            character.isWhitespace || character == "\u{fffd}"
                || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
        }
    }
}
