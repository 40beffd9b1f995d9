/// The rules by which a filled-in review is read. A remediation is verified by those that it was carried out by, which its
/// record names, so that evidence stays verifiable when words are added or are no longer clear enough.
public enum ReviewRules: Int, Sendable, CaseIterable {
    /// Those of versions whose records name no rules: the letters of a cell decide, whatever else stands in it and
    /// whatever kind of account it is about; the name in a row is not compared.
    case lettersOnly = 1
    /// A word counts where it can be read in one way for that kind of account; the name in a row has to be the reviewed
    /// one.
    case wordsByKind = 2

    /// Those by which reviews are carried out.
    public static let current = ReviewRules.wordsByKind

    /// The rules that a record names.
    ///
    /// - Parameter number: nil in records of versions that named none.
    /// - Returns: nil for rules that only a newer version knows.
    public init?(recorded number: Int?) { self.init(rawValue: number ?? Self.lettersOnly.rawValue) }
}
