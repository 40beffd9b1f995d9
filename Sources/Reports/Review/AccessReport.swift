import Domain
import Foundation

/// Who has access in which of a company's workspaces: the summary over the reviews of all of them.
public enum AccessReport {
    /// One of the workspaces, and what became of its review.
    public struct Workspace: Sendable {
        /// What became of the review.
        public enum Result: Sendable {
            /// It is in a folder.
            case reviewed(Reviewed)
            /// It could not be made: a sentence.
            case failed(String)
        }

        /// A review that was made.
        public struct Reviewed: Sendable {
            /// The snapshot that was reviewed.
            public var snapshot: Snapshot
            /// How many of the active users are privileged.
            public var privileged: Int
            /// The evidence folder's name, beside the summary.
            public var folder: String
            /// The SHA-256 of its `SHA256SUMS`.
            public var manifestSHA256: String

            /// Takes what was made.
            public init(snapshot: Snapshot, privileged: Int, folder: String, manifestSHA256: String) {
                self.snapshot = snapshot
                self.privileged = privileged
                self.folder = folder
                self.manifestSHA256 = manifestSHA256
            }
        }

        /// As the API names it.
        public var workspace: Domain.Workspace
        /// What became of it.
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

    /// What the summary is told by its caller.
    public struct Context: Sendable {
        /// The reviews' name, for example `2026-Q4`.
        public var id: String
        /// The time that they cover.
        public var period: String
        /// Who made them.
        public var preparer: String
        /// The endpoint's host.
        public var endpointHost: String
        /// The program's version.
        public var version: String
        /// When the first listing was asked for.
        public var startedAt: Date
        /// When the last one was there.
        public var takenAt: Date

        /// Takes what is known.
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
    /// - Parameter workspaces: all of them, in the order in which the source counts them.
    /// - Throws: what the source throws while it counts.
    public static func make(
        _ source: some AccessSource, of workspaces: [Workspace], _ context: Context
    ) throws -> Report {
        var counts = Counts()
        try source.people { counts.count($0) }
        var report = Report(kind: .access, title: "Access in all workspaces \(context.id)", time: context.takenAt)
        report.warnings = workspaces.compactMap { workspace in
            guard case .failed(let reason) = workspace.result else { return nil }
            return "\(workspace.workspace.name) was not reviewed, and nobody in it is counted: \(reason)"
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
                Fact("people", "People, by address", .number(counts.people)),
                Fact("privileged", "Privileged in a workspace", .number(counts.privileged)),
                Fact("requestedAt", "First listing requested (UTC)", .time(context.startedAt)),
                Fact("takenAt", "Last listing answered (UTC)", .time(context.takenAt)),
                Fact("rollcallVersion", "rollcall", .text(context.version)),
            ])
    }
}
