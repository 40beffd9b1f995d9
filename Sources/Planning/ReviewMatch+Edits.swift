import Domain

extension ReviewMatch {
    /// Changes to fields that reviewers must not change.
    func edits(of row: DecidedRow, _ account: ReviewedAccount) -> [String] {
        let fields: [(DecidedRow.Field, String, String)] = [
            (.kind, "kind", account.kind.rawValue), (.email, "email", account.email), (.uid, "uid", account.uid),
            (.accountType, "account type", account.accountType.rawValue),
            (.status, "invitation status", account.status?.rawValue ?? ""),
        ]
        let edited = fields.filter { field, _, was in
            row.cells[field].map { $0 != EmailAddress.trimmed(FileText.held(was)) } ?? false
        }
        let name = isRenamed(row, account) ? [(DecidedRow.Field.name, "name", account.name)] : []
        return (edited + name).map { field, name, was in
            "its \(name) is \(Self.quoted(was)) in the review but \(Self.quoted(row[field])) in the file"
        }
    }

    /// Whether the row names another person. An empty name is not compared, and neither is a name that is too long for
    /// a cell of a workbook.
    private func isRenamed(_ row: DecidedRow, _ account: ReviewedAccount) -> Bool {
        let now = row[.name]
        guard rules != .lettersOnly, !now.isEmpty, now != account.name, account.name.utf16.count <= 32_767 else {
            return false
        }
        return Self.words(of: now) != Self.words(of: EmailAddress.trimmed(FileText.held(account.name)))
    }

    /// The words of a name, without the characters that programs change when they save a file: line breaks and control
    /// characters.
    private static func words(of name: String) -> [Substring] {
        name.split { character in
            character.isWhitespace || character == "\u{fffd}"
                || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
        }
    }
}
