import Domain
import Foundation
import Ledger
import TerminalIO

extension Examination {
    /// With less free space than this, a long run may fail.
    private static let fewBytes: Int64 = 100_000_000

    /// Checks the ledger, which is opened for reading only and not created.
    mutating func examineLedger(at path: String) {
        guard FileManager.default.fileExists(atPath: path) else {
            do throws(LedgerError) { try Ledger.checkPlace(path) } catch {
                return note(.failed(.nothingSent), "ledger", error.sentence)
            }
            note(.ok, "ledger", "none yet; rollcall creates \(path) when it first lists a workspace")
            return
        }
        do {
            let ledger = try Ledger.openToLook(at: path)
            let health = try ledger.health()
            guard health.problems.isEmpty else {
                note(
                    .failed(.nothingSent), "ledger", "\(path) is damaged: \(health.problems.joined(separator: "; "))",
                    "move the file away, or use another one with --ledger FILE")
                return
            }
            let schema =
                health.isCurrent
                ? "" : ", written by an older version of rollcall; the next command that writes to it upgrades it"
            note(.ok, "ledger", "\(path), \(health.bytes.megabytes), schema \(health.schema)\(schema), intact")
            if health.isCurrent { try examineRuns(in: ledger, at: path) }
        } catch {
            let sentence = (error as? LedgerError)?.sentence ?? "\(error)"
            note(.failed(.nothingSent), "ledger", sentence)
        }
    }

    /// Checks for active runs, and for runs with rows left.
    private mutating func examineRuns(in ledger: Ledger, at path: String) throws {
        let runs = try ledger.runs()
        for run in runs where run.state == .running {
            note(
                .note, "runs",
                "run \(run.number) is using workspace \(run.header.workspace); no other run can start there until it ends"
            )
        }
        let left = runs.filter { $0.state != .running && $0.left > 0 }
        for run in left.prefix(3) {
            note(
                .warning, "runs",
                "run \(run.number) of \(run.header.workspace), \(run.state.rawValue), has \(run.left.counted("row")) left",
                console.command("runs resume \(run.reference)"))
        }
        if left.count > 3 {
            note(.warning, "runs", "\((left.count - 3).counted("more run")) with rows left", console.command("runs"))
        }
        if left.isEmpty { note(.ok, "runs", "\(runs.count.counted("run")), nothing left to send") }
    }

    /// Checks the folders of results, reviews and the ledger.
    mutating func examineFolders(ledger: String) {
        let here = FileManager.default.currentDirectoryPath
        if access(here, W_OK) == 0 {
            note(.ok, "folder", "\(here) is writable; results and reviews go there by default")
        } else {
            note(
                .warning, "folder", "\(here) is not writable; results and reviews go there by default",
                "change to another folder, or use --results FILE and --out FOLDER")
        }
        let state = Self.existing(URL(fileURLWithPath: ledger).deletingLastPathComponent().path)
        // SQLite writes into the folder as well as into the file.
        for path in [state, ledger] where FileManager.default.fileExists(atPath: path) && access(path, W_OK) != 0 {
            return note(
                .failed(.nothingSent), "state",
                "\(path) is not writable; it is \(path == ledger ? "the ledger" : "the folder of the ledger")",
                "change its permissions, or use another ledger with --ledger FILE")
        }
        let free = try? FileManager.default.attributesOfFileSystem(forPath: state)[.systemFreeSize] as? NSNumber
        guard let bytes = free?.int64Value else { return note(.ok, "state", "\(state) is writable") }
        if bytes < Self.fewBytes {
            note(.warning, "state", "\(state) is writable, with only \(bytes.megabytes) free", "free disk space")
        } else {
            note(.ok, "state", "\(state) is writable, with \(bytes.megabytes) free")
        }
    }

    /// The nearest existing folder at or above a path.
    private static func existing(_ path: String) -> String {
        var url = URL(fileURLWithPath: path)
        while !FileManager.default.fileExists(atPath: url.path), url.path != "/" { url.deleteLastPathComponent() }
        return url.path
    }

    mutating func describeTerminal() {
        let environment = ProcessInfo.processInfo.environment
        let names = ["LC_ALL", "LC_CTYPE", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "none"
        let terminal = console.isTerminal ? "\(console.width) columns" : "no terminal"
        guard locale.uppercased().replacing("-", with: "").contains("UTF8") else {
            return note(
                .warning, "terminal", "\(terminal), locale \(locale), not UTF-8; names may be displayed incorrectly",
                "export LANG=C.UTF-8")
        }
        note(.ok, "terminal", "\(terminal), locale \(locale)")
    }
}

extension BinaryInteger {
    /// `12 MB`, `3.4 GB`
    fileprivate var megabytes: String {
        let bytes = Double(self)
        return bytes < 1e9 ? "\((bytes / 1e6).short(1)) MB" : "\((bytes / 1e9).short(1)) GB"
    }
}
