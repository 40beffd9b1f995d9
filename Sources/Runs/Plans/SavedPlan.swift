import Domain
import Foundation
import Hashing
import Ledger
import Planning
import Reports
import TerminalIO

/// A plan in a file, for approval. `rollcall apply` sends exactly this plan, or nothing.
public struct SavedPlan: Codable {
    /// Increased when a member changes its meaning or is removed.
    static let schemaVersion = 2

    var schemaVersion = Self.schemaVersion
    var rollcallVersion: String
    /// The workspace of the plan.
    public var workspace: String
    /// The kind of the run, such as `invite` or `apply`.
    public var kind: String
    /// The path of the list, as given.
    public var input: String
    /// The SHA-256 of the list, 64 hexadecimal characters.
    public var inputSHA256: String
    /// The review that the plan applies, if any.
    public var review: String?
    /// When the workspace was listed; UTC, ISO 8601.
    public var listedAt: String
    /// The SHA-256 of the response of that listing.
    var answerSHA256: String
    /// The safety limits of the plan.
    public var limits: SavedLimits
    /// The rows, in the order of the list.
    public var rows: [SavedRow]
    /// The SHA-256 over all other members, which detects edits and truncated files.
    public var digest: String?

    /// Writes a plan to a file, completely or not at all.
    ///
    /// - Returns: the digest.
    static func save(
        _ plan: RunPlan, limits: GuardLimits, to path: String
    ) throws -> String {
        let (header, listed) = (plan.header, plan.listed)
        var saved = SavedPlan(
            rollcallVersion: programVersion, workspace: header.workspace, kind: header.kind.rawValue,
            input: header.input, inputSHA256: plan.inputSHA256, review: header.review,
            listedAt: Timestamp.text(listed.takenAt), answerSHA256: listed.rawSHA256,
            limits: SavedLimits(limits, users: plan.effect.users, withDefaults: true), rows: [])
        try asCommandFailure { try plan.draft.rows { saved.rows.append(SavedRow($0)) } }
        try OrdinaryFile.refuseToReplace(path)
        let digest = try saved.computedDigest()
        saved.digest = digest
        try asCommandFailure { [saved] in try WholeFile.write(try RecordJSON.encode(saved), to: path) }
        return digest
    }

    /// Reads a saved plan.
    ///
    /// - Throws: ``CommandFailure`` if the file is not a saved plan, was changed, or is from a newer version.
    public init(path: String) throws {
        let name = Terminal.plain(path, limit: 1000)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.nothingSent, "\(name) cannot be read")
        }
        guard let plan = try? JSONDecoder().decode(Self.self, from: data) else {
            throw CommandFailure(.nothingSent, "\(name) is not a saved plan, or is truncated")
        }
        guard plan.schemaVersion <= Self.schemaVersion else {
            throw CommandFailure(.nothingSent, "\(name) was saved by a newer version of rollcall; use that version")
        }
        // The file must be identical to what this program writes: other programs would show duplicate or unknown
        // members, which are not in the digest.
        guard let digest = plan.digest, digest == (try? plan.computedDigest()), data == (try? RecordJSON.encode(plan))
        else {
            throw CommandFailure(.nothingSent, "\(name) was edited after it was saved; save the plan again")
        }
        self = plan
    }

    private init(
        rollcallVersion: String, workspace: String, kind: String, input: String, inputSHA256: String, review: String?,
        listedAt: String, answerSHA256: String, limits: SavedLimits, rows: [SavedRow]
    ) {
        self.rollcallVersion = rollcallVersion
        self.workspace = workspace
        self.kind = kind
        self.input = input
        self.inputSHA256 = inputSHA256
        self.review = review
        self.listedAt = listedAt
        self.answerSHA256 = answerSHA256
        self.limits = limits
        self.rows = rows
    }

    private func computedDigest() throws -> String {
        var plan = self
        plan.digest = nil
        return SHA256Text.of(try RecordJSON.encode(plan))
    }

    /// Lists the accounts that have changed since the plan was made.
    public func moves(in roster: Roster) -> [String] {
        var standings: [String: Standing] = [:]
        roster.forEachStanding(uids: true) { standings[$0] = $1 }
        return rows.compactMap { row in
            guard let before = row.standing else { return nil }
            let subject = row.uid.isEmpty ? EmailAddress.key(of: row.email) : Subject.of(uid: row.uid)
            let now = SavedRow.Standing(standings[subject] ?? .absent)
            guard now != before else { return nil }
            return
                "line \(row.line)  \(Terminal.plain(row.email, limit: 254)) was \(before.wording), "
                + "is now \(now.wording)"
        }
    }
}
