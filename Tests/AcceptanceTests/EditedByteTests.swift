import Foundation
import Hashing
import Testing
import Verification

/// A byte anywhere in a sealed file of a review with everything that a review can have. `make soak` makes ten thousand edits.
@Suite(.waiting) struct EditedByteTests {
    private static let edits = Int(ProcessInfo.processInfo.environment["SOAK_EDITS"] ?? "") ?? 6
    private static let first = Int(ProcessInfo.processInfo.environment["SOAK_FROM"] ?? "") ?? 0

    @Test func `an edit of any byte is found`() throws {
        let rollcall = try Rollcall()
        try makeFolder(rollcall)
        let original = Resealing(rollcall: rollcall, folder: "rev")
        let hash = try original.evidenceHash()
        let honest = Self.failures(of: rollcall.folder.appendingPathComponent("rev").path, nil)
        try #require(honest.isEmpty, "\(honest)")
        let names = try original.names().sorted()
        for seed in Self.first..<(Self.first + Self.edits) {
            var edit = Edit(seed: seed)
            let name = names[edit.draw(names.count)]
            let before = try original.bytes(name)
            let after = edit.edited(before)
            let what = Comment(rawValue: "seed \(seed): \(name), \(edit.words)")
            try? FileManager.default.removeItem(at: rollcall.folder.appendingPathComponent("copy"))
            try FileManager.default.copyItem(
                at: rollcall.folder.appendingPathComponent("rev"), to: rollcall.folder.appendingPathComponent("copy"))
            let copy = Resealing(rollcall: rollcall, folder: "copy")
            let path = rollcall.folder.appendingPathComponent("copy").path
            try copy.write(after, to: name)
            // What mail programs change in checksums changes nothing.
            guard !name.hasSuffix("SHA256SUMS") || !Statement.isSame(before, after) else { continue }
            #expect(!Self.failures(of: path, nil).isEmpty, what)
            guard !name.hasSuffix("SHA256SUMS") else { continue }
            try copy.write(before, to: name)
            try copy.reseal { try $0.write(after, to: name) }
            // A record is written as text when its hashes are made anew, with a mark in place of a byte that is none.
            let written = try copy.bytes(name)
            let found = Self.failures(of: path, hash)
            #expect(!found.isEmpty, what)
            if found.allSatisfy({ $0.contains("have the given hash") }) {
                #expect(
                    Statement.isUnprovable(name, before, written),
                    "\(what): \(Statement.changed(before, written) ?? [])")
            }
        }
    }

    /// What fails in a folder, by itself and by the hash of its ticket.
    private static func failures(of folder: String, _ hash: String?) -> [String] {
        var check = EvidenceCheck(folder: folder, previousFolder: nil)
        check.anchors.expected = hash
        check.run()
        return check.findings.filter { $0.result == .failed }.map(\.sentence)
    }

    /// The second review of a workspace, with a supplement, a remediation, an attachment and the closing.
    private func makeFolder(_ rollcall: Rollcall) throws {
        let server = try WorkspaceServer(
            rollcall, users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER"],
            invites: ["eve@acme.io DEVELOPER EXPIRED"])
        func run(_ line: String) throws {
            let run = try rollcall.start(line: "exec $ROLLCALL " + line).wait()
            try #require(run.status == 0, "\(line): \(run.errors)")
        }
        let apply = " --evidence rev --yes --rate none --settle-wait 1s --max-removals 50%"
        try run("review --out first --review-id first --approver Alan")
        try server.add("hal@acme.io SECURITY_ADMIN")
        try run(
            "review --out rev --review-id second --reviewer Grace --approver Alan --domain acme.io "
                + "--format xlsx,html,csv,json,md,vanta,entra")
        try server.add("mallory@acme.io ADMIN")
        try run("review add rev")
        try rollcall.fill(
            "rev/to-fill-in/review.xlsx", to: "filled.xlsx", "default=Approve::fine",
            "bob@acme.io=Change role:BUSINESS:moved", "eve@acme.io=Re-invite::again")
        try run("apply filled.xlsx" + apply)
        try rollcall.fillCSV("rev/to-fill-in/supplement.csv", to: "filled.csv", "mallory@acme.io", "Revoke")
        try run("apply filled.csv" + apply)
        try rollcall.shell("mkdir rev/attachments; echo approved > rev/attachments/ticket.txt")
        try run("review close rev --force edits")
    }
}

