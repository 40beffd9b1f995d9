import Domain

/// A fact about an account that was changed in a completed review.
struct ReviewEdit {
    var field: DecidedRow.Field
    /// The name of the fact in messages.
    var name: String
    /// The value in the review.
    var reviewed: String
    /// The value in the file.
    var found: String

    /// Follows the address: *its email is … in the review but … in the file*.
    var sentence: String {
        "its \(name) is \(ReviewMatch.quoted(reviewed)) in the review but \(ReviewMatch.quoted(found)) in the file"
    }

    /// Changes to facts that reviewers must not change.
    ///
    /// - Parameter part: the part that the account belongs to; nil if it is not compared.
    static func all(
        in row: DecidedRow, _ account: ReviewedAccount, _ rules: ReviewRules, part: String? = nil
    ) -> [ReviewEdit] {
        var edits: [ReviewEdit] = []
        for (field, name) in names {
            guard let found = row.cells[field] else { continue }
            let reviewed = fact(field, of: account)
            if found != EmailAddress.trimmed(FileText.held(reviewed)) {
                edits.append(ReviewEdit(field: field, name: name, reviewed: reviewed, found: found))
            }
        }
        if isRenamed(row, account, rules) {
            edits.append(ReviewEdit(field: .name, name: "name", reviewed: account.name, found: row[.name]))
        }
        if let part, !row[.part].isEmpty, row[.part] != EmailAddress.trimmed(FileText.held(part)) {
            edits.append(ReviewEdit(field: .part, name: "part", reviewed: part, found: row[.part]))
        }
        return edits
    }

    private static let names: [(DecidedRow.Field, String)] = [
        (.kind, "kind"), (.email, "email"), (.uid, "uid"), (.accountType, "account type"),
        (.status, "invitation status"),
    ]

    /// A fact about an account, as in the review.
    static func fact(_ field: DecidedRow.Field, of account: ReviewedAccount) -> String {
        switch field {
        case .kind: account.kind.rawValue
        case .email: account.email
        case .uid: account.uid
        case .accountType: account.accountType.rawValue
        case .status: account.status?.rawValue ?? ""
        case .name: account.name
        default: ""
        }
    }

    /// Whether the row names another person. An empty name is not compared, and neither is a name that is too long for
    /// a cell of a workbook.
    private static func isRenamed(_ row: DecidedRow, _ account: ReviewedAccount, _ rules: ReviewRules) -> Bool {
        let now = row[.name]
        guard rules != .lettersOnly, !now.isEmpty, now != account.name, account.name.utf16.count <= 32_767 else {
            return false
        }
        return words(of: now) != words(of: EmailAddress.trimmed(FileText.held(account.name)))
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
