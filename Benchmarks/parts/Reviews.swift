import Domain
import Foundation
import Reports

extension Part {
    /// A review in every format, and what its rows cost before any format spells them.
    static let reviews: [Part] =
        [
            Part(name: "source", help: "the synthetic accounts alone, once; part of all that follows") { work in
                let source = SyntheticReview(rows: work.rows)
                var count = 0
                for kind in AccountKind.allCases { try source.accounts(kind) { count += $0.email.isEmpty ? 0 : 1 } }
                return Done(rows: count)
            },
            Part(name: "cells", help: "the cells of a review, written nowhere") { work in
                var done = Done(rows: 0)
                for table in try report(work.rows).tables where table.role == .population {
                    try table.rows { cells in
                        done.rows += 1
                        done.cells += cells.count
                    }
                }
                return done
            },
            Part(name: "cells-domain", help: "the same, where the company's domains are known") { work in
                var done = Done(rows: 0)
                for table in try report(work.rows, domains: ["acme.example"]).tables where table.role == .population {
                    try table.rows { cells in
                        done.rows += 1
                        done.cells += cells.count
                    }
                }
                return done
            },
        ]
        + [ReportFormat.csv, .json, .html, .xlsx].map { format in
            Part(name: format.rawValue, help: "a review as \(format.rawValue.uppercased())") { work in
                let path = work.folder + "/review." + format.rawValue
                guard let file = ReportFile(path: path) else { return Done(rows: 0) }
                let report = try report(work.rows)
                let written = try file.write(report)
                var done = Done(rows: 0, file: path)
                for table in report.tables {
                    done.rows += written[table.id] ?? 0
                    done.cells += (written[table.id] ?? 0) * table.columns.count
                }
                return done
            }
        }

    private static func report(_ rows: Int, domains: [String] = []) throws -> Report {
        let context = ReviewContext(
            id: "2026-Q4", period: "2026-Q4", due: "2026-12-15", reviewer: "Grace Hopper", approver: "Ada Admin",
            preparer: "pat", domains: domains, endpointHost: "api.acme.example", query: "query { listUsers }",
            querySHA256: String(repeating: "0", count: 64), version: "0", firstSnapshotAt: SyntheticReview.day)
        return try ReviewReport.make(SyntheticReview(rows: rows), context)
    }
}
