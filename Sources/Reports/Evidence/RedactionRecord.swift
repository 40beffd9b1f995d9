import Domain
import Foundation
import Hashing

/// `redaction.json`: what a copy of an evidence folder for auditors leaves out.
///
/// It is not sealed itself, and nobody has to trust it: only reports and the list of people may be rewritten, they count only
/// if they follow from the sealed files, and only what reviewers have handed in and the salts may be missing.
public struct RedactionRecord: Codable, Sendable {
    /// The name of the file in an evidence folder.
    public static let name = "redaction.json"
    /// Increased when a member changes its meaning or is removed.
    public static let schemaVersion = 1

    /// A field of the company's own list that can be left out. No finding depends on it, except on whether the manager has
    /// left, which `history.json` has.
    public enum Field: String, CaseIterable, Codable, Sendable {
        case manager, department, employmentType
    }

    /// A file that was written once more without the fields.
    public struct Rewritten: Codable, Sendable {
        /// The name.
        public var name: String
        /// The SHA-256 of the sealed original, 64 hexadecimal characters.
        public var originalSHA256: String
        /// The SHA-256 of the file in the copy.
        public var sha256: String

        /// Describes a file.
        public init(name: String, originalSHA256: String, sha256: String) {
            self.name = name
            self.originalSHA256 = originalSHA256
            self.sha256 = sha256
        }
    }

    /// A file that is not in the copy.
    public struct Withheld: Codable, Sendable {
        /// The name.
        public var name: String
        /// The SHA-256 of the sealed original, 64 hexadecimal characters.
        public var sha256: String

        /// Describes a file.
        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// The version of the format.
    public var schemaVersion = Self.schemaVersion
    /// The version of the program that made the copy.
    public var rollcallVersion: String
    /// The fields that are left out, sorted.
    public var fields: [Field]
    /// The files that were written once more, sorted by name.
    public var rewritten: [Rewritten]
    /// The files that are not in the copy, sorted by name.
    public var withheld: [Withheld]
    /// The salts of the columns that the copy has, by their keys.
    public var salts: [String: String]

    /// Describes a copy.
    public init(
        _ fields: [Field], rewritten: [Rewritten], withheld: [Withheld], salts: [String: String], version: String
    ) {
        rollcallVersion = version
        self.fields = fields.sorted { $0.rawValue < $1.rawValue }
        self.rewritten = rewritten.sorted { $0.name < $1.name }
        self.withheld = withheld.sorted { $0.name < $1.name }
        self.salts = salts.filter { salt in !fields.contains { $0.rawValue == salt.key } }
    }

    /// What a cell of a field says in the copy.
    public static let mark = "[redacted]"

    /// Whether a folder says that it is a redacted copy.
    public static func isOne(_ folder: String) -> Bool {
        FileStatus(path: folder + "/" + name, followsLinks: false) != nil
    }

    /// Reads the record of a folder; nil if the folder is no redacted copy.
    ///
    /// - Throws: errors of reading or decoding the file.
    public static func read(in folder: String) throws -> RedactionRecord? {
        guard isOne(folder) else { return nil }
        guard let bytes = OrdinaryFile.bytes(at: folder + "/" + name, upTo: 1 << 24) else {
            throw CocoaError(.fileReadUnknown)
        }
        return try RecordJSON.decode(Self.self, from: bytes)
    }

    /// The fields in words: `department and manager`.
    public var words: String { fields.map(\.rawValue).listed("and") }

    /// Whether files that reviewers have handed in are left out.
    public var lacksCompletedFiles: Bool { withheld.contains { $0.name != PeopleProof.saltsName } }

    /// Whether the copy has a file without some fields, or not at all.
    public func contains(_ name: String) -> Bool {
        (Self.mayBeRewritten(name) && rewritten.contains { $0.name == name })
            || (Self.mayBeWithheld(name) && withheld.contains { $0.name == name })
    }

    /// The SHA-256 of the original of a file, if the folder has what this record says; nil for another file.
    public func originalSHA256(of name: String, in folder: String) -> String? {
        guard contains(name) else { return nil }
        if let file = rewritten.first(where: { $0.name == name }) {
            return Manifest.sha256(of: name, in: folder) == file.sha256 ? file.originalSHA256 : nil
        }
        guard let file = withheld.first(where: { $0.name == name }),
            FileStatus(path: folder + "/" + name, followsLinks: false) == nil
        else { return nil }
        return file.sha256
    }

    /// Whether a file may be rewritten: one that shows the fields. What the reports follow from may not.
    public static func mayBeRewritten(_ name: String) -> Bool {
        name == ReviewPeople.fileName
            || name.wholeMatch(of: #/supplement(?:-\d+)?\.(?:csv|json|xlsx|html)/#) != nil
            || (name.hasPrefix("review") && !name.contains("/") && ReportFormat(path: name) != nil)
    }

    /// Whether a file may be withheld: one that a reviewer has handed in, and the salts.
    public static func mayBeWithheld(_ name: String) -> Bool {
        name == PeopleProof.saltsName
            || name.wholeMatch(of: #/remediation(?:-\d+)?\.decisions-\d+(?:\.[a-z0-9]{1,8})?/#) != nil
    }
}
