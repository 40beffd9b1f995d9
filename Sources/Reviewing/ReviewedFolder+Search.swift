import Domain
import Foundation
import Ledger
import Planning
import Reports
import TerminalIO

/// Which folders completed files belong to.
extension ReviewedFolder {
    /// Searches for the folders that the rows of completed files belong to: at the given paths or, without any, beside the
    /// files and at the paths in the ledger. The reviews of several workspaces share an id, so the row keys decide.
    ///
    /// - Returns: at least one folder, each review once.
    /// - Throws: ``CommandFailure`` if no folder of a review is found, or one has changed since it was written.
    public static func find(
        for files: [FilledFile], given: [String], ledger: Ledger, console: Console
    ) throws -> [ReviewedFolder] {
        var reviews: [String] = []
        for review in files.lazy.flatMap(\.rows).map({ $0[.review] }) where !review.isEmpty {
            if reviews.last != review, !reviews.contains(review) { reviews.append(review) }
        }
        guard !reviews.isEmpty else {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(files.first?.path ?? "", limit: 1000)) does not say which review it belongs to; its "
                    + "column Review is empty; nothing was sent")
        }
        let keys = Set(files.lazy.flatMap(\.rows).map { $0[.rowKey] })
        var found: [ReviewedFolder] = []
        var searched: [String] = []
        for review in reviews {
            let known = try asCommandFailure { try ledger.reviews(named: review) }
            let beside = given.isEmpty ? files.flatMap { EvidenceFolder.places(besides: $0.path) } : given
            let near = beside.flatMap { [$0] + CompanyFolder.parts(of: $0) }
            let far = given.isEmpty ? known.map(\.folder) : []
            searched += near + far
            found += try folders(of: review, with: keys, near: near, far: far).map { try $0.known(as: known, console) }
        }
        // A row with an id that no folder has is reported with its cell, if there is a folder to compare it with.
        guard found.isEmpty else {
            for folder in found { try refuseCopy(folder.path, "nothing was sent") }
            return found
        }
        throw CommandFailure(
            .nothingSent,
            "the evidence folder of review \(Terminal.plain(reviews[0])) is not at "
                + "\(Terminal.plain(searched.first ?? ".", limit: 1000)); set its path with --evidence DIR; nothing was sent"
        )
    }

    /// The folders of a review with any of the row keys; the first folder of the review if no folder has any.
    ///
    /// - Parameters:
    ///   - near: the paths that the user has named, or that are beside the files.
    ///   - far: the paths in the ledger.
    /// - Throws: ``CommandFailure`` if two reviews near the files have the same row keys: their responses were the same, so
    ///   nobody can say which of them a row is about.
    private static func folders(
        of review: String, with keys: Set<String>, near: [String], far: [String]
    ) throws -> [ReviewedFolder] {
        var seen: Set<String> = []
        let all = (near + far).map { URL(fileURLWithPath: $0).standardizedFileURL.path }.filter { place in
            seen.insert(place).inserted && (try? EvidenceRecord(readingFrom: place))?.review == review
        }
        // A redacted copy counts only if its original is nowhere.
        let named = all.filter { !RedactionRecord.isOne($0) } + all.filter(RedactionRecord.isOne)
        guard named.count > 1 else { return try named.map { try ReviewedFolder(path: $0) } }
        let isNear = Set(near.map { URL(fileURLWithPath: $0).standardizedFileURL.path })
        var holding: [ReviewedFolder] = []
        for folder in named.compactMap({ try? ReviewedFolder(path: $0) }) {
            let own = Set(folder.population.map(\.key)).intersection(keys)
            // A copy of a folder elsewhere is the same review.
            guard !own.isEmpty, !holding.contains(where: { $0.manifestSHA256 == folder.manifestSHA256 }) else {
                continue
            }
            let same = holding.first { other in other.population.contains { own.contains($0.key) } }
            guard let same else {
                holding.append(folder)
                continue
            }
            guard isNear.contains(folder.path) else { continue }
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "the reviews in \(Terminal.plain(same.path, limit: 1000)) and \(Terminal.plain(folder.path, limit: 1000)) have "
                    + "the same rows, because the API returned the same user list for both; apply the file of each by itself, "
                    + "with --evidence; nothing was sent")
        }
        return holding.isEmpty ? [try ReviewedFolder(path: named[0])] : holding
    }

    /// Divides completed files among the folders that their rows belong to.
    ///
    /// - Returns: the files of each folder, without the rows of the others.
    /// - Throws: ``CommandFailure`` if a row could belong to more than one folder.
    public static func divide(
        _ files: [FilledFile], among folders: [ReviewedFolder], console: Console
    ) throws -> [[FilledFile]] {
        guard folders.count > 1 else { return [files] }
        let keys = folders.map { Set($0.population.map(\.key)) }
        var parts: [[FilledFile]] = folders.map { _ in [] }
        for file in files {
            let own = keys.indices.filter { index in file.rows.contains { keys[index].contains($0[.rowKey]) } }
            let others = { (index: Int) in
                own.filter { $0 != index }.reduce(into: Set<String>()) { $0.formUnion(keys[$1]) }
            }
            let lost = file.rows.filter { row in
                !(row[.decision] + row[.newAccountType]).isEmpty && !keys.contains { $0.contains(row[.rowKey]) }
            }
            guard own.count == 1 || lost.isEmpty else {
                console.complain(
                    lost.map { row in
                        ReviewProblem(
                            row, .rowKey, kind: .unclear,
                            "the row key is missing or was changed, and the files are about \(folders.count) reviews; restore "
                                + "the row key, or apply the file of each review by itself")
                    }, as: .error)
                throw CommandFailure(
                    .nothingSent, code: .inputInvalid,
                    "\(lost.count.counted("row")) could belong to more than one review; nothing was sent")
            }
            for index in own { parts[index].append(file.without(rowsOf: others(index))) }
        }
        return parts
    }

    /// Compares the folder with the reviews of its id in the ledger.
    ///
    /// - Throws: ``CommandFailure`` if the ledger knows the review with other checksums.
    private func known(as reviews: [ReviewRecord], _ console: Console) throws -> ReviewedFolder {
        let (name, place) = (Terminal.plain(record.review), Terminal.plain(path, limit: 1000))
        let workspace = WorkspaceIdentity.name(formerly: record.workspace)
        let written = reviews.filter { $0.workspace == workspace }
        if written.isEmpty {
            console.warn(
                "Review \(name) is not in this ledger: \(place) was written with another ledger or on another machine. "
                    + "Compare the SHA-256 of its \(Manifest.name), \(manifestSHA256), with the one that you noted when "
                    + "the review was exported.")
        } else if !written.contains(where: { $0.manifestSHA256 == manifestSHA256 }) {
            throw CommandFailure(
                .nothingSent,
                "\(place) is not the folder that was exported for review \(name), or its \(Manifest.name) was changed; "
                    + "nothing was sent")
        }
        return self
    }
}
