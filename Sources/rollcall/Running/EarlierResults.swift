import Domain
import Foundation
import Ledger
import Reports

/// Where the results of this run will be, the results of an earlier run may lie. They are renamed before anything is sent,
/// so that after a crash no file of that name belongs to another run.
extension RunSession {
    /// `people.results.csv` becomes `people.results.run-3.csv`, where run 3 has written it.
    ///
    /// - Throws: ``CommandFailure`` if a file cannot be renamed.
    func setEarlierResultsAside() throws {
        for file in files where FileStatus(path: file.path, followsLinks: false) != nil {
            let owner = try inWords { try ledger.lastRun(withResults: RunHeader.whole(file.path), before: number) }
            let name = owner.map { "run-\($0)" } ?? "earlier"
            let path = Self.freePath(for: file.path, name)
            guard rename(file.path, path) == 0 else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(file.path, limit: 1000)) holds earlier results and cannot be renamed to "
                        + "\(Terminal.plain(path, limit: 1000)): \(String(cString: strerror(errno))); nothing was sent")
            }
            console.say("Earlier results: \(Terminal.plain(path, limit: 1000))")
        }
    }

    private static func freePath(for path: String, _ name: String) -> String {
        let first = SendOptions.inserting(name, into: path)
        guard FileStatus(path: first, followsLinks: false) != nil else { return first }
        return (2...).lazy.map { SendOptions.inserting("\(name)-\($0)", into: path) }
            .first { FileStatus(path: $0, followsLinks: false) == nil } ?? first
    }
}
