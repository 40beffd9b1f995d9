import Foundation

/// A step in the life of a review, as the ledger keeps it. Steps are never changed or deleted.
public struct ReviewStep: Hashable, Sendable {
    /// The kind of a step.
    public enum Kind: String, Sendable, CaseIterable {
        /// Accounts were added to the review.
        case supplemented
        /// Decisions were applied.
        case applied
        /// The review was closed.
        case closed
    }

    /// The id of the review.
    public var review: String
    /// The workspace.
    public var workspace: String
    /// What was done.
    public var kind: Kind
    /// When it was done.
    public var at: Date
    /// Who did it; empty if it is not known.
    public var by: String
    /// The evidence folder, as an absolute path.
    public var folder: String
    /// The name of the checksums that this step has written, for example `remediation.SHA256SUMS`.
    public var file: String
    /// The SHA-256 of `SHA256SUMS` of the review, which tells reviews with the same id apart.
    public var reviewSHA256: String
    /// The SHA-256 of the checksums of this step, 64 hexadecimal characters.
    public var sha256: String

    /// Creates a step.
    public init(
        review: String, workspace: String, kind: Kind, at: Date, by: String, folder: String, file: String,
        reviewSHA256: String, sha256: String
    ) {
        self.review = review
        self.workspace = workspace
        self.kind = kind
        self.at = at
        self.by = by
        self.folder = folder
        self.file = file
        self.reviewSHA256 = reviewSHA256
        self.sha256 = sha256
    }
}
