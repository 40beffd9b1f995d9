import Domain

/// Reads the cells that name account types.
struct AccountTypeCheck {
    private let words: TypeWords
    private let fallback: AccountType?
    private let findings: ListFindings
    /// Types by their spelling in the file, because a file has few spellings and many rows.
    private var met: [String: (type: AccountType, pattern: String?)] = [:]
    /// The message for each unknown word. Cached, because finding the nearest type for every row would take longer than
    /// the rest of the list.
    private var refusals: [String: String] = [:]

    /// - Parameters:
    ///   - fallback: the type of a row that names none; nil rejects such a row.
    ///   - findings: where unknown words are counted.
    init(_ words: TypeWords, fallback: AccountType?, findings: ListFindings) {
        self.words = words
        self.fallback = fallback
        self.findings = findings
    }

    /// The account type in a cell. Adds a problem and returns nil if there is none.
    ///
    /// - Parameters:
    ///   - line: the line of the row.
    ///   - isCounted: whether an unknown word counts among those that the user has to map; false for a row without an
    ///     address, such as a row of totals.
    mutating func check(
        _ text: String, line: Int, column: Int?, isCounted: Bool = true, problems: inout [RowProblem]
    ) -> AccountType? {
        if let known = met[text] {
            if let pattern = known.pattern { findings.used(pattern: pattern) }
            return known.type
        }
        if let type = words.type(of: text) {
            let pattern = words.pattern(for: text)
            met[text] = (type, pattern)
            if let pattern { findings.used(pattern: pattern) }
            findings.took(EmailAddress.trimmed(text), isPrivileged: words.isPrivilegeByName(text))
            return type
        }
        let cell = EmailAddress.trimmed(text)
        if AccountType.word(cell)?.isEmpty ?? cell.isEmpty {
            if fallback == nil {
                let message = "the account type is missing; fill it in, or set --account-type for rows without one"
                problems.append(RowProblem(column: column, ground: .missingAccountType, message: message))
            }
            return fallback
        }
        if isCounted { findings.met(cell, line: line) }
        let message = refusals[cell] ?? refusal(of: cell)
        refusals[cell] = message
        problems.append(RowProblem(column: column, ground: .unknownAccountType, message: message))
        return nil
    }

    private func refusal(of cell: String) -> String {
        let quoted = "\"\(Terminal.plain(cell, limit: 80))\""
        let hint = words.misspelt(cell).map { "did you mean \($0)?" }
        return AccountType.word(cell) == nil
            ? "\(quoted) contains more than one account type; write exactly one in each row"
            : "\(quoted) is not an account type; " + (hint ?? "use one of " + words.names.joined(separator: ", "))
    }
}
