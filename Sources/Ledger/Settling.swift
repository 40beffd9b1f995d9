import Domain
import Foundation
import GRDB

/// One pass over the unconfirmed rows of a run, which settles those for which there is enough evidence.
struct Settling {
    let number: Int64
    let terms: SettlementTerms
    /// The listings so far.
    let history: LookHistory
    /// Whether the rows are joined with a current listing.
    let hasListing: Bool
    let now: MachineMoment
    /// How long after its timeout a request may still take effect, in seconds.
    let grace: Double
    /// When this process started to settle.
    let since: MachineMoment
    private(set) var result = Settlement()

    init(
        number: Int64, terms: SettlementTerms, history: LookHistory, hasListing: Bool, now: MachineMoment,
        grace: Double, since: MachineMoment
    ) {
        self.number = number
        self.terms = terms
        self.history = history
        self.hasListing = hasListing
        self.now = now
        self.grace = grace
        self.since = since
        result.missing = history.missing
    }

    mutating func settle(_ row: Row, finding find: (UnansweredRow) -> Finding, in db: Database) throws {
        let request = try OpenRequest(row, on: now, since: since, timeout: terms.timeout)
        let isReturned = terms.returned.contains(try row.value("ordinal"))
        if request.refusal == .impossible { return try refuse(row, isReturned, in: db) }
        guard hasListing else { return try wait(row, isReturned, in: db) }
        switch find(try UnansweredRow(row)) {
        case .tookEffect:
            let note = try Self.said(row, request)
            try write(row, Outcome.Kind.succeeded.rawValue, note, in: db)
            result.tookEffect += 1
            if isReturned { result.returnedTookEffect += 1 }
        case .contradicted(let reason):
            try write(row, Outcome.Kind.failed.rawValue, reason, in: db)
            result.failed += 1
        case .noEffect where history.provesNoEffect(of: request, grace: grace):
            try conclude(row, request, isReturned, in: db)
        // The listing looks the same either way, but the API declined the request, and nothing contradicts that.
        case .undecided where request.refusal != nil && history.provesNoEffect(of: request, grace: grace):
            try refuse(row, isReturned, in: db)
        case let finding: try leave(row, request, finding, isReturned, in: db)
        }
    }

    /// Settles a row whose request had no effect.
    private mutating func conclude(_ row: Row, _ request: OpenRequest, _ isReturned: Bool, in db: Database) throws {
        if request.refusal != nil { return try refuse(row, isReturned, in: db) }
        let attempts = try row.count("attempts")
        guard attempts >= terms.maxAttempts else { return try sendAgain(row, in: db) }
        let tries = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
        let reason = "\(try Self.lost(row)), after \(tries); listUsers shows no effect"
        try write(row, Outcome.Kind.failed.rawValue, reason, in: db)
        result.failed += 1
    }

    /// Settles a row that the API refused.
    private mutating func refuse(_ row: Row, _ isReturned: Bool, in db: Database) throws {
        guard !isReturned else { return try sendAgain(row, in: db) }
        try write(row, Outcome.Kind.failed.rawValue, row.value("reason"), in: db)
        result.failed += 1
    }

    private mutating func sendAgain(_ row: Row, in db: Database) throws {
        try write(row, Schema.RowState.planned, nil, in: db)
        result.sendAgain += 1
    }

    /// Keeps a row open, because there was no listing.
    private mutating func wait(_ row: Row, _ isReturned: Bool, in db: Database) throws {
        if isReturned, terms.releases {
            let ordinal: Int64 = try row.value("ordinal")
            try db.execute(
                sql: "UPDATE rows SET refusal = NULL WHERE run = ? AND ordinal = ?", arguments: [number, ordinal])
        }
        result.open += 1
        if isReturned { result.returnedOpen += 1 }
        result.nextLook = .zero
    }

    /// Keeps a row open until a later listing. If no later listing can help, stores the reason.
    private mutating func leave(
        _ row: Row, _ request: OpenRequest, _ finding: Finding, _ isReturned: Bool, in db: Database
    ) throws {
        let next = history.nextLook(for: request, now: now.seconds, grace: grace)
        let isLast: Bool
        let why: String
        if case .undecided(let reason) = finding {
            why = reason
            isLast = next == nil || now.seconds >= request.endedAt + grace
        } else {
            why =
                history.missing > 0
                ? "listUsers also lacks \(history.missing.counted("row")) that the API confirmed"
                : "listUsers does not show it, but may lag"
            isLast = next == nil
        }
        if isLast, terms.resendUndecided, request.refusal == nil { return try sendAgain(row, in: db) }
        if isLast { try write(row, Outcome.Kind.unknown.rawValue, Self.lost(row) + Self.undecidedMark + why, in: db) }
        result.open += 1
        if isReturned { result.returnedOpen += 1 }
        guard !isLast, let next else { return }
        result.nextLook = min(result.nextLook ?? .seconds(next), .seconds(next))
    }

    /// Separates the fate of the request from the reason why its effect is unknown. Stored reasons are split at this
    /// text, so it must not change.
    private static let undecidedMark = "; it cannot be told whether it took effect: "

    /// What happened to the request. The reason of a row that was checked before still starts with it.
    private static func lost(_ row: Row) throws -> String {
        let reason = try row.value("reason", as: String?.self) ?? "no response"
        return reason.components(separatedBy: undecidedMark)[0]
    }

    private static func said(_ row: Row, _ request: OpenRequest) throws -> String {
        try request.refusal == nil
            ? "no clear response (\(lost(row))); listUsers shows that it took effect"
            : "declined (\(lost(row))); listUsers shows the account as requested"
    }

    private func write(_ row: Row, _ state: String, _ reason: String?, in db: Database) throws {
        let ordinal: Int64 = try row.value("ordinal")
        try db.cachedStatement(sql: "UPDATE rows SET state = ?, reason = ? WHERE run = ? AND ordinal = ?")
            .execute(arguments: [state, reason, number, ordinal])
    }
}

extension OpenRequest {
    /// From the columns of a row and its claim.
    ///
    /// The age of a row that was claimed on another machine, or by a version without claims, is unknown, so it counts
    /// from when this process first saw it. A row that was claimed before this machine started counts from its start.
    init(_ row: Row, on now: MachineMoment, since: MachineMoment, timeout: Duration) throws {
        let boot = try row.value("boot", as: String?.self) ?? ""
        let age = now.secondsSince(boot: boot, seconds: try row.seconds("uptime") ?? 0)
        try self.init(
            sentAt: min(age.map { now.seconds - $0 } ?? since.seconds, now.seconds),
            timeout: row.seconds("timeout") ?? timeout.inSeconds,
            answeredAt: boot == now.boot ? row.seconds("answeredAt") : nil,
            refusal: row.value("refusal", as: Int?.self).flatMap(Refusal.init(rawValue:)))
    }
}
