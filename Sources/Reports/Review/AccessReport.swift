import Domain
import Foundation

/// The summary of the reviews of all workspaces of a company: who has access to which workspace.
public enum AccessReport {
    /// A workspace, and the result of its review.
    public struct Workspace: Sendable {
        /// The result of a review.
        public enum Result: Sendable {
            /// The review was made.
            case reviewed(Reviewed)
            /// The review could not be made; with the reason as a sentence.
            case failed(String)
        }

        /// A review that was made.
        public struct Reviewed: Sendable {
            /// The snapshot that was reviewed.
            public var snapshot: Snapshot
            /// The number of privileged active users.
            public var privileged: Int
            /// The name of the evidence folder, beside the summary.
            public var folder: String
            /// The SHA-256 of its `SHA256SUMS`.
            public var manifestSHA256: String

            /// Creates the result of a review.
            public init(snapshot: Snapshot, privileged: Int, folder: String, manifestSHA256: String) {
                self.snapshot = snapshot
                self.privileged = privileged
                self.folder = folder
                self.manifestSHA256 = manifestSHA256
            }
        }

        /// The workspace in the API.
        public var workspace: Domain.Workspace
        /// The result of its review.
        public var result: Result

        /// Takes a workspace.
        public init(_ workspace: Domain.Workspace, _ result: Result) {
            self.workspace = workspace
            self.result = result
        }

        fileprivate var reviewed: Reviewed? {
            if case .reviewed(let reviewed) = result { reviewed } else { nil }
        }
    }

    /// Facts about the reviews.
    public struct Context: Sendable {
        /// The id of the reviews, for example `2026-Q4`.
        public var id: String
        /// The period under review.
        public var period: String
        /// The person who exported the reviews.
        public var preparer: String
        /// The host of the endpoint.
        public var endpointHost: String
        /// The version of the program.
        public var version: String
        /// When the first listing was requested.
        public var startedAt: Date
        /// When the last listing was complete.
        public var takenAt: Date

        /// Creates a context.
        public init(
            id: String, period: String, preparer: String, endpointHost: String, version: String, startedAt: Date,
            takenAt: Date
        ) {
            self.id = id
            self.period = period
            self.preparer = preparer
            self.endpointHost = endpointHost
            self.version = version
            self.startedAt = startedAt
            self.takenAt = takenAt
        }
    }

    /// The summary.
    ///
    /// - Parameter workspaces: all workspaces, in the order of the source.
    /// - Throws: errors of the source while it counts.
    public static func make(
        _ source: some AccessSource, of workspaces: [Workspace], _ context: Context
    ) throws -> Report {
        var counts = Counts()
        try source.people { counts.count($0) }
        var report = Report(kind: .access, title: "Access in all workspaces \(context.id)", time: context.takenAt)
        report.warnings = workspaces.compactMap { workspace in
            guard case .failed(let reason) = workspace.result else { return nil }
            return "\(workspace.workspace.name) was not reviewed; its accounts are not included: \(reason)"
        }
        report.facts = [facts(context, workspaces, counts)]
        report.tallies = [
            Tally(
                key: "peopleByWorkspaces", title: "People by number of workspaces",
                counts: counts.byWorkspaces.sorted { $0.key < $1.key }.map { ("\($0.key)", $0.value) },
                isCharted: true),
            Tally(
                key: "usersByWorkspace", title: "Active users by workspace",
                counts: zip(labels(of: workspaces.map(\.workspace)), workspaces).compactMap { label, workspace in
                    workspace.reviewed.map { (label, $0.snapshot.active) }
                }),
        ]
        report.tables = [
            people(
                source, workspaces.map(\.workspace),
                unreviewed: Set(workspaces.indices.filter { workspaces[$0].reviewed == nil }),
                count: counts.people), self.workspaces(workspaces),
        ]
        return report
    }

    private struct Counts {
        var people = 0
        var privileged = 0
        var byWorkspaces: [Int: Int] = [:]

        mutating func count(_ person: PersonAccess) {
            people += 1
            if person.privileged > 0 { privileged += 1 }
            byWorkspaces[person.workspaces, default: 0] += 1
        }
    }

    private static func facts(_ context: Context, _ workspaces: [Workspace], _ counts: Counts) -> FactGroup {
        FactGroup(
            key: "summary", title: "This review",
            facts: [
                Fact("id", "Review", .text(context.id)),
                Fact("period", "Period", .text(context.period)),
                Fact("preparer", "Prepared by", Cell(context.preparer)),
                Fact("endpointHost", "Endpoint", .text(context.endpointHost)),
                Fact("workspaces", "Workspaces", .number(workspaces.count)),
                Fact("reviewed", "Reviewed", .number(workspaces.count { $0.reviewed != nil })),
                Fact("people", "People (distinct addresses)", .number(counts.people)),
                Fact("privileged", "Privileged in any workspace", .number(counts.privileged)),
                Fact("requestedAt", "First listing requested (UTC)", .time(context.startedAt)),
                Fact("takenAt", "Last listing complete (UTC)", .time(context.takenAt)),
                Fact("rollcallVersion", "rollcall", .text(context.version)),
            ])
    }
}
