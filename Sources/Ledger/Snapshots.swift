import Domain
import Foundation
import GRDB
import Populations

extension Ledger {
    /// Stores a response of `listUsers`.
    ///
    /// - Parameter snapshot: facts about the response; its number is ignored.
    /// - Returns: the snapshot with its new number.
    public func record(_ population: Population, as snapshot: Snapshot) throws(LedgerError) -> Snapshot {
        try write { db in
            try db.execute(
                sql: "INSERT INTO snapshots (workspace, startedAt, takenAt, active, invited, rawSHA256) "
                    + "VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    snapshot.workspace, snapshot.startedAt.timeIntervalSince1970,
                    snapshot.takenAt.timeIntervalSince1970, population.users, population.invites, snapshot.rawSHA256,
                ])
            var recorded = snapshot
            recorded.number = db.lastInsertedRowID
            recorded.active = population.users
            recorded.invited = population.invites
            for kind in AccountKind.allCases {
                let blocks = StateBlocks(workspace: snapshot.workspace, kind: kind, db: db)
                try population.keep(kind, as: recorded.number, in: blocks)
            }
            return recorded
        }
    }

    /// The snapshots of one workspace, or of all; the newest first.
    public func snapshots(of workspace: String? = nil, limit: Int = 1000) throws(LedgerError) -> [Snapshot] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM snapshots WHERE ?1 IS NULL OR workspace = ?1 ORDER BY number DESC LIMIT ?2",
                arguments: [workspace, limit]
            ).map(Snapshot.init)
        }
    }

    /// All snapshots of a workspace up to a number, the first one first.
    public func snapshots(of workspace: String, upTo number: Int64) throws(LedgerError) -> [Snapshot] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM snapshots WHERE workspace = ? AND number <= ? ORDER BY number",
                arguments: [workspace, number]
            ).map(Snapshot.init)
        }
    }

    /// The last snapshot of a workspace that was taken no later than `time`.
    public func snapshot(of workspace: String, at time: Date = .distantFuture) throws(LedgerError) -> Snapshot? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM snapshots WHERE workspace = ? AND takenAt <= ? ORDER BY number DESC LIMIT 1",
                arguments: [workspace, time.timeIntervalSince1970]
            ).map(Snapshot.init)
        }
    }

    /// The first snapshot of a workspace.
    public func firstSnapshot(of workspace: String) throws(LedgerError) -> Snapshot? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM snapshots WHERE workspace = ? ORDER BY number LIMIT 1", arguments: [workspace]
            ).map(Snapshot.init)
        }
    }

    /// Stores a review, so that the next one can be compared with it.
    public func record(_ review: ReviewRecord) throws(LedgerError) {
        try write { db in
            try db.execute(
                sql: "INSERT INTO reviews (id, workspace, snapshot, folder, manifestSHA256) VALUES (?, ?, ?, ?, ?)",
                arguments: [review.id, review.workspace, review.snapshot, review.folder, review.manifestSHA256])
        }
    }

    /// The reviews with this id, the last one first; reviews of several workspaces may share an id.
    public func reviews(named id: String) throws(LedgerError) -> [ReviewRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT r.*, s.takenAt FROM reviews r JOIN snapshots s ON s.number = r.snapshot "
                    + "WHERE r.id = ? ORDER BY r.number DESC", arguments: [id]
            ).map(ReviewRecord.init)
        }
    }

    /// All reviews, the last one first.
    public func reviews() throws(LedgerError) -> [ReviewRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT r.*, s.takenAt FROM reviews r JOIN snapshots s ON s.number = r.snapshot "
                    + "ORDER BY r.number DESC"
            ).map(ReviewRecord.init)
        }
    }

    /// Stores a step of a review.
    public func record(_ step: ReviewStep) throws(LedgerError) {
        try write { db in
            try db.execute(
                sql: "INSERT INTO reviewSteps (review, workspace, kind, at, who, folder, file, "
                    + "reviewSHA256, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    step.review, step.workspace, step.kind.rawValue, step.at.timeIntervalSince1970, step.by,
                    step.folder,
                    step.file, step.reviewSHA256, step.sha256,
                ])
        }
    }

    /// The steps of a review, the first one first; steps of a kind that this version does not know are left out.
    public func steps(of review: String, in workspace: String) throws(LedgerError) -> [ReviewStep] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM reviewSteps WHERE workspace = ? AND review = ? ORDER BY number",
                arguments: [workspace, review]
            ).compactMap { row in
                guard let kind = ReviewStep.Kind(rawValue: try row.value("kind")) else { return nil }
                return ReviewStep(
                    review: try row.value("review"), workspace: try row.value("workspace"), kind: kind,
                    at: try row.date(required: "at"), by: try row.value("who"), folder: try row.value("folder"),
                    file: try row.value("file"), reviewSHA256: try row.value("reviewSHA256"),
                    sha256: try row.value("sha256"))
            }
        }
    }

    /// The reviews of a workspace, the first one first.
    public func reviews(of workspace: String) throws(LedgerError) -> [ReviewRecord] {
        try reviews().filter { $0.workspace == workspace }.reversed()
    }

    /// The last review of a workspace.
    public func lastReview(of workspace: String) throws(LedgerError) -> ReviewRecord? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT r.*, s.takenAt FROM reviews r JOIN snapshots s ON s.number = r.snapshot "
                    + "WHERE r.workspace = ? ORDER BY r.number DESC LIMIT 1", arguments: [workspace]
            ).map(ReviewRecord.init)
        }
    }
}

extension ReviewRecord {
    fileprivate init(_ row: Row) throws {
        try self.init(
            id: row.value("id"), workspace: row.value("workspace"), snapshot: row.value("snapshot"),
            takenAt: row.date(required: "takenAt"), folder: row.value("folder"),
            manifestSHA256: row.value("manifestSHA256"))
    }
}

extension Snapshot {
    fileprivate init(_ row: Row) throws {
        try self.init(
            number: row.value("number"), workspace: row.value("workspace"), startedAt: row.date(required: "startedAt"),
            takenAt: row.date(required: "takenAt"), active: row.count("active"), invited: row.count("invited"),
            rawSHA256: row.value("rawSHA256"))
    }
}
