import Domain

/// Reads the cells that name account types.
struct AccountTypeCheck: Sendable {
    /// The types a row may ask for, by their normalised spelling.
    private let accepted: [String: AccountType]
    private let fallback: AccountType?
    /// Types by the spelling they were met in, because a file has few of them and many rows.
    private var met: [String: AccountType] = [:]

    /// - Parameters:
    ///   - fallback: the type of a row that names none; nil rejects such a row.
    ///   - seen: types that the workspace shows besides the known ones; they may be asked for too.
    init(fallback: AccountType?, seen: Set<AccountType>) {
        self.fallback = fallback
        var accepted: [String: AccountType] = [:]
        for type in Array(seen) + AccountType.known { accepted[AccountType.normalised(type.rawValue)] = type }
        self.accepted = accepted
    }

    /// The type that a cell means; a problem where it means none.
    mutating func check(_ text: String, column: Int?, problems: inout [RowProblem]) -> AccountType? {
        if let type = met[text] { return type }
        let normalised = AccountType.normalised(text)
        if normalised.isEmpty {
            if fallback == nil {
                let message = "the account type is missing; fill it in, or give --account-type for rows without one"
                problems.append(RowProblem(column: column, ground: .missingAccountType, message: message))
            }
            return fallback
        }
        if let type = accepted[normalised] {
            met[text] = type
            return type
        }
        let names = accepted.values.map(\.rawValue).sorted()
        let hint = NearestWord.to(normalised, in: names).map { "did you mean \($0)?" }
        let message =
            "\"\(Terminal.plain(text, limit: 80))\" is not an account type; "
            + (hint ?? "use one of " + names.joined(separator: ", "))
        problems.append(RowProblem(column: column, ground: .unknownAccountType, message: message))
        return nil
    }
}
