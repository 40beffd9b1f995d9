import Domain
import Foundation
import Ledger
import Reports
import Readers
import Settings
import TerminalIO
import WorkspaceAPI

/// Checks everything that a run needs, and continues after a failed check.
struct Examination {
    let connection: ConnectionOptions
    let common: CommonOptions
    let console: Console
    /// Called with each finding.
    let tell: (Diagnosis) -> Void
    /// The status of the first failure.
    private(set) var status = ExitStatus.done

    init(
        connection: ConnectionOptions, common: CommonOptions, console: Console, tell: @escaping (Diagnosis) -> Void
    ) {
        self.connection = connection
        self.common = common
        self.console = console
        self.tell = tell
    }

    /// Makes all checks.
    mutating func run() async {
        sayVersions()
        let settings = readSettings()
        if let settings { await examineConnection(settings) }
        let ledger =
            settings.map { common.ledgerPath($0, isPractice: connection.sandbox) } ?? common.ledger
            ?? UserFolders.standardLedger
        examineLedger(at: ledger)
        examineFolders(ledger: ledger)
        describeTerminal()
    }

    mutating func note(
        _ verdict: Diagnosis.Verdict, _ subject: String, _ sentence: String, _ advice: String? = nil
    ) {
        if case .failed(let failure) = verdict, status == .done { status = failure }
        tell(Diagnosis(verdict: verdict, subject: subject, sentence: sentence, advice: advice))
    }

    private mutating func sayVersions() {
        let parts =
            [
                "rollcall \(programVersion)", "SQLite \(Ledger.sqliteVersion)", HTTPLibrary.version,
                "libxlsxwriter \(WorkbookLibrary.version)",
            ] + WorkbookReaderLibraries.versions + [ProcessInfo.processInfo.operatingSystemVersionString]
        note(.ok, "versions", parts.joined(separator: ", "))
        if let problem = HTTPLibrary.problem { note(.failed(.nothingSent), "libcurl", problem) }
    }

    /// Checks the configuration file and the profile.
    private mutating func readSettings() -> UserSettings? {
        do {
            let settings = try common.settings()
            let profile = settings.profileName.map { "profile \($0), from \(settings.profileOrigin.words)" }
            let file = settings.hasFile ? settings.file : "no configuration file (\(settings.file)); none is needed"
            note(.ok, "settings", [file, profile].compactMap(\.self).joined(separator: "; "))
            return settings
        } catch {
            note(
                .failed(.nothingSent), "settings",
                Self.sentence(error).replacing("\n", with: "; ")
                    + "; the connection was not checked", "correct the setting")
            return nil
        }
    }

    /// A failure of a command as a sentence.
    static func sentence(_ error: any Error) -> String { (error as? CommandFailure)?.sentence ?? "\(error)" }
}
