import Domain
import Ledger
import Planning
import Readers
import TerminalIO

/// What `sync` does about accounts that its list does not name.
public struct SyncRequest {
    /// Whether active users whom the list does not name are disabled.
    public var removesOthers = false
    /// The accounts that stay in any case.
    public var kept: [Kept] = []
    /// Whether a list that is much shorter than that of the last `sync` is accepted.
    public var allowsShrinking = false

    /// An account that stays in any case.
    public struct Kept {
        /// The key of its address (``EmailAddress/key(of:)``) and its uid, or one of both.
        public var names: [String]
        /// Why it stays.
        public var reason: String

        /// Creates an entry.
        public init(names: [String], reason: String) {
            self.names = names
            self.reason = reason
        }
    }

    /// Creates a request that disables nobody.
    public init() {}

    /// Adds the accounts of a list, by address or uid, to those that stay.
    ///
    /// - Parameter options: how the list is read. Columns are found by their words only: they are those of another list.
    /// - Throws: ``CommandFailure`` for a file that is not a list, and for a row that names no account.
    public mutating func keep(listIn path: String, options: ListOptions, _ console: Console) throws {
        var options = options
        options.columns = [:]
        options.filters = []
        let reason = "it is in \(Terminal.plain(path, limit: 200))"
        do {
            var list = try PeopleList(path: path, options: options, console: console)
            try list.forEach(console) { row in
                guard row.exclusion == nil else { return }
                let email = (try? WrittenAddress(row.email))?.address.text ?? EmailAddress.trimmed(row.email)
                let names = [email.isEmpty ? "" : EmailAddress.key(of: email), EmailAddress.trimmed(row.uid)]
                    .filter { !$0.isEmpty }
                guard !names.isEmpty else {
                    throw CommandFailure(
                        .nothingSent, code: .inputInvalid,
                        "\(Terminal.plain(path)):\(row.location.line): the row names no account to keep; nothing was sent"
                    )
                }
                kept.append(Kept(names: names, reason: reason))
            }
        } catch {
            throw CommandFailure.reading(path, error)
        }
    }

    /// A list that has lost more than this share of its rows is refused until it is confirmed: it may be cut off.
    private static let largestLoss = 0.2

    /// Refuses a list that is much shorter than that of the last `sync` of the workspace.
    func refuseShrunk(_ draft: PlanDraft, file: String) throws {
        let (now, last) = try asCommandFailure { (try draft.listedRows(), try draft.lastSync()) }
        guard !allowsShrinking, let last, Double(now) < Double(last.rows) * (1 - Self.largestLoss) else { return }
        throw CommandFailure(
            .nothingSent, code: .limitExceeded,
            "\(Terminal.plain(file)) has \(now.counted("row")), and the list of the last sync (run \(last.run)) had "
                + "\(last.rows.grouped); if it is complete nevertheless: --allow-shrink; nothing was sent")
    }
}
