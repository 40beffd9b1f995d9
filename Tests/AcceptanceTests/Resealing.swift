import Foundation
import Hashing
import Testing

/// An evidence folder in the hands of somebody who knows how its checksums are made.
struct Resealing {
    let rollcall: Rollcall
    /// The name of the folder.
    let folder: String

    /// The files with hashes of other files, besides the checksums.
    private static func isRecord(_ name: String) -> Bool {
        ["evidence.json", "company.json", ".record.json", "history.json", "SHA256SUMS"].contains { name.hasSuffix($0) }
    }

    private var path: String { rollcall.folder.appendingPathComponent(folder).path }

    /// The content of a file.
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)) }

    func write(_ data: Data, to name: String) throws { try data.write(to: URL(fileURLWithPath: path + "/" + name)) }

    /// Replaces a text wherever it occurs in a file.
    func replace(_ text: String, by other: String, in name: String) throws {
        let before = String(decoding: try bytes(name), as: UTF8.self)
        let after = before.replacingOccurrences(of: text, with: other)
        try #require(before != after, "\(name) does not contain \(text)")
        try write(Data(after.utf8), to: name)
    }

    /// Replaces the first match of a pattern in a file.
    func replace(_ pattern: Regex<AnyRegexOutput>, by other: String, in name: String) throws {
        let before = String(decoding: try bytes(name), as: UTF8.self)
        let after = before.replacing(pattern, with: other, maxReplacements: 1)
        try #require(before != after, "\(name) does not contain the pattern")
        try write(Data(after.utf8), to: name)
    }

    /// Edits the rows of a CSV file without line breaks in its fields.
    func editRows(_ name: String, _ body: (_ column: (String) -> Int, inout [[String]]) -> Void) throws {
        let lines = String(decoding: try bytes(name), as: UTF8.self).split(separator: "\r\n")
        var rows = lines.map(Self.fields)
        let titles = rows.removeFirst()
        let before = rows
        body({ title in titles.firstIndex(of: title) ?? 0 }, &rows)
        try #require(before != rows, "nothing was edited in \(name)")
        let text = ([titles] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
        try write(Data(text.utf8), to: name)
    }

    /// The fields of a line, with their quotes.
    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted { fields.append("") } else { fields[fields.count - 1].append(character) }
        }
        return fields
    }

    /// Edits a workbook with openpyxl, as `book`.
    func editBook(_ name: String, _ script: String) throws {
        try rollcall.write(
            "import openpyxl, sys\nbook = openpyxl.load_workbook(sys.argv[1])\n\(script)\nbook.save(sys.argv[1])\n",
            to: "edit.py")
        let done = try rollcall.shell("/usr/bin/python3 edit.py '\(path)/\(name)' && echo done")
        try #require(done == "done\n")
    }

    /// Edits a record as a JSON object.
    func editRecord(_ name: String, _ body: (inout [String: Any]) -> Void) throws {
        var record = try #require(try JSONSerialization.jsonObject(with: bytes(name)) as? [String: Any])
        body(&record)
        let data = try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys, .prettyPrinted])
        try write(data, to: name)
    }

    /// The names of its files, also of those that were attached.
    func names() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
            return !isFolder.boolValue && !name.hasPrefix("to-fill-in/")
        }
    }

    /// The SHA-256 of its last checksums, which the command that wrote them has printed.
    func evidenceHash() throws -> String {
        // Each checksum file names those before it.
        let sums = try names().filter { $0.hasSuffix("SHA256SUMS") }
        let last = try sums.max { one, other in
            try String(decoding: bytes(other), as: UTF8.self).contains("  \(one)\n")
        }
        return try SHA256Text.ofFile(path + "/" + #require(last))
    }

    /// Replaces the folder by another one beside it.
    func become(_ other: String) throws { try rollcall.shell("rm -r \(folder) && cp -r \(other) \(folder)") }

    /// Removes a file.
    func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

    /// Removes the line of a file from checksums.
    func dropSum(of name: String, in sums: String) throws {
        let lines = String(decoding: try bytes(sums), as: UTF8.self).split(separator: "\n")
        try write(Data(lines.filter { !$0.hasSuffix("  " + name) }.map { $0 + "\n" }.joined().utf8), to: sums)
    }

    /// Removes a file, and every mention of it in records and checksums.
    func remove(_ name: String) throws {
        try delete(name)
        try editRecord("evidence.json") { record in
            let files = record["files"] as? [[String: Any]] ?? []
            record["files"] = files.filter { $0["name"] as? String != name }
        }
        try dropSum(of: name, in: "SHA256SUMS")
    }

    /// Edits the folder, and mends every hash in it until they agree.
    func reseal(_ edit: (Resealing) throws -> Void) throws {
        var before = try hashes()
        try edit(self)
        // Each link names those before it.
        for _ in 0..<32 {
            let after = try hashes()
            var changes: [String: String] = [:]
            for (name, hash) in after { if let old = before[name], old != hash { changes[old] = hash } }
            guard !changes.isEmpty else { return }
            for name in after.keys where Self.isRecord(name) {
                var text = String(decoding: try bytes(name), as: UTF8.self)
                for (old, new) in changes { text = text.replacingOccurrences(of: old, with: new) }
                try write(Data(text.utf8), to: name)
            }
            before = after
        }
        Issue.record("the hashes of \(folder) do not come to agree")
    }

    /// The hash of every file that is evidence.
    private func hashes() throws -> [String: String] {
        var hashes: [String: String] = [:]
        for name in try names() { hashes[name] = try SHA256Text.ofFile(path + "/" + name) }
        return hashes
    }
}
