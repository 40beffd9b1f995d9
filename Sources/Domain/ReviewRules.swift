/// The rules by which a completed review is read. A remediation is verified by the rules that it was carried out by,
/// which its record names, so that evidence stays verifiable when words are added or removed.
public enum ReviewRules: Int, Sendable, CaseIterable, Comparable {
    /// The rules of versions whose records name none: the letters of a cell decide, whatever else the cell contains and
    /// whatever kind of account it is about; the name in a row is not compared.
    case lettersOnly = 1
    /// A word counts if it has one meaning for that kind of account; the name in a row must be the reviewed one.
    case wordsByKind = 2
    /// Every sheet counts, several rows about an account may complete each other, and any subset of the rows may be
    /// handed in. Cells without a certain content are problems.
    case everySheet = 3

    /// The rules by which reviews are carried out now.
    public static let current = ReviewRules.everySheet

    /// The rules that a record names.
    ///
    /// - Parameter number: nil in records of versions that named none.
    /// - Returns: nil for rules of a newer version.
    public init?(recorded number: Int?) { self.init(rawValue: number ?? Self.lettersOnly.rawValue) }

    /// Whether rules are older.
    public static func < (left: ReviewRules, right: ReviewRules) -> Bool { left.rawValue < right.rawValue }
}