/// An edit that depends on its seed alone.
private struct Edit {
    private var numbers: [Int]
    private(set) var words = ""

    init(seed: Int) {
        let digits = Array(SHA256Text.of(Data("edit \(seed)".utf8)))
        numbers = stride(from: 0, to: 60, by: 12).map { Int(String(digits[$0..<($0 + 12)]), radix: 16) ?? 0 }
    }

    /// A number below a bound.
    mutating func draw(_ bound: Int) -> Int { numbers.removeFirst() % max(1, bound) }

    /// The bytes with one of them changed, removed or added.
    mutating func edited(_ bytes: Data) -> Data {
        var bytes = bytes
        let (place, kind, value) = (draw(bytes.count), draw(4), UInt8(draw(256)))
        words = "byte \(place) of \(bytes.count), edit \(kind) with \(value)"
        switch kind {
        case 0: bytes[place] ^= 1 << (value & 7)
        case 1: bytes[place] = bytes[place] == value ? ~value : value
        case 2: bytes.remove(at: place)
        default: bytes.insert(value, at: place)
        }
        return bytes
    }
}

/// What a file states, as far as somebody could notice that it was edited.
private enum Statement {
    /// Whether checksums say the same.
    static func isSame(_ before: Data, _ after: Data) -> Bool {
        let lines = { (data: Data) in
            String(decoding: data, as: UTF8.self).lowercased().split(whereSeparator: \.isNewline)
                .map { $0.replacingOccurrences(of: " *", with: "  ") }.sorted()
        }
        return lines(before) == lines(after)
    }

    /// Whether nothing else in the folder states what an edit changes.
    static func isUnprovable(_ name: String, _ before: Data, _ after: Data) -> Bool {
        // What people hand in is only compared as far as it decides something.
        if name.hasPrefix("attachments/") || name.contains(".decisions-") { return true }
        // Only the list states the account type before the run; `verify` says so if it is not that of the review.
        if name.hasSuffix(".undo.csv") {
            let others = { (data: Data) in
                String(decoding: data, as: UTF8.self).split(separator: "\r\n").map { line in
                    line.split(separator: ",", omittingEmptySubsequences: false).enumerated()
                        .filter { $0.offset != 2 }.map(\.element)
                }
            }
            return others(before) == others(after)
        }
        guard name.hasSuffix(".json"), let changed = changed(before, after) else { return false }
        // The history is written once more, byte by byte.
        if changed.isEmpty { return !name.hasSuffix("history.json") }
        return changed.allSatisfy { isUnprovable($0, of: name) }
    }

    /// The members that an edit of a document changes; nil if it is none any more.
    static func changed(_ before: Data, _ after: Data) -> Set<String>? {
        guard let one = members(before), let other = members(after) else { return nil }
        return Set(one.keys).union(other.keys).filter { one[$0] != other[$0] }
    }

    private static func isUnprovable(_ member: String, of name: String) -> Bool {
        let patterns: [String] =
            if name.hasSuffix("answer.json") {
                // Nothing depends on other accounts after the review, except their number.
                name == "answer.json" || name.hasPrefix("supplement") ? ["^(?!data\\.listUsers\\.)"] : ["."]
            } else if name.hasSuffix("history.json") {
                // Earlier snapshots and reviews are in other folders.
                ["^libraries", "^snapshots\\.\\d+\\.", "^reviews\\.\\d+\\.", "\\.before\\."]
            } else {
                [
                    // The record of a step states only once when its request was sent.
                    name.hasPrefix("evidence") ? "^$" : "^provenance\\.api\\.requestedAt$",
                    "^provenance\\.(user|host|program|api\\.(certificateSHA256|credentials|date))", "^libraries",
                    "^decisions\\.\\d+\\.source$", "^after\\.snapshot$",
                ]
            }
        return patterns.contains { member.range(of: $0, options: .regularExpression) != nil }
    }

    /// The members of a document, by path.
    private static func members(_ data: Data) -> [String: String]? {
        guard let value = try? JSONSerialization.jsonObject(with: data) else { return nil }
        var members: [String: String] = [:]
        func add(_ value: Any, _ path: String) {
            let start = path.isEmpty ? "" : path + "."
            if let object = value as? [String: Any] {
                for (name, value) in object { add(value, start + name) }
            } else if let list = value as? [Any] {
                for (place, value) in list.enumerated() { add(value, start + "\(place)") }
            } else {
                members[path] = "\(value)"
            }
        }
        add(value, "")
        return members
    }
}
