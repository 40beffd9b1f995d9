import Domain
import Foundation
import Reports
import TerminalIO

/// Where the results of a run go.
public struct ResultsPlace {
    /// The paths that were given; empty for a file beside the input.
    public var given: [String]

    /// Takes the paths that were given, each with the extension of a format.
    public init(given: [String]) { self.given = given }

    /// Where the results of a run over `input` go.
    ///
    /// - Parameters:
    ///   - retry: the run whose failed rows are sent again; its results stay where they are.
    ///   - earlier: how often they were sent again before; those results stay as well.
    ///   - part: goes into the names, where the rows of one input go to several workspaces.
    ///   - isReview: whether the run carries out a review, whose results are filed with the evidence; then there are
    ///     no others by default.
    /// - Throws: ``CommandFailure`` if one of them could not be written or would take the input's place, so that
    ///   nothing is sent whose results would have nowhere to go.
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
                    .nothingSent, "--results \(Terminal.plain(path)) is the input itself; nothing was sent")
            }
            do {
                try file.probe()
            } catch let error as WriteFailure {
                throw CommandFailure(
                    .nothingSent, error.sentence + "; give --results FILE for another place; nothing was sent")
            }
            return file
        }
    }

    /// Where the results of a run go that is taken up again, or whose failed rows are sent again: what was given, as it
    /// was given, or the place where the run's own are, whatever folder this is.
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

    /// The numbers of the device and of the file on it that a path leads to; nil if there is none.
    private static func fileNumbers(_ path: String) -> [NSNumber]? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let facts = try? FileManager.default.attributesOfItem(atPath: target) else { return nil }
        return [facts[.systemNumber], facts[.systemFileNumber]].compactMap { $0 as? NSNumber }
    }
}

/// What the files of a run are called.
public enum RunFileNames {
    /// `people.csv` → `people.results.csv`, in the sandbox `people.practice.results.csv`; for a retry
    /// `people.retry-of-3.results.csv`, then `people.retry-of-3-2.results.csv`; standard input → `rollcall.results.csv`
    /// here.
    static func results(
        besides input: String, retry: Int64? = nil, earlier: Int = 0, part: String? = nil, isPractice: Bool = false
    ) -> String {
        let ofRetry = retry.map { ".retry-of-\($0)" + (earlier == 0 ? "" : "-\(earlier + 1)") } ?? ""
        return stem(of: input, isPractice: isPractice) + (part.map { "." + $0 } ?? "") + ofRetry + ".results.csv"
    }

    /// `roles.csv` → `roles.undo-3.csv`, the list that takes the role changes of run 3 back.
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
