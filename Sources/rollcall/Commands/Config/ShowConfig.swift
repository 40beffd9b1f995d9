import ArgumentParser
import Connections
import Domain
import Foundation
import Reports
import Runs
import Settings
import TerminalIO
import WorkspaceAPI

extension ConfigCommand {
    /// `rollcall config show`
    struct Show: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every setting, its value and its source.",
            usage: "rollcall config show [<options>]",
            discussion: """
                Sends no request, runs no command and shows no secret.

                Examples:
                  rollcall config show
                  rollcall config show --profile acme
                """)
        static let words = "config show"

        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let settings = try common.settings()
            var rows = [
                row("file", settings.file + (settings.hasFile ? "" : " (there is none)"), settings.fileOrigin),
                row("profile", settings.profileName, settings.profileOrigin),
            ]
            var failure: CommandFailure?
            do {
                rows += try await connection(settings, console)
            } catch let problem as CommandFailure {
                failure = problem
            }
            rows += SettingKey.allCases.map { key in
                let setting = settings[key]
                if key == .ledger, let ledger = common.ledger { return row("ledger", ledger, .option("--ledger")) }
                return row(key.rawValue, setting?.text ?? standard(key), setting?.origin ?? .builtIn)
            }
            let keys = ["setting", "value", "from"]
            try console.output.rows("settings", JSONRow(keys: keys)) { emit in
                for row in rows {
                    let isSet = row.value != "-"
                    let cells: [Cell] = isSet ? [.text(row.value), .text(row.origin.words)] : [.empty, .empty]
                    try emit([.text(row.name)] + cells)
                }
            }
            try console.output.table(
                people: TextTable(
                    names: ["Setting", "Source", "Value"],
                    // The values come last: some are long, and would push everything else off the screen.
                    rows: rows.map { [$0.name, $0.value == "-" ? "-" : $0.origin.briefly, $0.value] },
                    whole: ["Setting"]),
                programs: TextTable(
                    names: keys, rows: rows.map { [$0.name, $0.value, $0.value == "-" ? "-" : $0.origin.words] }),
                keepsLast: true)
            if let failure { throw failure }
        }

        private func row(_ name: String, _ value: String?, _ origin: Origin) -> (
            name: String, value: String, origin: Origin
        ) {
            let shown = value.map { Terminal.plain($0, limit: 1000) } ?? ""
            return (name, shown.isEmpty ? "-" : shown, origin)
        }

        /// The connection; of key and secret only whether they are there.
        private func connection(
            _ settings: UserSettings, _ console: Console
        ) async throws -> [(name: String, value: String, origin: Origin)] {
            let source = try asCommandFailure { try settings.connection() }
            let names: [(CredentialVariable, String)] = [
                (.endpoint, "endpoint"), (.key, "key"), (.secret, "secret"), (.workspaceUID, "workspaceUid"),
            ]
            let plain = try await source.fetched([.endpoint, .workspaceUID], console)
            return names.map { variable, name in
                guard let origin = source.origin(of: variable) else { return row(name, nil, .builtIn) }
                if variable.isSecret { return row(name, source.isThere(variable) ? "********" : "not there", origin) }
                // People put keys into an endpoint's query; its description leaves that out.
                let value =
                    variable == .endpoint ? (try? Endpoint(plain[.endpoint] ?? ""))?.description : plain[variable]
                return row(name, value ?? "cannot be used", origin)
            }
        }

        /// What the program goes by where nothing is set.
        private func standard(_ key: SettingKey) -> String {
            let pace = Pace.standard
            return switch key {
            case .rate: pace.rate.text
            case .concurrency: "\(pace.concurrency)"
            case .batch: "\(pace.batch)"
            case .maxAttempts: "\(pace.maxAttempts)"
            case .timeout: pace.timeout.short(3)
            case .settleWait: "\(pace.settleWait)"
            case .maxWait: "\(pace.maxWait)"
            case .maxFailures: "\(pace.maxFailures)"
            case .privilegedTypes: "every type but \(PrivilegedTypes.ordinary.sorted().joined(separator: ", "))"
            case .formats: CreateReview.allFormats.text
            case .activity: "yes"
            case .preparer: NSUserName()
            case .ledger: UserFolders.standardLedger
            default: key.limit?.standard.text ?? ""
            }
        }
    }
}
