import Domain

/// Why a file is not a completed review.
public enum FilledReviewError: ReadingError, Hashable, Sendable {
    /// No sheet, or no row of the CSV, has the columns of a review.
    case noReview
    /// No sheet has all the columns of a review; one of them has some, with those that it lacks.
    case noColumns(sheet: String?, missing: [String])
    /// The sheet has row keys but no row of titles.
    case noTitles(sheet: String?)
    /// Two columns have the same name.
    case twoColumns(String)
    /// A sheet with decisions is hidden.
    case hiddenSheet(String)
    /// The content is evidently in another format; with what to do about it.
    case looksLike(String, advice: String)

    /// What is wrong; follows the name of the file.
    public var sentence: String {
        switch self {
        case .noReview:
            "is not a review exported by rollcall: the columns \"Email\", \"Decision\" and \"Row key\" are missing"
        case .noColumns(let sheet, let missing):
            "is not a complete review: \(Self.named(sheet))has no column "
                + missing.map { "\"\($0)\"" }.listed("or") + "; " + Self.startAgain
        case .noTitles(let sheet):
            "is not a complete review: \(Self.named(sheet))has row keys but no row with the titles of the columns; "
                + Self.startAgain
        case .twoColumns(let name):
            "has two columns named \"\(Terminal.plain(name, limit: 60))\"; remove one of them"
        case .hiddenSheet(let name):
            "has decisions in the hidden sheet \"\(Terminal.plain(name, limit: 60))\"; unhide the sheet and check "
                + "them, or delete it"
        case .looksLike(let what, let advice): "looks like \(what); \(advice)"
        }
    }

    private static let startAgain = "copy the decisions into the exported file"

    private static func named(_ sheet: String?) -> String {
        sheet.map { "the sheet \"\(Terminal.plain($0, limit: 60))\" " } ?? "it "
    }
}
