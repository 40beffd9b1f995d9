import ArgumentParser
import Domain
import Foundation
import Reports
import Reviewing
import Sealing
import TerminalIO
import Verification

extension ReviewCommand {
    /// `rollcall review seal DIR`
    struct Seal: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign and time-stamp what is not sealed yet.",
            usage: "rollcall review seal [<options>] <folder>",
            discussion: """
                Verifies the folder, and then signs and time-stamps each of its checksum files that has no signature or \
                no time stamp yet. Existing ones are not replaced.

                Examples:
                  rollcall review seal reviews/2026-Q4 --sign ~/.ssh/id_ed25519
                  rollcall review seal reviews/2026-Q4 --timestamp http://tsa.example.com
                """)

        static let words = "review seal"

        @Argument(help: ArgumentHelp("The evidence folder.", valueName: "folder"), completion: .directory)
        var folder: String

        @OptionGroup(title: SealOptions.title) var seal: SealOptions
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let settings = try common.settings()
            guard let sealing = try await seal.sealing(settings, otherwise: "nothing was written") else {
                throw CommandFailure(
                    .nothingSent, "name a key with --sign or an authority with --timestamp; nothing was written")
            }
            for folder in [folder] + CompanyFolder.parts(of: folder) {
                try ReviewedFolder.refuseCopy(folder, "nothing was written")
            }
            try refuseIfChanged(console)
            try console.output.add(JSONMember("folder", folder))
            try await asReportFailure { try await sealing.seal(places, on: console) }
        }

        /// A signature under evidence that was changed would make it look genuine.
        private func refuseIfChanged(_ console: Console) throws {
            let failed = VerifyCommand.checked(folder, previous: nil, EvidenceAnchors(), console).findings
                .filter { $0.result == .failed }
            for finding in failed.prefix(PlanEffect.Rows.limit) { console.complain(finding.sentence, as: .error) }
            guard failed.isEmpty else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(folder)): \(failed.count.counted("check")) failed; nothing was written")
            }
        }

        private var places: [Sealing.Place] {
            let company = OrdinaryFile.bytes(at: folder + "/" + CompanyRecord.name)
                .flatMap { try? RecordJSON.decode(CompanyRecord.self, from: $0) }
            let folders = [folder] + (company?.workspaces.compactMap(\.folder) ?? []).map { folder + "/" + $0 }
            return folders.flatMap { folder in EvidenceLink.all(in: folder).map { Sealing.Place(folder, $0) } }
        }
    }
}
