import Domain

/// The columns of Microsoft Entra's review history (learn.microsoft.com, *Create and manage downloadable access review
/// history report in Microsoft Entra access reviews*), in its order and with its terms.
///
/// Every account has a row, including invitations: Entra reviews guests who have not accepted, too. Where Entra has
/// GUIDs, the ids are those of this program and of the API. Entra has no column for a role in an application, but
/// reviews each role as a separate resource; so the resource is the account type, after the host of the endpoint:
/// `api.acme.io / ADMIN`, and for an invitation `api.acme.io / ADMIN (invite, EXPIRED)`.
///
/// Columns without data are empty: the series, the ids and sign-in names of owner and reviewer, the time of a decision,
/// and the person who applied it.
enum EntraForm {
    /// The status of a review (learn.microsoft.com, *AccessReviewInstanceStatus*).
    enum Status: String {
        case inProgress = "InProgress"
        case applying = "Applying"
        case applied = "Applied"
    }

    static let kinds = AccountKind.allCases

    static func title(of record: EvidenceRecord) -> String { "Access review \(record.review)" }

    static func make(_ record: EvidenceRecord, status: Status) -> InterchangeForm<EntraItem> {
        InterchangeForm(review(record, status) + principal + decision)
    }

    /// - Note: a review is created and starts when the workspace is listed.
    private static func review(_ record: EvidenceRecord, _ status: Status) -> [InterchangeForm<EntraItem>.Field] {
        let host = record.endpointHost
        return [
            .init("AccessReviewId", always: Cell(record.review)).proven,
            .init("AccessReviewSeriesId"),
            .init("ReviewType", always: .text("application")),
            .init("ResourceDisplayName") { .text("\(host) / \($0.access)") }.proven,
            .init("ResourceId", always: Cell(record.workspace)).proven,
            .init("ReviewName", always: .text(title(of: record))),
            .init("CreatedDateTime", always: Cell(record.takenAt)),
            .init("ReviewStartDate", always: Cell(record.takenAt)),
            .init("ReviewEndDate", always: Cell(record.due)),
            .init("ReviewStatus", always: .text(status.rawValue)),
            .init("OwnerId"),
            .init("OwnerName", always: Cell(record.preparer)),
            .init("OwnerUPN"),
        ]
    }

    private static var principal: [InterchangeForm<EntraItem>.Field] {
        [
            .init("PrincipalId") { Cell($0.uid) }.proven,
            .init("PrincipalName") { Cell($0.name) }.proven,
            .init("PrincipalUPN") { Cell($0.email) }.proven,
            .init("PrincipalType", always: .text("user")),
        ]
    }

    private static var decision: [InterchangeForm<EntraItem>.Field] {
        [
            .init("ReviewDate"),
            .init("ReviewResult") { .text(EntraResult.word(for: $0.decision)) },
            .init("Justification") { Cell(EntraResult.justification(of: $0)) },
            .init("ReviewerId"),
            .init("ReviewerName") { Cell($0.reviewer) },
            .init("ReviewerUPN"),
            .init("ReviewerEmailAddress") { (try? EmailAddress($0.reviewer)) == nil ? .empty : .text($0.reviewer) },
            .init("AppliedByName"),
            .init("AppliedByUPN"),
            .init("AppliedByEmailAddress"),
            .init("AppliedDate") { Cell($0.appliedAt) },
            .init("AccessRecommendation", always: .text("No Info")),
            .init("SubmissionResult") { .text($0.isApplied ? "applied" : "not applied") },
        ]
    }
}
