import Domain
import Foundation
import Ledger
import Planning
import Readers

/// Invites that were checked against each other and against the workspace.
struct InvitePlan {
    let stage: PlanStage
    let summary: PlanSummary
    let inputSHA256: String

    /// Reads the list into the ledger and decides every row. Nothing is sent.
    ///
    /// - Parameters:
    ///   - file: the name for messages.
    ///   - fallback: the account type of rows that name none.
    static func make(
        from list: inout PeopleList, file: String, roster: Roster, fallback: AccountType?, header: RunHeader,
        ledger: Ledger, lock: WorkspaceLock
    ) throws -> InvitePlan {
        do {
            let stage = try ledger.beginPlan(header, under: lock, at: Date())
            do {
                var check = InviteRowCheck(fallback: fallback, seen: roster.accountTypes)
                while let row = try list.reader.next() {
                    CrashPoint.pass("row read")
                    try stage.add(
                        check.check(
                            line: row.location.line, email: row.email, emailColumn: row.emailColumn,
                            accountType: row.accountType, accountTypeColumn: row.accountTypeColumn,
                            malformation: row.malformation))
                }
                try stage.decide(against: roster, by: InviteRules.decide)
                let summary = try stage.summary(privilegedLimit: PlanTable.privilegedLimit)
                return InvitePlan(stage: stage, summary: summary, inputSHA256: list.digest.text)
            } catch {
                try? stage.discard()
                throw error
            }
        } catch let error as CSVError {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(file)) \(error.sentence); nothing was sent")
        } catch let error as LedgerError {
            throw CommandFailure(.nothingSent, error.sentence)
        }
    }
}

/// An invite list whose header has been read.
struct PeopleList {
    var reader: PeopleReader
    let digest: HashingSource<FileByteSource>.Digest

    init(path: String, options: CSVOptions) throws {
        let digest = HashingSource<FileByteSource>.Digest()
        do {
            let source = try FileByteSource(path: path)
            reader = try PeopleReader(source: HashingSource(source, digest: digest), options: options)
        } catch let error as ByteSourceError {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(path)) \(error.sentence)")
        } catch let error as CSVError {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(path)) \(error.sentence)")
        }
        self.digest = digest
    }
}

extension Roster {
    /// Every account type that somebody here has or was offered.
    var accountTypes: Set<AccountType> {
        Set(active.map(\.accountType)).union(invited.map(\.accountType))
    }
}
