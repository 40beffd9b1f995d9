/// Fields of directory services whose values define whether an account is disabled.
enum DirectoryField: String, Sendable, CaseIterable {
    /// Active Directory: a set of flags, of which 2 is ACCOUNTDISABLE.
    case userAccountControl
    /// 389 Directory Server: true for an account that an administrator has disabled.
    case nsAccountLock
    /// LDAP accounts of Unix (RFC 2307): the day on which the account expires, in days since 1970-01-01.
    case shadowExpire
    /// Active Directory: when the account expires, in 100 ns since 1601-01-01.
    case accountExpires
    /// FreeIPA: when the account expires, in generalized time (RFC 4517, section 3.3.13).
    case krbPrincipalExpiration
    /// SAP: a set of flags, of which 32 and 64 are locks by an administrator, and 128 one after failed logons.
    case uflag

    init?(header: String) {
        let letters = ListText.letters(header)
        guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == letters }) else { return nil }
        self = found
    }

    /// The state that a cell means.
    ///
    /// - Parameter today: in days since 1970-01-01.
    func kind(of text: String, today: Int) -> RowState.Kind {
        switch self {
        case .userAccountControl:
            guard let flags = Self.integer(text) else { return text.isEmpty ? .blank : .unknown }
            return flags & 2 == 0 ? .in : .out
        case .nsAccountLock: return text.lowercased() == "true" ? .out : .in
        case .shadowExpire:
            guard let day = Int(text) else { return text.isEmpty ? .in : .unknown }
            if day < 0 { return .in }
            // shadow(5): 0 should not be used, because programs interpret it in two ways.
            return day == 0 ? .unknown : day <= today ? .out : .in
        case .accountExpires:
            guard let time = Int64(text) else { return text.isEmpty ? .in : .unknown }
            if time == 0 || time == .max { return .in }
            return time / 864_000_000_000 - 134_774 <= Int64(today) ? .out : .in
        case .krbPrincipalExpiration:
            guard let date = WrittenDate(text) else { return text.isEmpty ? .in : .unknown }
            return date.latest < today ? .out : .in
        case .uflag:
            guard let flags = Int(text) else { return text.isEmpty ? .blank : .unknown }
            return flags & 96 == 0 ? .in : .out
        }
    }

    private static func integer(_ text: String) -> Int? {
        text.lowercased().hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    }
}
