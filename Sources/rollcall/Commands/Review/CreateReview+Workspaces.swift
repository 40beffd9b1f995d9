import Connections
import Domain
import Foundation
import Ledger
import Populations
import Reports
import Reviewing
import Sealing
import Settings
import TerminalIO

extension CreateReview {
    /// Reviews every workspace of a company, one after the other, and writes the summary over all of them.
    ///
    /// A workspace that cannot be listed does not keep the others from being reviewed; the summary names it first of
    /// all, and the command ends with 1.
    func reviewAll(
        _ making: ReviewMaking, to path: String, _ settings: UserSettings, _ sealing: Sealing?
    ) async throws {
        let folder = try CompanyFolder(path: path)
        defer { folder.discard() }
        let console = making.console
        try await connection.connectToCompany(settings, console: console) { company in
            let access = try AccessTable(privileged: making.privileged)
            let startedAt = Date()
            var names = CompanyFolder.reservedNames
            var reviewed: [AccessReport.Workspace] = []
            var records: [ReviewRecord] = []
            var reviews: [CompanyReviewReport.Part] = []
            var answers: [String] = []
            var failures: [CommandFailure] = []
            for workspace in company.workspaces {
                let name = AccessReport.slug(of: workspace.name, besides: &names)
                do {
                    let made = try await review(workspace, of: company, making, to: folder, as: name)
                    try access.add(made.source, workspace: reviewed.count)
                    reviewed.append(.init(workspace, .reviewed(made.summary(in: name))))
                    records.append(made.record(at: path + "/" + name))
                    reviews.append(.init(workspace: workspace.name, report: try made.report()))
                    answers.append(made.source.snapshot.rawSHA256)
                } catch let failure as CommandFailure {
                    failures.append(failure)
                    reviewed.append(.init(workspace, .failed(failure.sentence ?? "it could not be listed")))
                }
            }
            if let failure = failures.first, records.isEmpty { throw failure }
            let context = AccessReport.Context(
                id: making.id, period: making.period, preparer: making.preparer, endpointHost: company.host,
                version: programVersion, startedAt: startedAt.asRecorded,
                takenAt: (records.map(\.takenAt).max() ?? startedAt).asRecorded)
            // The same response gives the same row keys, which could not tell the workspaces apart.
            if Set(answers).count < answers.count {
                console.warn(
                    "The API returned the same user list for several workspaces, so there is no workbook for all of them; "
                        + "complete the workbook of each workspace, and apply it with --evidence.")
                reviews = []
            }
            let counter = StageCounter("Writing the summary")
            let manifest = try console.during(counter) {
                try folder.write(
                    access, of: reviewed, reviews: reviews, context, formats: making.formats, options: making.options,
                    onRows: counter.writing)
            }
            for record in records { try making.ledger.record(record) }
            try say(reviewed, manifest, path, making, isJoint: !reviews.isEmpty, on: console)
            let folders = [path] + records.map(\.folder)
            try await sealing?.seal(folders.map { .init($0, EvidenceLink(.review)) }, on: console)
            guard failures.isEmpty else {
                throw CommandFailure(
                    .needsAttention,
                    "\(failures.count) of \(reviewed.count.counted("workspace")) could not be reviewed")
            }
        }
    }

    private func review(
        _ workspace: Workspace, of company: Company, _ making: ReviewMaking, to folder: CompanyFolder, as name: String
    ) async throws -> ReviewMaking.Made {
        do {
            return try await company.connect(to: workspace) { connection in
                let evidence = try EvidenceFolder(path: folder.place(name))
                defer { evidence.discard() }
                return try await making.make(over: connection, to: evidence, workspace: workspace.name)
            }
        } catch let failure as WriteFailure {
            throw folder.withFinalPath(failure)
        }
    }

    private func say(
        _ workspaces: [AccessReport.Workspace], _ manifest: String, _ path: String, _ making: ReviewMaking,
        isJoint: Bool, on console: Console
    ) throws {
        let shown = Terminal.plain(path, limit: 1000)
        try console.output.add(
            JSONMember("review", URL(fileURLWithPath: path).lastPathComponent), JSONMember("folder", path),
            JSONMember("manifestSHA256", manifest),
            JSONMember("workspaces", workspaces.map(CompanyRecord.Workspace.init)))
        console.say(console.style.bold("Review of \(workspaces.count.counted("workspace"))"))
        for workspace in workspaces {
            let name = Terminal.plain(workspace.workspace.name)
            switch workspace.result {
            case .reviewed(let reviewed):
                let snapshot = reviewed.snapshot
                console.say(
                    "  \(name): \(snapshot.active.counted("active user")), \(reviewed.privileged.grouped) privileged, "
                        + "\(snapshot.invited.counted("invitation")); in \(reviewed.folder)")
            case .failed(let reason): console.warn("\(name) was not reviewed: \(Terminal.plain(reason, limit: 500))")
            }
        }
        console.say("Written: \(shown)")
        console.say("To check all of it later, anywhere: rollcall verify \(ShellWord.path(path))")
        if isJoint { making.sayWhatNext(in: path) }
        console.sayEvidenceHash(manifest)
    }
}

extension ReviewMaking.Made {
    /// What the summary says of it.
    fileprivate func summary(in folder: String) -> AccessReport.Workspace.Reviewed {
        let privileged = source.counts(of: .user).filter { context.privileged.contains($0.type) }
        return .init(
            snapshot: source.snapshot.asRecorded, privileged: privileged.reduce(0) { $0 + $1.count }, folder: folder,
            manifestSHA256: manifestSHA256)
    }
}
