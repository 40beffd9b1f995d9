import ArgumentParser
import Domain
import Foundation
import Ledger
import People
import Populations
import Reports
import Reviewing
import Sealing
import Settings
import TerminalIO

/// `rollcall review`, with options instead of a command behind it.
struct CreateReview: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Export a review as an evidence folder; the default.",
        usage: ReviewCommand.configuration.usage, discussion: ReviewCommand.configuration.discussion)

    static let words = "review"

    @Option(
        help: ArgumentHelp(
            "The folder to create.",
            discussion: "Default: reviews/<id>, in the sandbox practice-reviews/<id>", valueName: "folder"),
        completion: .directory)
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Comma-separated formats. (default: \(Self.allFormats.text))",
            discussion: "vanta: active users for Vanta; entra: columns of Entra's review history",
            valueName: "list"))
    var format: FormatList?

    @Option(
        help: ArgumentHelp(
            "The period that the review covers.", discussion: "Default: the current quarter, such as 2026-Q4"))
    var period: String?

    @Option(
        help: ArgumentHelp(
            "The review's id.", discussion: "Default: the period, numbered if already used", valueName: "id"))
    var reviewId: String?

    @Option(help: ArgumentHelp("The due date, such as 2026-12-15.", valueName: "date"))
    var due: String?

    @Option(help: ArgumentHelp("The person who decides about each account.", valueName: "name"))
    var reviewer: String?

    @Option(help: ArgumentHelp("The person who approves the decisions; not the reviewer.", valueName: "name"))
    var approver: String?

    @Option(
        help: ArgumentHelp(
            "The person who prepares the review.", discussion: "Default: your user name", valueName: "name"))
    var preparer: String?

    @Option(
        help: ArgumentHelp(
            "Split into one workbook per account type, domain or reviewer.",
            discussion:
                "accountType, domain, manager (by --people), or a CSV with the columns email (or uid) and reviewer",
            valueName: "accountType|domain|manager|file"),
        completion: .split)
    var splitBy: String?

    @Option(
        help: ArgumentHelp(
            "With --split-by manager: the reviewer of accounts without a manager who can decide.", valueName: "name"))
    var fallback: String?

    @Flag(
        help: ArgumentHelp(
            "Review every workspace of a company, with a summary across workspaces.",
            discussion: "Needs a company token (prdm_cmp_)"))
    var allWorkspaces = false

    @Flag(help: "Do not request the audit log, so that the review has no activity.")
    var noActivity = false

    @Flag(help: "Open the web page in the browser.")
    var open = false

    @OptionGroup(title: PeopleOptions.title) var people: PeopleOptions
    @OptionGroup(title: CSVFileOptions.title) var csv: CSVFileOptions
    @OptionGroup(title: ReviewOptions.title) var review: ReviewOptions
    @OptionGroup(title: SealOptions.title) var seal: SealOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    mutating func validate() throws {
        if Self.isSamePerson(reviewer, approver) {
            throw ValidationError("--approver must not be the same person as --reviewer.")
        }
        if fallback != nil, splitBy != Self.byManager { throw ValidationError("--fallback needs --split-by manager.") }
        if let due, CalendarDay(due) == nil {
            throw ValidationError("--due \(Terminal.plain(due)) is not a date such as 2026-12-15.")
        }
        if let period, let problem = ReviewPeriod.problem(with: period) {
            throw ValidationError("--period \(Terminal.plain(period)) \(problem)")
        }
        if let reviewId, reviewId.isEmpty || reviewId.contains("/") || reviewId.hasPrefix(".") {
            throw ValidationError("--review-id \(Terminal.plain(reviewId)) cannot be the name of a folder.")
        }
    }

    static let allFormats = FormatList(ReportFormat.filed)

    /// Whether both are named, and one person.
    private static func isSamePerson(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other else { return false }
        return PersonName.areSame(one, other)
    }

    func run(on console: Console) async throws {
        let settings = try common.settings()
        let sealing = try await seal.sealing(settings, otherwise: "nothing was written")
        let path = try await SignalCleanup.during { try await write(settings, sealing, console) }
        if open { openReport(in: path, console) }
    }

    /// Makes the review, and seals it.
    ///
    /// - Returns: the path of the folder.
    private func write(_ settings: UserSettings, _ sealing: Sealing?, _ console: Console) async throws -> String {
        let making = try await making(settings, console)
        let path = out ?? Self.folder(for: making.id, isPractice: connection.sandbox)
        try await asReportFailure {
            if allWorkspaces { return try await reviewAll(making, to: path, settings, sealing) }
            let folder = try EvidenceFolder(path: path)
            defer { folder.discard() }
            try await connection.connect(settings, console: console) { connection in
                let made = try await making.make(over: connection, to: folder)
                try making.ledger.record(made.record(at: path))
                try say(made, path, making, on: console)
            }
            try await sealing?.seal([.init(path, EvidenceLink(.review))], on: console)
        }
        return path
    }

    /// Opens the page of the review or, if there is no page, the copy of the workbook that people complete.
    private func openReport(in folder: String, _ console: Console) {
        let name = allWorkspaces ? "access" : "review"
        let copies = allWorkspaces ? folder : folder + "/" + EvidenceFolder.toFillInName
        let paths = ["\(folder)/\(name).html"] + ["xlsx", "csv"].map { "\(copies)/\(name).\($0)" }
        FileOpener.open(paths.filter { FileManager.default.fileExists(atPath: $0) }, on: console)
    }

    private func making(_ settings: UserSettings, _ console: Console) async throws -> ReviewMaking {
        let reviewer = settings.value(.reviewer, given: reviewer)
        let approver = settings.value(.approver, given: approver)
        guard !Self.isSamePerson(reviewer, approver) else {
            throw CommandFailure(
                .nothingSent, code: .settingsInvalid,
                "the approver and the reviewer are the same person; name a different approver")
        }
        if let due, let day = CalendarDay(due), day < .today {
            throw CommandFailure(
                .nothingSent, "--due \(due) is in the past; today is \(CalendarDay.today) in UTC; nothing was written")
        }
        let period = period ?? Quarter.containing(Date())
        if let calendar = ReviewPeriod(period), calendar.isAhead(of: Date()) {
            throw CommandFailure(
                .nothingSent,
                "the period \(Terminal.plain(period)) begins on \(calendar.firstDay); a list of today shows nothing about it. "
                    + "For a fiscal period use another name, such as FY\(Terminal.plain(period)); nothing was written")
        }
        let formats = settings.value(.formats, given: format, else: Self.allFormats) { FormatList(argument: $0) }
        let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
        var making = ReviewMaking(
            id: try await id(for: period, in: ledger, settings, console), period: period,
            preparer: settings.value(.preparer, given: preparer, else: NSUserName()), in: ledger, console: console)
        making.due = due
        making.reviewer = reviewer
        making.approver = approver
        making.domains = settings.domains(given: review.domain)
        making.privileged = settings.privilegedTypes
        making.formats = formats.formats
        making.interchanges = formats.interchanges
        making.options = review.fileOptions(settings)
        if splitBy == Self.byManager {
            making.managers = ManagerRule(fallback: fallback)
        } else {
            making.sharing = try splitBy.map(ReviewSharing.read)
        }
        try await compare(&making, settings, console)
        making.asksForActivity = settings.value(.activity, given: noActivity ? false : nil, else: true, YesNo.read)
        making.allowsEmpty = connection.allowEmpty
        return making
    }

    private static let byManager = "manager"

    /// Reads the company's own list, which the accounts are compared with.
    private func compare(_ making: inout ReviewMaking, _ settings: UserSettings, _ console: Console) async throws {
        // The list of a profile is not about the accounts of the sandbox.
        if people.people != nil || !connection.sandbox { making.people = try await people.read(csv, settings) }
        guard let list = making.people else {
            guard making.managers == nil else {
                throw CommandFailure(.usage, "--split-by manager needs --people FILE, the company's own list of people")
            }
            return
        }
        making.day = PeopleOptions.today
        making.services = settings.serviceAccounts
        making.exceptions = settings.findingExceptions
        list.tell(on: console)
    }

    /// Where a review goes by default; those of the sandbox go elsewhere.
    private static func folder(for id: String, isPractice: Bool) -> String {
        (isPractice ? "practice-reviews/" : "reviews/") + id
    }

    /// The review's id: what was given, or the period, and behind that a number where a review has that id already. The
    /// decisions of two reviews must not be taken for one another.
    private func id(
        for period: String, in ledger: Ledger, _ settings: UserSettings, _ console: Console
    ) async throws -> String {
        let workspace = allWorkspaces ? nil : try await connection.workspaceName(settings, console)
        let wanted = reviewId ?? period.replacing("/", with: "-")
        let id = connection.sandbox && !wanted.uppercased().hasPrefix("PRACTICE") ? "PRACTICE-" + wanted : wanted
        let isTaken = { (id: String) throws -> Bool in
            let reviews = try asCommandFailure(.nothingSent) { try ledger.reviews(named: id) }
            if reviews.contains(where: { workspace == nil || $0.workspace == workspace }) { return true }
            let folder = Self.folder(for: id, isPractice: connection.sandbox)
            return reviewId == nil && out == nil && FileManager.default.fileExists(atPath: folder)
        }
        guard try isTaken(id) else { return id }
        guard reviewId == nil else {
            throw CommandFailure(
                .nothingSent,
                "review \(Terminal.plain(id)) of this workspace already exists; choose another id with "
                    + "--review-id; nothing was written")
        }
        for number in 2...999 where try !isTaken("\(id)-\(number)") {
            console.say("Review \(Terminal.plain(id)) already exists; this one is \(Terminal.plain(id))-\(number).")
            return "\(id)-\(number)"
        }
        throw CommandFailure(
            .nothingSent,
            "there are already 999 reviews \(Terminal.plain(id)); choose another id with --review-id; nothing was written"
        )
    }

    private func say(
        _ made: ReviewMaking.Made, _ path: String, _ making: ReviewMaking, on console: Console
    ) throws {
        let (source, context, manifest) = (made.source, made.context, made.manifestSHA256)
        let record = try EvidenceRecord(readingFrom: path)
        if console.output.format != .text {
            try console.output.add(record.members(folder: path, manifest: manifest))
        }
        let snapshot = source.snapshot
        console.say(console.style.bold("Review \(Terminal.plain(context.id)) of \(Terminal.plain(snapshot.workspace))"))
        console.say("  \(snapshot.active.counted("active user")), \(snapshot.invited.counted("invitation"))")
        if let previous = source.previous {
            let changes = source.changeCounts()
            let words = [AccountChange.new, .changed, .gone].map { "\((changes[$0] ?? 0).grouped) \($0.rawValue)" }
            console.say("  since review \(Terminal.plain(previous.id)): " + words.joined(separator: ", "))
        }
        if let people = context.people {
            let found = record.counts["findings"] ?? [:]
            let counts = FindingCode.allCases.map(\.rawValue).compactMap { code in
                found[code].map { "\($0.grouped) \(code)" }
            }
            console.say(
                "  findings by \(Terminal.plain(people.name)): "
                    + (counts.isEmpty ? "none" : counts.joined(separator: ", ")))
        }
        if let activity = context.activity { console.say("  activity: \(activity.reach)") }
        if making.interchanges.contains(.vanta), snapshot.invited > 0 {
            console.say("  \(Interchange.vanta.fileName) contains only active users; invitations are not included")
        }
        for warning in context.warnings { console.warn(Terminal.plain(warning, limit: 500)) }
        console.say("Written: \(Terminal.plain(path, limit: 1000))")
        console.say("To check it later, anywhere: rollcall verify \(ShellWord.path(path))")
        let folder = path + "/" + EvidenceFolder.toFillInName
        if let split = record.split {
            let parts = split.parts.count.counted("workbook")
            console.say("For the reviewers: \(parts) with the parts, in \(Terminal.plain(folder, limit: 1000))")
        }
        making.sayWhatNext(in: path)
        console.sayEvidenceHash(manifest)
    }
}

extension ReviewMaking {
    /// Names the file that people complete, and the command for it.
    func sayWhatNext(in path: String) {
        guard let format = [ReportFormat.xlsx, .csv].first(where: formats.contains) else { return }
        let copy = "\(path)/\(EvidenceFolder.toFillInName)/review.\(format.rawValue)"
        console.say("To be completed: \(Terminal.plain(copy, limit: 1000))")
        console.say("After it is completed: " + console.command("apply " + ShellWord.path(copy)))
    }
}
