import ArgumentParser
import Domain
import Foundation
import Hashing
import Packing
import Reports
import Reviewing
import TerminalIO
import Verification

extension ReviewCommand {
    /// `rollcall review pack DIR`
    struct Pack: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pack a closed review into one archive for an auditor.",
            usage: "rollcall review pack [<options>] <folder>",
            discussion: """
                The zip archive contains every sealed file unchanged, and an index that names the file and column for each \
                requirement of PCI DSS 7.2.4, SOC 2 CC6.2 and CC6.3, ISO 27001 A.5.18 and SOX. The same review gives the same \
                archive, byte for byte. The archive is verified before it appears; 'rollcall verify' reads it as it reads \
                a folder.

                --redact makes a copy without personal data that the auditor does not need: the reports are written once more \
                without the fields, and the files that reviewers handed in are left out. The evidence hash stays the same, \
                and 'rollcall verify' checks everything else. Attachments are packed as they are.

                Examples:
                  rollcall review pack reviews/2026-Q4 --out q4.zip
                  rollcall review pack reviews/2026-Q4 --redact manager,department
                  rollcall verify q4.zip --require-closed
                """)

        static let words = "review pack"

        @Argument(
            help: ArgumentHelp("The evidence folder of a closed review.", valueName: "folder"), completion: .directory)
        var folder: String

        @Option(
            help: ArgumentHelp(
                "The archive to write.",
                discussion: "Default: the name of the folder, with .zip, in the current folder",
                valueName: "file"),
            completion: .file(extensions: ["zip"]))
        var out: String?

        @Option(
            help: ArgumentHelp(
                "Fields of the company's own list to leave out, separated by commas.",
                discussion: "Fields: \(RedactionRecord.Field.allCases.map(\.rawValue).joined(separator: ", "))",
                valueName: "fields"))
        var redact: String?

        @Flag(help: "Replace an existing file.")
        var overwrite = false

        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        mutating func validate() throws {
            if let out, (out as NSString).pathExtension.lowercased() != "zip" {
                throw ValidationError("--out \(Terminal.plain(out, limit: 1000)): the name must end in .zip.")
            }
            _ = try redactedFields()
        }

        private func redactedFields() throws -> [RedactionRecord.Field] {
            guard let redact else { return [] }
            let fields = try redact.split(separator: ",").map { part in
                let name = part.trimmingCharacters(in: .whitespaces)
                guard let field = RedactionRecord.Field.allCases.first(where: { $0.rawValue == name }) else {
                    throw ValidationError(
                        "--redact \(Terminal.plain(redact, limit: 1000)): \"\(Terminal.plain(name, limit: 100))\" is no field "
                            + "that can be left out; these can: "
                            + RedactionRecord.Field.allCases.map(\.rawValue).joined(separator: ", ") + ".")
                }
                return field
            }
            guard !fields.isEmpty else { throw ValidationError("--redact: no field is named.") }
            return RedactionRecord.Field.allCases.filter(fields.contains)
        }

        func run(on console: Console) async throws {
            guard FileStatus(path: folder)?.kind == .folder else {
                throw CommandFailure(
                    .nothingSent, code: .inputInvalid, "\(Terminal.plain(folder)) is not a folder; nothing was written")
            }
            let path = out ?? URL(fileURLWithPath: folder).lastPathComponent + ".zip"
            let places = [path, folder + "/x"].map {
                URL(fileURLWithPath: $0).deletingLastPathComponent().resolvingSymlinksInPath().path + "/"
            }
            guard !places[0].hasPrefix(places[1]) else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(path)) would be in the evidence folder, where it is no evidence; name another place with "
                        + "--out; nothing was written")
            }
            if !overwrite { try OrdinaryFile.refuseToReplace(path) }
            let package = try EvidencePackage(of: folder)
            let fields = try redactedFields()
            try await SignalCleanup.during {
                try await asReportFailure {
                    guard !fields.isEmpty else { return try await write(package, to: path, console) }
                    try await package.redacted(without: fields) { try await write($0, to: path, console) }
                }
            }
            let sha256 = try SHA256Text.ofFile(path)
            try console.output.add(JSONMember("folder", folder))
            try console.output.add(JSONMember("file", path), JSONMember("sha256", sha256))
            try console.output.rows("reviews", JSONRow(Self.columns)) { emit in
                for review in package.evidenceHashes { try emit([.text(review.workspace), .text(review.sha256)]) }
            }
            console.say("Written: \(Terminal.plain(path, limit: 1000))")
            if let words = package.redactedWords {
                console.say("  The folder is a redacted copy without \(words), and so is the archive.")
            }
            if !fields.isEmpty {
                console.say(
                    "  Left out: \(fields.map(\.rawValue).listed("and")), and any files that reviewers handed in")
            }
            console.say("  SHA-256 of the archive: \(sha256)")
            for review in package.evidenceHashes { console.sayEvidenceHash(review.sha256) }
        }

        private static let columns = [
            Column("workspace", "Workspace", width: 20, help: "The workspace."),
            Column("evidenceHash", "Evidence hash", width: 66, help: "The SHA-256 of closing.SHA256SUMS."),
        ]

        private func write(_ package: EvidencePackage, to path: String, _ console: Console) async throws {
            try await package.write(to: path) { try await refuseIfChanged($0, console) }
        }

        /// Verifies the archive as its reader would.
        private func refuseIfChanged(_ archive: String, _ console: Console) async throws {
            let findings = try await EvidenceSource.with(archive) { source in
                source.findings
                    + VerifyCommand.checked(source.folder, as: folder, previous: nil, EvidenceAnchors(), console)
                    .findings
            }
            let failed = findings.filter { $0.result == .failed }
            for finding in failed.prefix(PlanEffect.Rows.limit) { console.complain(finding.sentence, as: .error) }
            guard failed.isEmpty else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(folder)): \(failed.count.counted("check")) failed; nothing was written")
            }
        }
    }
}
