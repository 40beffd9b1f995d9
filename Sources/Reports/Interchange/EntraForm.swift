import Domain

/// The columns of Microsoft Entra's review history (learn.microsoft.com, *Create and manage downloadable access review
/// history report in Microsoft Entra access reviews*), in its order and with its words.
///
/// Every account has a row, invites too: a guest who has not accepted is reviewed in Entra as well. Ids are this
/// program's and the API's, where Entra has GUIDs. Entra has no column for what somebody may do in an application, and
/// reviews a role as a resource of its own; so the resource here is the account type, behind the endpoint's host:
/// `api.acme.io / ADMIN`, and for an invite `api.acme.io / ADMIN (invite, EXPIRED)`.
///
/// What nobody here knows stays empty: a series, the ids and sign-in names of owner and reviewer, the time of a
/// decision, and who carried it out.
enum EntraForm {
    /// How far a review is (learn.microsoft.com, *AccessReviewInstanceStatus*).
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

    /// - Note: a review of this program is made in the moment in which its population is taken, and open from then on.
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
