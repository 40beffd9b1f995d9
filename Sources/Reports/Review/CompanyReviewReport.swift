import Domain
import Foundation
import People

/// The reviews of several workspaces in one workbook, for people who decide about all of them. Row keys bind every row to
/// the review of its workspace.
public enum CompanyReviewReport {
    /// The review of one workspace.
    public struct Part {
        /// The name of the workspace.
        public var workspace: String
        /// Its review.
        public var report: Report

        /// Creates a part.
        public init(workspace: String, report: Report) {
            self.workspace = workspace
            self.report = report
        }
    }

    private static let column = Column(
        "workspace", "Workspace", width: 18, help: "The workspace that the account belongs to.")

    private static let allWorkspaces = Column(
        "allWorkspaces", "All workspaces", width: 11, entry: .yes, isPrinted: false,
        help: "yes: the decision counts for all accounts of this address and kind that have no decision of their own.")

    /// Joins the tables of the reviews; nil if there are no reviews.
    public static func make(_ parts: [Part], _ context: AccessReport.Context) -> Report? {
        guard let first = parts.first?.report else { return nil }
        var report = Report(kind: .review, title: "Access review \(context.id)", time: context.takenAt)
        report.facts = [
            FactGroup(
                key: "review", title: "Review",
                facts: [
                    Fact("review", "Review", .text(context.id)), Fact("period", "Period", .text(context.period)),
                    Fact("workspaces", "Workspaces", .text(parts.map(\.workspace).listed("and"))),
                ])
        ]
        let reaches = parts.compactMap { part in
            part.report.facts.first { $0.key == "activity" }?.facts.first { $0.key == "meaning" }.map { fact in
                Fact(part.workspace, part.workspace, fact.value)
            }
        }
        if !reaches.isEmpty {
            report.facts.append(FactGroup(key: "activity", title: "Activity", facts: reaches))
        }
        report.warnings = parts.flatMap { part in part.report.warnings.map { "\(part.workspace): \($0)" } }
        let decided = first.tables.filter { $0.role == .population }.compactMap { joined($0.id, parts) }
        // Of people who may have access to several workspaces, so it comes first here, too.
        report.tables = [joined(PeopleTables.leaversID, parts).map(mostSeriousFirst)].compactMap(\.self) + decided
        report.instructions = first.instructions.map { instructions in
            var instructions = instructions
            instructions.sentences.insert(
                "If a decision counts for all accounts of a person, choose yes in the column All workspaces: rows about the "
                    + "same address and of the same kind then take it, unless they have a decision of their own.", at: 1
            )
            for place in instructions.facts.indices where instructions.facts[place].key == "rows" {
                let rows = decided.map {
                    "\($0.count.grouped) \($0.id == "users" ? "active users" : "invitations")"
                }
                instructions.facts[place] = Fact("rows", "Rows to decide", .text(rows.listed("and")))
            }
            return instructions
        }
        report.signOff = first.signOff
        return report
    }

    /// The tables of an id, one after the other, with a column for the workspace.
    private static func joined(_ id: String, _ parts: [Part]) -> Table? {
        let tables = parts.compactMap { part in
            part.report.tables.first { $0.id == id }.map { (workspace: part.workspace, table: $0) }
        }
        guard let first = tables.first?.table else { return nil }
        var layout = first.layout
        if let place = layout?.first.firstIndex(where: { $0.key == first.layout?.frozenThrough }) {
            layout?.first.insert(.init(column.key, width: column.width), at: place + 1)
        }
        var columns = columns(tables.map(\.table))
        if first.role == .population, let place = columns.firstIndex(where: \.isDecision) {
            columns.insert(allWorkspaces, at: place + 1)
            if let place = layout?.first.firstIndex(where: { $0.key == columns[place].key }) {
                layout?.first.insert(.init(allWorkspaces.key, width: 11), at: place + 1)
            }
        }
        return Table(
            id: id, title: first.title, note: first.note, role: first.role, columns: columns + [column],
            layout: layout, count: tables.reduce(0) { $0 + $1.table.count }
        ) { body in
            for (workspace, table) in tables {
                let places = columns.map { column in table.columns.firstIndex { $0.key == column.key } }
                try table.rows { row in try body(places.map { $0.map { row[$0] } ?? .empty } + [.text(workspace)]) }
            }
        }
    }

    /// The rows in the order of their severities, which is their first cell, over all workspaces.
    private static func mostSeriousFirst(_ table: Table) -> Table {
        var sorted = table
        sorted.rows = { body in
            for severity in Severity.allCases {
                try table.rows { row in if row[0] == .text(severity.rawValue) { try body(row) } }
            }
        }
        return sorted
    }

    /// The columns of all tables: not every workspace may have an audit log that can be used.
    private static func columns(_ tables: [Table]) -> [Column] {
        var columns: [Column] = []
        for table in tables {
            columns += table.columns.filter { column in !columns.contains { $0.key == column.key } }
        }
        // Each log reaches back differently.
        let activity = AccountColumns.activityColumns(
            reach: "the facts say how far back the log of each workspace reaches")
        return columns.map { column in [activity.last, activity.events].first { $0.key == column.key } ?? column }
    }
}
