import Domain
import Foundation
import Ledger
import Reports
import TerminalIO

/// Renames earlier results files with the names of the new ones before anything is sent. After a crash, no file with
/// that name can then contradict the ledger.
extension RunSession {
    /// Renames `people.results.csv` to `people.results.run-3.csv` if run 3 wrote it.
    ///
    /// - Returns: the files of an earlier execution of this run, which the new results replace.
    /// - Throws: ``CommandFailure`` if a file does not contain results of this ledger, or cannot be renamed.
    @discardableResult
    public func setEarlierResultsAside() throws -> [String] {
        var own: [String] = []
        for file in files where FileStatus(path: file.path, followsLinks: false) != nil {
            let owner = try asCommandFailure {
                try ledger.lastRun(withResults: RunHeader.whole(file.path), upTo: number)
            }
            guard owner != nil || options.results.given.isEmpty else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(file.path, limit: 1000)) exists and was not written by a run of this ledger; "
                        + "nothing was sent; use another file: --results FILE")
            }
            let name = owner.map { $0 == number ? "before-resume" : "run-\($0)" } ?? "earlier"
            let path = Self.freePath(for: file.path, name)
            guard rename(file.path, path) == 0 else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(file.path, limit: 1000)) contains earlier results and cannot be renamed to "
                        + "\(Terminal.plain(path, limit: 1000)): \(String(cString: strerror(errno))); nothing was sent")
            }
            if owner == number {
                own.append(path)
            } else {
                console.say("Earlier results renamed to \(Terminal.plain(path, limit: 1000))")
            }
        }
        return own
    }

    private static func freePath(for path: String, _ name: String) -> String {
        let first = RunFileNames.inserting(name, into: path)
        guard FileStatus(path: first, followsLinks: false) != nil else { return first }
        return (2...).lazy.map { RunFileNames.inserting("\(name)-\($0)", into: path) }
            .first { FileStatus(path: $0, followsLinks: false) == nil } ?? first
    }
}

extension RunRecord {
    /// The results files of a run that is resumed. If a later run has used their names, that run has renamed them, with
    /// the number of this run.
    public func resultsFiles(_ files: [ReportFile], in ledger: Ledger) throws -> [ReportFile] {
        try files.map { file in
            let last = try asCommandFailure { try ledger.lastRun(withResults: RunHeader.whole(file.path), upTo: .max) }
            guard let last, last > number else { return file }
            return ReportFile(path: RunFileNames.inserting("run-\(number)", into: file.path), options: file.options)
                ?? file
        }
    }
}
