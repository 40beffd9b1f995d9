import Domain
import Foundation
import Hashing

/// A folder that appears under its name only when it is complete: written under a temporary name, synced and renamed.
struct FolderAside {
    private let path: String
    private let partial: String

    /// Creates the temporary folder.
    ///
    /// - Throws: ``WriteFailure`` if the path exists and is not an empty folder, or the parent folder is not writable.
    init(path: String) throws(WriteFailure) {
        let url = URL(fileURLWithPath: path)
        self.path = path
        partial = PartialName.claim(path)
        let files = FileManager.default
        if let contents = try? files.contentsOfDirectory(atPath: path) {
            guard contents.isEmpty else {
                throw WriteFailure(path: path, reason: "the folder is not empty; evidence is never overwritten")
            }
        } else if files.fileExists(atPath: path) {
            throw WriteFailure(path: path, reason: "a file with this name exists")
        }
        do {
            try files.createDirectory(
                atPath: url.deletingLastPathComponent().path, withIntermediateDirectories: true)
        } catch {
            // A file in place of the folder is reported by the next step, with a better message.
            let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code
            if let code, code != .EEXIST {
                throw WriteFailure(path: path, reason: String(cString: strerror(code.rawValue)))
            }
        }
        try Unfinished.createFolder(partial, shownAs: path)
    }

    /// The temporary path of a file in the folder.
    func place(_ name: String) -> String { partial + "/" + name }

    /// Writes a report, and adds it to `files` with its hash and number of rows.
    ///
    /// - Parameter onRows: called from time to time with the current file, and its rows written and in total.
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

    /// Writes a file from bytes in memory.
    func add(_ name: String, _ data: Data) throws {
        try WholeFile.write(data, to: place(name))
    }

    /// Creates a folder in the folder.
    func makeFolder(_ name: String) throws(WriteFailure) {
        guard mkdir(place(name), 0o700) == 0 else { throw .last(place(name)) }
    }

    /// Copies files of the folder to a folder in it.
    func copy(_ names: [String], to folder: String) throws(WriteFailure) {
        guard !names.isEmpty else { return }
        try makeFolder(folder)
        for name in names {
            let copy = place(folder + "/" + name)
            do {
                try FileManager.default.copyItem(atPath: place(name), toPath: copy)
            } catch {
                let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code
                let reason = code.map { String(cString: strerror($0.rawValue)) }
                throw WriteFailure(path: copy, reason: reason ?? "the copy of \(name) failed")
            }
            PartialName.sync(copy)
        }
        PartialName.sync(place(folder))
    }

    /// Writes the record and `SHA256SUMS`, which names every file, and renames the folder.
    ///
    /// - Parameter name: the name of the record.
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
        Unfinished.forget(partial)
        PartialName.syncFolder(of: path)
    }

    /// Deletes the temporary folder.
    func discard() { Unfinished.deleteFolder(partial) }

    /// Runs `body`, and deletes the temporary folder if it throws.
    func discardingOnError<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            discard()
            throw (error as? WriteFailure).map(withFinalPath) ?? error
        }
    }

    /// The failure with the final path in place of the temporary one, which would confuse users.
    func withFinalPath(_ failure: WriteFailure) -> WriteFailure {
        var failure = failure
        failure.path = failure.path.replacing(partial, with: path)
        return failure
    }
}
