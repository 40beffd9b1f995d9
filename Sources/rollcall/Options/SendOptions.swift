import ArgumentParser
import Domain
import Foundation
import Reports
import Settings

/// What every command takes that changes the workspace.
struct SendOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Sending"

    @Flag(help: "Show the plan and send nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Send without asking.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "Requests in a time, from 1 a day to a million a second: 10/s, 600/m, 5000/h; or 'none'. (default: "
                + "\(Pace.standard.rate.text))", valueName: "N/s"))
    var rate: RateLimit?

    @Option(
        help: ArgumentHelp(
            "Requests on their way at once, 1 to 256. (default: \(Pace.standard.concurrency))", valueName: "N"))
    var concurrency: Int?

    @Option(
        help: ArgumentHelp(
            "Rows in one request, 1 to 500: for slow links, and for limits that count requests. (default: "
                + "\(Pace.standard.batch))", valueName: "N"))
    var batch: Int?

    @Option(
        help: ArgumentHelp(
            "Attempts for each row before it has failed, 1 to 100. (default: \(Pace.standard.maxAttempts))",
            valueName: "N"))
    var maxAttempts: Int?

    @Option(
        help: ArgumentHelp(
            "How long to wait for an answer. (default: \(Pace.standard.timeout.short(3)))", valueName: "seconds"))
    var timeout: Double?

    @Option(
        help: ArgumentHelp(
            "How long after its timeout a request may still take effect, and a listing may lag. (default: "
                + "\(Pace.standard.settleWait))", valueName: "time"))
    var settleWait: WaitTime?

    @Option(
        help: ArgumentHelp(
            "How long the API may ask the run to wait; beyond it the run stops and can be resumed. (default: "
                + "\(Pace.standard.maxWait))", valueName: "time"))
    var maxWait: WaitTime?

    @Option(
        help: ArgumentHelp(
            "Stop after N rows in a row with the same answer that does not name a row, or 'none'. (default: "
                + "\(Pace.standard.maxFailures))", valueName: "N"))
    var maxFailures: FailureLimit?

    @Option(
        help: ArgumentHelp(
            "Send only the first N rows, as a trial; 'rollcall runs resume' sends the rest.", valueName: "N"))
    var first: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the results go; \(ReportFormat.extensions). May be given again.",
            discussion: "Default: beside the input, people.results.csv", valueName: "file"),
        completion: .report)
    var results: [String] = []

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "List the workspace again at the end, and mark each row confirmed or contradicted.",
            discussion: "Default: yes for what changes or takes away access, no for invites"))
    var verify: Bool?

    mutating func validate() throws {
        try SettingKey.concurrency.check(concurrency, option: "--concurrency")
        try SettingKey.batch.check(batch, option: "--batch")
        try SettingKey.maxAttempts.check(maxAttempts, option: "--max-attempts")
        try SettingKey.timeout.check(timeout, option: "--timeout")
        try SettingKey.settleWait.check(settleWait, option: "--settle-wait")
        try SettingKey.maxWait.check(maxWait, option: "--max-wait")
        if let first, first < 1 { throw ValidationError("--first is a whole number, 1 or more.") }
        try ReportPaths.check(results, option: "--results")
    }

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
    func resultsFiles(
        besides input: String, retry: Int64? = nil, earlier: Int = 0, isReview: Bool = false, part: String? = nil,
        isPractice: Bool = false
    ) throws -> [ReportFile] {
        if results.isEmpty && isReview { return [] }
        let paths =
            results.isEmpty
            ? [
                Self.defaultResults(
                    besides: input, retry: retry, earlier: earlier, part: part, isPractice: isPractice)
            ]
            : results.map { path in part.map { Self.inserting($0, into: path) } ?? path }
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
    /// - Throws: as ``resultsFiles(besides:retry:earlier:isReview:part:)``.
    func resultsFiles(of run: RunHeader, retry: Int64?, earlier: Int = 0) throws -> [ReportFile] {
        if results.isEmpty, retry == run.retryOf, !run.results.isEmpty {
            var own = self
            own.results = run.results.map(RunHeader.fromHere)
            return try own.resultsFiles(besides: run.inputPath, isReview: run.review != nil)
        }
        return try resultsFiles(
            besides: run.inputPath, retry: retry, earlier: earlier, isReview: run.review != nil,
            part: results.isEmpty ? run.part : nil, isPractice: Practice.isPractice(run.workspace))
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

    /// `people.csv` → `people.results.csv`, in the sandbox `people.practice.results.csv`; for a retry `people.retry-of-3.results.csv`, then
    /// `people.retry-of-3-2.results.csv`; standard input → `rollcall.results.csv` here.
    static func defaultResults(
        besides input: String, retry: Int64? = nil, earlier: Int = 0, part: String? = nil, isPractice: Bool = false
    ) -> String {
        let ofRetry = retry.map { ".retry-of-\($0)" + (earlier == 0 ? "" : "-\(earlier + 1)") } ?? ""
        return stem(of: input, isPractice: isPractice) + (part.map { "." + $0 } ?? "") + ofRetry + ".results.csv"
    }

    /// `ledger.db` → `ledger-practice.db`.
    static func appending(_ suffix: String, to path: String) -> String {
        let `extension` = (path as NSString).pathExtension
        return stem(of: path) + suffix + (`extension`.isEmpty ? "" : "." + `extension`)
    }

    /// `out.csv` → `out.acme-finance.csv`.
    static func inserting(_ name: String, into path: String) -> String {
        stem(of: path) + "." + name + "." + (path as NSString).pathExtension
    }

    /// `roles.csv` → `roles.undo-3.csv`, the list that takes the role changes of run 3 back.
    static func undoFile(besides input: String, run: Int64, isPractice: Bool) -> String {
        stem(of: input, isPractice: isPractice) + ".undo-\(run).csv"
    }

    private static func stem(of input: String, isPractice: Bool = false) -> String {
        let path = input as NSString
        let stem = input == "-" ? "rollcall" : path.pathExtension.isEmpty ? input : path.deletingPathExtension
        return isPractice ? stem + ".practice" : stem
    }
}

/// `10/s`, `600/m`, `5000/h`, `10` or `none`.
struct RateLimit: ExpressibleByArgument, CustomStringConvertible {
    /// Requests a second; nil for no limit.
    var perSecond: Double?

    /// From one a day to what no run reaches: beyond these a number is a slip of the keyboard.
    private static let bounds = 1.0 / 86_400...1_000_000

    init(perSecond: Double?) { self.perSecond = perSecond }

    init?(argument: String) {
        if ["none", "unlimited"].contains(argument) {
            self.init(perSecond: nil)
            return
        }
        let parts = argument.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let units = ["s": 1.0, "sec": 1, "m": 60, "min": 60, "h": 3600]
        guard let first = parts.first, let count = Double(first),
            let seconds = parts.count == 1 ? 1 : units[String(parts[1])], Self.bounds.contains(count / seconds)
        else { return nil }
        self.init(perSecond: count / seconds)
    }

    var description: String { perSecond.map { "\($0)/s" } ?? "none" }
    /// As it is given: `10/s`.
    var text: String {
        perSecond.map { $0.short(6) + "/s" } ?? "none"
    }
}
