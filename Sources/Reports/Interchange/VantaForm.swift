import Domain

/// The columns of the *Access File* of Vanta for systems without an integration (help.vanta.com, *Access File
/// Uploader*): case does not matter, "extra spaces are not allowed", and `Account name` and `Status` are required. An
/// earlier version of that page had further columns (whether access is appropriate, dates of creation and
/// deactivation), for which the API has no data.
///
/// Only active users have a row. `Status` is `Active` or `Deactivated`, and neither is correct for a pending
/// invitation.
enum VantaForm {
    static let kinds: [AccountKind] = [.user]

    /// - Parameter domains: the company's own domains, in lower case; empty if none are configured.
    static func make(domains: [String]) -> InterchangeForm<ReviewedAccount> {
        InterchangeForm([
            // The address identifies an account. The cell is required, so the uid replaces a missing address.
            .init("Account name") { Cell(tidy($0.email.isEmpty ? $0.uid : $0.email)) }.proven,
            .init("Account owner") { owner(of: $0, domains) },
            .init("Role") { Cell(tidy($0.accountType.rawValue)) }.proven,
            .init("Status", always: .text("Active")).proven,
        ])
    }

    /// The owner in the form of Vanta: an address, or `External user` for people outside the company. The API does not
    /// show whether an account belongs to a program.
    ///
    /// Empty for an address that a spreadsheet would read as a formula: with the guard it would match no person, and
    /// without it the formula would run. In *Account name*, the guarded text is harmless.
    private static func owner(of account: ReviewedAccount, _ domains: [String]) -> Cell {
        if !domains.isEmpty && !AccountFlags.isInside(account.email, domains) { return .text("External user") }
        let address = tidy(account.email)
        return FormulaGuard.isNeeded(by: address.utf8) ? .empty : Cell(address)
    }

    /// The text without leading, trailing and repeated spaces.
    static func tidy(_ text: String) -> String {
        let isTidy = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        return isTidy ? text : text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
