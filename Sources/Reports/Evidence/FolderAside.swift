import Domain
import Foundation
import Hashing

/// A folder that appears under its name only when all of it is there: made aside, synced, renamed.
struct FolderAside {
    private let path: String
    private let partial: String

    /// Takes a place.
    ///
    /// - Throws: ``WriteFailure`` if something is there already, or the folder around it cannot be written to.
    init(path: String) throws(WriteFailure) {
        let url = URL(fileURLWithPath: path)
        self.path = path
        partial = PartialName.claim(path)
        let files = FileManager.default
        if let contents = try? files.contentsOfDirectory(atPath: path) {
            guard contents.isEmpty else {
                throw WriteFailure(path: path, reason: "there are files in it already; evidence is never overwritten")
            }
        } else if files.fileExists(atPath: path) {
            throw WriteFailure(path: path, reason: "there is a file of that name")
        }
        do {
            try files.createDirectory(
                atPath: url.deletingLastPathComponent().path, withIntermediateDirectories: true)
        } catch {
            // A file that is in the way is told by the next step, in better words.
            let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code
            if let code, code != .EEXIST {
                throw WriteFailure(path: path, reason: String(cString: strerror(code.rawValue)))
            }
        }
        guard mkdir(partial, 0o700) == 0 else { throw .last(path) }
    }

    /// Where a file of the folder is until then.
    func place(_ name: String) -> String { partial + "/" + name }

    /// Writes a report, and adds it to the files with its hash and its rows.
    ///
    /// - Parameter onRows: told which file is written, and now and then how many of how many rows.
    func add(
        _ report: Report, as name: String, _ options: ReportFile.Options, to files: inout [EvidenceRecord.File],
        _ onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws {
        guard let file = ReportFile(path: place(name), options: options) else { return }
        let total = report.rowCount
        onRows(name, 0, total)
        let rows = try file.write(report) { onRows(name, $0, total) }
        files.append(.init(name: name, sha256: try SHA256Text.ofFile(place(name)), rows: rows))
    }

    /// Writes a whole file.
    func add(_ name: String, _ data: Data) throws {
        try WholeFile.write(data, to: place(name))
    }

    /// Adds the record and `SHA256SUMS`, which names every file, and gives the folder its name.
    ///
    /// - Parameter name: the record's.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    func seal(_ record: some Encodable, as name: String, beside files: [EvidenceRecord.File]) throws -> String {
        let bytes = try RecordJSON.encode(record)
        try add(name, bytes)
        var hashes = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.sha256) })
        hashes[name] = SHA256Text.of(bytes)
        let manifest = Data(Manifest(hashes).text.utf8)
        try add(Manifest.name, manifest)
        try appear()
        return SHA256Text.of(manifest)
    }

    private func appear() throws(WriteFailure) {
        guard rename(partial, path) == 0 else { throw .last(path) }
        PartialName.syncFolder(of: path)
    }

    /// Takes away what was begun.
    func discard() { try? FileManager.default.removeItem(atPath: partial) }

    /// Takes away what was begun if it cannot be ended.
    func discardingOnError<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            discard()
            throw (error as? WriteFailure).map(withFinalPath) ?? error
        }
    }

    /// The place aside is nobody's business.
    func withFinalPath(_ failure: WriteFailure) -> WriteFailure {
        var failure = failure
        failure.path = failure.path.replacing(partial, with: path)
        return failure
    }
}
