import Domain
import Foundation

/// What the company's own list says about an account, and a reviewer should check.
///
/// The raw values are stable codes, for programs.
public enum FindingCode: String, CaseIterable, Sendable {
    /// The owner has left.
    case left = "LEFT"
    /// The list does not say whether the owner has left or is only away.
    case leftOrSuspended = "LEFT_OR_SUSPENDED"
    /// Nobody in the list has the address, and it is not a service account.
    case unknown = "UNKNOWN"
    /// The owner of a service account has left, or is not in the list.
    case serviceOwnerLeft = "SERVICE_OWNER_LEFT"
    /// The manager of the owner has left.
    case managerLeft = "MANAGER_LEFT"
    /// The account was seen before the owner's first day.
    case joinedLater = "JOINED_LATER"
    /// The owner's last day is before the next review.
    case endsSoon = "ENDS_SOON"
}

/// How serious a finding is, the most serious first.
public enum Severity: String, CaseIterable, Comparable, Sendable {
    case critical, high, medium, low

    /// Whether one is more serious than another.
    public static func < (left: Severity, right: Severity) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// One finding about an account.
public struct AccountFinding: Hashable, Sendable {
    /// The stable code.
    public let code: FindingCode
    /// How serious it is for this account.
    public let severity: Severity
    /// The finding in words: `left on 2026-09-30`.
    public let words: String
}

/// What the company's own list says about one account.
///
/// A class, because ten columns ask about each account, and a copy of the person for each of them takes longer than the
/// comparison.
public final class AccountStanding: Sendable {
    /// The person whom the account belongs to; nil if nobody in the list has its address.
    public let owner: AccountOwner?
    /// The service account that it is; nil if it is none.
    public let service: ServiceAccount?
    /// The findings, the most serious first; also those that are excepted.
    public let findings: [AccountFinding]
    /// The exception that applies to the findings; nil if there is none.
    public let exception: FindingException?

    init(
        owner: AccountOwner?, service: ServiceAccount?, findings: [AccountFinding], exception: FindingException?
    ) {
        self.owner = owner
        self.service = service
        self.findings = findings
        self.exception = exception
    }

    /// What a reviewer is recommended to decide, with the reason; nil if nothing is recommended.
    ///
    /// It is never a decision by itself. Somebody who may be away is never recommended to lose access.
    public var recommendation: String? {
        guard exception == nil, let first = findings.first else { return nil }
        switch first.code {
        case .left: return "Revoke: \(first.words)"
        case .unknown: return "Find the owner: \(first.words)"
        case .leftOrSuspended: return "Ask the manager: \(first.words)"
        case .serviceOwnerLeft: return "Name another owner: \(first.words)"
        case .managerLeft, .joinedLater, .endsSoon: return nil
        }
    }

    /// Whether the account belongs to somebody who has certainly left.
    public var isOfLeaver: Bool {
        if case .left = owner?.employment { return service == nil }
        return false
    }

    /// Whether the account belongs to somebody who has left or is only away.
    public var mayBeOfLeaver: Bool {
        if case .unclear = owner?.employment { return service == nil }
        return false
    }
}
