import Domain
import Foundation
import Reports
import TerminalIO

/// Decides the paths of the results files of a run.
public struct ResultsPlace {
    /// The paths given with `--results`; empty for a file beside the input.
    public var given: [String]

    /// Takes the given paths, each with the extension of a format.
    public init(given: [String]) { self.given = given }

    /// The results files of a run over `input`.
    ///
    /// - Parameters:
    ///   - retry: the run that is retried; its results are kept.
    ///   - earlier: the number of earlier retries; their results are kept too.
    ///   - part: added to the names if the rows of the input are for several workspaces.
    ///   - isReview: whether the run applies a review. Its results are in the evidence folder, and there are no others
    ///     by default.
    /// - Throws: ``CommandFailure`` if a file cannot be written or is the input itself, so that nothing is sent whose
    ///   results cannot be stored.
    public func files(
        besides input: String, retry: Int64? = nil, earlier: Int = 0, isReview: Bool = false, part: String? = nil,
        isPractice: Bool = false
    ) throws -> [ReportFile] {
        if given.isEmpty && isReview { return [] }
        let paths =
            given.isEmpty
            ? [
                RunFileNames.results(
                    besides: input, retry: retry, earlier: earlier, part: part, isPractice: isPractice)
            ]
            : given.map { path in part.map { RunFileNames.inserting($0, into: path) } ?? path }
        return try paths.compactMap { path -> ReportFile? in
            guard let file = ReportFile(path: path) else { return nil }
            guard !Self.isSameFile(path, input) else {
                throw CommandFailure(
                    .nothingSent, "--results \(Terminal.plain(path)) is the input file; nothing was sent")
            }
            do {
                try file.probe()
            } catch let error as WriteFailure {
                throw CommandFailure(
                    .nothingSent, error.sentence + "; nothing was sent; to use another file: --results FILE")
            }
            return file
        }
    }

    /// The results files of a run that is resumed or retried: the given paths or, by default, those of the original
    /// run, whatever the current folder is.
    ///
    /// - Throws: as ``files(besides:retry:earlier:isReview:part:isPractice:)``.
    public func files(of run: RunHeader, retry: Int64?, earlier: Int = 0) throws -> [ReportFile] {
        if given.isEmpty, retry == run.retryOf, !run.results.isEmpty {
            return try ResultsPlace(given: run.results.map(RunHeader.fromHere))
                .files(besides: run.inputPath, isReview: run.review != nil)
        }
        return try files(
            besides: run.inputPath, retry: retry, earlier: earlier, isReview: run.review != nil,
            part: given.isEmpty ? run.part : nil, isPractice: Practice.isPractice(run.workspace))
    }

    private static func isSameFile(_ path: String, _ input: String) -> Bool {
        guard let one = fileNumbers(path), let other = fileNumbers(input) else { return false }
        return one == other
    }

    /// The device and inode numbers of the file at a path, symbolic links followed; nil if there is none.
    private static func fileNumbers(_ path: String) -> [NSNumber]? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let facts = try? FileManager.default.attributesOfItem(atPath: target) else { return nil }
        return [facts[.systemNumber], facts[.systemFileNumber]].compactMap { $0 as? NSNumber }
    }
}

/// The names of the files of a run.
public enum RunFileNames {
    /// `people.csv` → `people.results.csv`, in the sandbox `people.practice.results.csv`; for a retry
    /// `people.retry-of-3.results.csv`, then `people.retry-of-3-2.results.csv`; standard input → `rollcall.results.csv`
    /// in the current folder.
    static func results(
        besides input: String, retry: Int64? = nil, earlier: Int = 0, part: String? = nil, isPractice: Bool = false
    ) -> String {
        let ofRetry = retry.map { ".retry-of-\($0)" + (earlier == 0 ? "" : "-\(earlier + 1)") } ?? ""
        return stem(of: input, isPractice: isPractice) + (part.map { "." + $0 } ?? "") + ofRetry + ".results.csv"
    }

    /// `roles.csv` → `roles.undo-3.csv`, the undo list of run 3.
    static func undo(besides input: String, run: Int64, isPractice: Bool) -> String {
        stem(of: input, isPractice: isPractice) + ".undo-\(run).csv"
    }

    /// `ledger.db` → `ledger-practice.db`.
    public static func appending(_ suffix: String, to path: String) -> String {
        let `extension` = (path as NSString).pathExtension
        return stem(of: path) + suffix + (`extension`.isEmpty ? "" : "." + `extension`)
    }

    /// `out.csv` → `out.acme-finance.csv`.
    static func inserting(_ name: String, into path: String) -> String {
        stem(of: path) + "." + name + "." + (path as NSString).pathExtension
    }

    private static func stem(of input: String, isPractice: Bool = false) -> String {
        let path = input as NSString
        let stem = input == "-" ? "rollcall" : path.pathExtension.isEmpty ? input : path.deletingPathExtension
        return isPractice ? stem + ".practice" : stem
    }
}
