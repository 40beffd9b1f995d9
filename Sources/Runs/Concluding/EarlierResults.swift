import Domain
import Foundation
import Ledger
import Reports
import TerminalIO

/// Where the results of this run will be, other results may lie. They are renamed before anything is sent, so that after a
/// crash no file of that name says something else than the ledger.
extension RunSession {
    /// `people.results.csv` becomes `people.results.run-3.csv`, where run 3 has written it.
    ///
    /// - Returns: the files that an earlier execution of this run had written, which its new results replace.
    /// - Throws: ``CommandFailure`` if a file is not one of this ledger's results, or cannot be renamed.
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
                    "\(Terminal.plain(file.path, limit: 1000)) was not written by a run of this ledger, and is not replaced; "
                        + "give --results another name; nothing was sent")
            }
            let name = owner.map { $0 == number ? "before-resume" : "run-\($0)" } ?? "earlier"
            let path = Self.freePath(for: file.path, name)
            guard rename(file.path, path) == 0 else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(file.path, limit: 1000)) holds earlier results and cannot be renamed to "
                        + "\(Terminal.plain(path, limit: 1000)): \(String(cString: strerror(errno))); nothing was sent")
            }
            if owner == number {
                own.append(path)
            } else {
                console.say("Earlier results: \(Terminal.plain(path, limit: 1000))")
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
    /// Where the results of a run go that is taken up again. A later run may have taken their usual name; they are then
    /// where that run has put them, under the number of this one.
    public func resultsFiles(_ files: [ReportFile], in ledger: Ledger) throws -> [ReportFile] {
        try files.map { file in
            let last = try asCommandFailure { try ledger.lastRun(withResults: RunHeader.whole(file.path), upTo: .max) }
            guard let last, last > number else { return file }
            return ReportFile(path: RunFileNames.inserting("run-\(number)", into: file.path), options: file.options)
                ?? file
        }
    }
}
