import Domain
import Foundation
import Ledger
import Reports
import Readers
import Settings
import TerminalIO
import WorkspaceAPI

/// Looks at everything that a run needs, one after the other, and goes on after what is broken.
struct Examination {
    let connection: ConnectionOptions
    let common: CommonOptions
    let console: Console
    /// Told each finding as it is made.
    let tell: (Diagnosis) -> Void
    /// The first failure's.
    private(set) var status = ExitStatus.done

    init(
        connection: ConnectionOptions, common: CommonOptions, console: Console, tell: @escaping (Diagnosis) -> Void
    ) {
        self.connection = connection
        self.common = common
        self.console = console
        self.tell = tell
    }

    /// Looks at all of it.
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

    /// What is set, and which profile.
    private mutating func readSettings() -> UserSettings? {
        do {
            let settings = try common.settings()
            let profile = settings.profileName.map { "profile \($0), from \(settings.profileOrigin.words)" }
            let file = settings.hasFile ? settings.file : "there is no \(settings.file), and none is needed"
            note(.ok, "settings", [file, profile].compactMap(\.self).joined(separator: "; "))
            return settings
        } catch {
            note(
                .failed(.nothingSent), "settings", Self.sentence(error).replacing("\n", with: "; "),
                "put that right; nothing of the connection was looked at")
            return nil
        }
    }

    /// A failure of a command as a sentence.
    static func sentence(_ error: any Error) -> String { (error as? CommandFailure)?.sentence ?? "\(error)" }
}
