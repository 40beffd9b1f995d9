import Domain

/// What the service accounts and the exceptions of the settings say that somebody should correct: it is no finding about an
/// account, and is found while accounts are compared.
public struct SettingsRemarks: Sendable {
    private let comparison: PeopleComparison
    private let ended: [FindingException]
    private var accounts = 0
    /// The exceptions that apply and have named every account so far.
    private var general: [FindingException]
    /// The accounts with findings that an exception named until its last day, by its place.
    private var lapsed: [Int: [String]] = [:]
    private var people: [String] = []

    /// Starts without accounts.
    public init(_ comparison: PeopleComparison) {
        self.comparison = comparison
        ended = comparison.exceptions.filter { $0.hasEnded(by: comparison.day) }
        general = comparison.exceptions.filter { !$0.hasEnded(by: comparison.day) }
    }

    /// Takes an account.
    ///
    /// - Parameter hasFindings: whether something is found about the account that no exception accepts; called only if an
    ///   exception that has ended names it.
    public mutating func take(_ email: String, hasFindings: () -> Bool) {
        accounts += 1
        general.removeAll { !$0.names(email) }
        if let place = ended.firstIndex(where: { $0.names(email) }), hasFindings() {
            lapsed[place, default: []].append(email)
        }
        guard !comparison.services.isEmpty, let service = comparison.service(of: email),
            let owner = comparison.directory.owner(of: email, on: comparison.day)
        else { return }
        let state = owner.employment.words.map { " (\($0))" } ?? ""
        people.append(
            "\(email) is the \(service.words) in the settings, and a person on line \(owner.person.line) of the company's own "
                + "list\(state); it counts as a service account")
    }

    /// The remarks, as sentences.
    public var sentences: [String] {
        people
            + lapsed.sorted { $0.key < $1.key }.map { place, emails in
                let exception = ended[place]
                return "the exception for \(exception.pattern) ended on \(exception.until), so the findings about "
                    + "\(emails.prefix(3).joined(separator: ", "))\(emails.count > 3 ? " and \(emails.count - 3) more" : "") count again"
            }
            + (accounts > 1 ? general : []).map { exception in
                "the exception for \(exception.pattern) names all \(accounts) accounts, so no finding about them counts; name "
                    + "fewer"
            }
    }
}
