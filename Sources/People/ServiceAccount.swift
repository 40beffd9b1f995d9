import Domain

/// An account that belongs to no person, as the company's settings list it.
public struct ServiceAccount: Hashable, Sendable, Codable {
    /// The address of the account.
    public var account: String
    /// The person who answers for it: an address or a name.
    public var owner: String
    /// What the account is for.
    public var reason: String
    /// Whether it is an emergency account, which is used only if nobody else can sign in.
    public var isBreakGlass: Bool

    private static let breakGlass = "break-glass"

    /// Reads `ACCOUNT=OWNER; REASON`, with `; break-glass` behind it for an emergency account; nil for another form.
    public init?(_ text: String) {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        account = EmailAddress.trimmed(String(text[..<sign]))
        var parts = text[text.index(after: sign)...].split(separator: ";", omittingEmptySubsequences: false)
            .map { EmailAddress.trimmed(String($0)) }
        isBreakGlass = parts.count > 2 && parts.last?.lowercased() == Self.breakGlass
        if isBreakGlass { parts.removeLast() }
        guard parts.count >= 2, (try? EmailAddress(account)) != nil, parts.allSatisfy({ !$0.isEmpty }) else {
            return nil
        }
        (owner, reason) = (parts[0], parts[1...].joined(separator: "; "))
    }

    /// What is wrong with the text of a service account, as a clause about it; nil for a good one.
    public static func problem(_ text: String) -> String? {
        guard let found = ServiceAccount(text) else { return "is not " + form }
        return found.account.contains("*")
            ? "has a pattern, but each service account is listed by its address; for a pattern, use exceptions" : nil
    }

    /// The form that ``init(_:)`` reads, in words.
    public static let form = "ACCOUNT=OWNER; REASON, for example ci@acme.io=grace@acme.io; builds"

    /// `service account of grace@acme.io`, `break-glass account of grace@acme.io`
    public var words: String { "\(isBreakGlass ? "break-glass" : "service") account of \(owner)" }
}
