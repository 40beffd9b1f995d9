import Domain

/// The columns of Vanta's *Access File* for systems that it does not integrate with (help.vanta.com, *Access File
/// Uploader*): capitals do not matter, "extra spaces are not allowed", and `Account name` and `Status` have to be
/// there. What an earlier version of that page had beside them (whether access is appropriate, dates of creation and
/// deactivation) could only be left empty here, and the present one no longer asks for it.
///
/// Only active users have a row. `Status` is `Active` or `Deactivated`: an invite that waits is neither access that
/// somebody has nor access that was taken away, so that both words would be wrong; it is in the review's own files.
enum VantaForm {
    static let kinds: [AccountKind] = [.user]

    /// - Parameter domains: the company's own, in lower case; none if nobody named them.
    static func make(domains: [String]) -> InterchangeForm<ReviewedAccount> {
        InterchangeForm([
            // The address is what tells accounts apart; the required cell is not left empty where there is none.
            .init("Account name") { Cell(tidy($0.email.isEmpty ? $0.uid : $0.email)) }.proven,
            .init("Account owner") { owner(of: $0, domains) },
            .init("Role") { Cell(tidy($0.accountType.rawValue)) }.proven,
            .init("Status", always: .text("Active")).proven,
        ])
    }

    /// The owner as Vanta knows people: by address; `External user` for somebody outside the company. Whether an account
    /// is nobody's, or a program's, the API does not say.
    ///
    /// Empty for an address that a spreadsheet would take for a formula: with the guard before it, it would be
    /// nobody's, and without it would run. As an account's *name* the guarded text does no harm.
    private static func owner(of account: ReviewedAccount, _ domains: [String]) -> Cell {
        if !domains.isEmpty && !AccountFlags.isInside(account.email, domains) { return .text("External user") }
        let address = tidy(account.email)
        return FormulaGuard.isNeeded(by: address.utf8) ? .empty : Cell(address)
    }

    /// Text without blanks at its ends, and with no more than one between words.
    static func tidy(_ text: String) -> String {
        let isTidy = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        return isTidy ? text : text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
