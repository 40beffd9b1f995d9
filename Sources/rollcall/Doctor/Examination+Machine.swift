import Domain
import Foundation
import Ledger
import TerminalIO

extension Examination {
    /// Below this much free space a long run may not end well.
    private static let fewBytes: Int64 = 100_000_000

    /// The ledger: opened to be looked at, and not made where there is none.
    mutating func examineLedger(at path: String) {
        guard FileManager.default.fileExists(atPath: path) else {
            do throws(LedgerError) { try Ledger.checkPlace(path) } catch {
                return note(.failed(.nothingSent), "ledger", error.sentence)
            }
            note(.ok, "ledger", "there is none yet; the first run makes \(path)")
            return
        }
        do {
            let ledger = try Ledger.openToLook(at: path)
            let health = try ledger.health()
            guard health.problems.isEmpty else {
                note(
                    .failed(.nothingSent), "ledger", "\(path) is damaged: \(health.problems.joined(separator: "; "))",
                    "keep a copy, and go on with another one: --ledger FILE")
                return
            }
            let schema =
                health.isCurrent ? "" : ", of an older version of rollcall; the next run brings it up to date"
            note(.ok, "ledger", "\(path), \(health.bytes.megabytes), schema \(health.schema)\(schema), sound")
            if health.isCurrent { try examineRuns(in: ledger, at: path) }
        } catch {
            let sentence = (error as? LedgerError)?.sentence ?? "\(error)"
            note(.failed(.nothingSent), "ledger", sentence)
        }
    }

    /// Runs that are at work, and runs that were left.
    private mutating func examineRuns(in ledger: Ledger, at path: String) throws {
        let runs = try ledger.runs()
        for run in runs where run.state == .running {
            note(
                .note, "runs", "run \(run.number) is at work on \(run.header.workspace); no other can begin there",
                "wait until it has ended")
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
        if left.isEmpty { note(.ok, "runs", "\(runs.count.counted("run")), and nothing left to send") }
    }

    /// Where results, reviews and the ledger are written.
    mutating func examineFolders(ledger: String) {
        let here = FileManager.default.currentDirectoryPath
        if access(here, W_OK) == 0 {
            note(.ok, "folder", "\(here) can be written to, where results and reviews go by default")
        } else {
            note(
                .warning, "folder", "\(here) cannot be written to, where results and reviews go by default",
                "work in another folder, or give --results FILE or --out FOLDER")
        }
        let state = Self.existing(URL(fileURLWithPath: ledger).deletingLastPathComponent().path)
        // SQLite writes into the folder as well as into the file.
        for path in [state, ledger] where FileManager.default.fileExists(atPath: path) && access(path, W_OK) != 0 {
            return note(
                .failed(.nothingSent), "state",
                "\(path) cannot be written to, \(path == ledger ? "which is the ledger" : "where the ledger belongs")",
                "put its permissions right, or give --ledger FILE")
        }
        let free = try? FileManager.default.attributesOfFileSystem(forPath: state)[.systemFreeSize] as? NSNumber
        guard let bytes = free?.int64Value else { return note(.ok, "state", "\(state) can be written to") }
        if bytes < Self.fewBytes {
            note(.warning, "state", "\(state) can be written to, and its disk has \(bytes.megabytes) left", "make room")
        } else {
            note(.ok, "state", "\(state) can be written to, and its disk has \(bytes.megabytes) free")
        }
    }

    /// The nearest folder above a place that is there already.
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
                .warning, "terminal", "\(terminal), locale \(locale), which is not UTF-8: names may look wrong here",
                "set LANG to C.UTF-8, for example; files are UTF-8 either way")
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
