import ArgumentParser
import Domain
import Foundation
import Planning
import Runs
import Settings
import TerminalIO

/// What every command takes that changes the workspace.
struct SendOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Sending"

    @Flag(help: "Show the plan and send nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not ask for confirmation.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "Maximum request rate: 10/s, 600/m, 5000/h or 'none'. (default: "
                + "\(Pace.standard.rate.text))", valueName: "N/s"))
    var rate: RateLimit?

    @Option(
        help: ArgumentHelp(
            "Maximum concurrent requests, 1 to 256. (default: \(Pace.standard.concurrency))", valueName: "N"))
    var concurrency: Int?

    @Option(
        help: ArgumentHelp(
            "Rows per request, 1 to 500. (default: "
                + "\(Pace.standard.batch))", valueName: "N"))
    var batch: Int?

    @Option(
        help: ArgumentHelp(
            "Attempts per row, 1 to 100. (default: \(Pace.standard.maxAttempts))",
            valueName: "N"))
    var maxAttempts: Int?

    @Option(
        help: ArgumentHelp(
            "Request timeout. (default: \(Pace.standard.timeout.short(3)))", valueName: "seconds"))
    var timeout: Double?

    @Option(
        help: ArgumentHelp(
            "How long a timed-out request can still take effect, and the user list can lag. (default: "
                + "\(Pace.standard.settleWait))", valueName: "time"))
    var settleWait: WaitTime?

    @Option(
        help: ArgumentHelp(
            "Maximum wait for the API's rate limit; if the API asks for more, the run stops. (default: "
                + "\(Pace.standard.maxWait))", valueName: "time"))
    var maxWait: WaitTime?

    @Option(
        help: ArgumentHelp(
            "Stop after N consecutive rows with the same error that does not name a row, or 'none'. (default: "
                + "\(Pace.standard.maxFailures))", valueName: "N"))
    var maxFailures: FailureLimit?

    @Option(
        help: ArgumentHelp(
            "Send only the first N rows; 'rollcall runs resume' sends the rest.", valueName: "N"))
    var first: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write results to this file; \(ReportFormat.extensions). Can be repeated.",
            discussion: "Default: next to the input, for example people.results.csv for people.csv", valueName: "file"),
        completion: .report)
    var results: [String] = []

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "List the workspace after the run and mark each row confirmed or contradicted.",
            discussion: "Default: on for set-role, disable and apply, off for invite"))
    var verify: Bool?

    mutating func validate() throws {
        try SettingKey.concurrency.check(concurrency, option: "--concurrency")
        try SettingKey.batch.check(batch, option: "--batch")
        try SettingKey.maxAttempts.check(maxAttempts, option: "--max-attempts")
        try SettingKey.timeout.check(timeout, option: "--timeout")
        try SettingKey.settleWait.check(settleWait, option: "--settle-wait")
        try SettingKey.maxWait.check(maxWait, option: "--max-wait")
        if let first, first < 1 { throw ValidationError("--first must be a whole number, 1 or more.") }
        for path in results { try ReportOptions.check(path, option: "--results") }
    }
}

extension SendOptions {
    /// What was given, or set, or else the default, as far as the limit on open files allows it.
    func pace(_ settings: UserSettings, console: Console) -> Pace {
        var wanted = Pace.standard
        wanted.rate = settings.value(.rate, given: rate, else: wanted.rate)
        wanted.concurrency = settings.value(.concurrency, given: concurrency, else: wanted.concurrency)
        wanted.batch = settings.value(.batch, given: batch, else: wanted.batch)
        wanted.maxAttempts = settings.value(.maxAttempts, given: maxAttempts, else: wanted.maxAttempts)
        wanted.timeout = settings.value(.timeout, given: timeout, else: wanted.timeout)
        wanted.settleWait = settings.value(.settleWait, given: settleWait, else: wanted.settleWait)
        wanted.maxWait = settings.value(.maxWait, given: maxWait, else: wanted.maxWait)
        wanted.maxFailures = settings.value(.maxFailures, given: maxFailures, else: wanted.maxFailures)
        let (pace, warning) = wanted.fitting(openFiles: OpenFileLimit.current)
        if let warning { console.warn(warning) }
        return pace
    }

    /// What is asked for about a run, with what the settings say.
    ///
    /// - Parameter limits: what it must not go beyond.
    func options(
        _ settings: UserSettings, limits: GuardLimits, _ connection: ConnectionOptions, console: Console
    ) -> RunOptions {
        var options = RunOptions(
            pace: pace(settings, console: console), limits: limits, results: ResultsPlace(given: results))
        options.isDryRun = dryRun
        options.isAgreed = yes
        options.first = first
        options.verifies = verify
        options.allowsEmpty = connection.allowEmpty
        options.profile = connection.sandbox ? nil : settings.connectionProfile
        return options
    }
}

extension RateLimit: ExpressibleByArgument {}
extension WaitTime: ExpressibleByArgument {}
extension FailureLimit: ExpressibleByArgument {}
