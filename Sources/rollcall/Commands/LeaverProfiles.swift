import Connections
import Domain
import Foundation
import Ledger
import People
import Reviewing
import Settings
import TerminalIO

/// Several profiles whose workspaces are searched for leavers, each with its own connection, ledger and settings.
struct LeaverProfiles {
    private let all: [(name: String, settings: UserSettings)]
    /// The profile that names the list of people, and how it is read.
    let reading: UserSettings

    /// Reads names that are separated by commas, or `all`.
    ///
    /// - Throws: ``CommandFailure`` if there is no such profile, or two profiles name different lists.
    init(_ text: String) throws {
        let known = try UserSettings.read(profile: nil)
        var names = text.split(separator: ",").map { EmailAddress.trimmed(String($0)) }.filter { !$0.isEmpty }
        if names.count == 1, names[0].lowercased() == "all", !known.profiles.contains("all") { names = known.profiles }
        guard !names.isEmpty else {
            throw CommandFailure(
                .nothingSent, code: .settingsInvalid,
                "there are no profiles in \(Terminal.plain(known.file, limit: 1000)); to add one: rollcall init")
        }
        var seen: Set<String> = []
        all = try names.filter { seen.insert($0).inserted }.map { ($0, try UserSettings.read(profile: $0)) }
        reading = all.first { $0.settings.namesPeopleList }?.settings ?? all[0].settings
        for key in [SettingKey.people, .peopleCommand, .peopleColumns, .peopleStatuses, .dateFormat] {
            guard let wanted = reading[key]?.text else { continue }
            for (name, settings) in all {
                if let other = settings[key]?.text, other != wanted {
                    throw CommandFailure(
                        .nothingSent, code: .settingsInvalid,
                        "\(key.rawValue) of profile \(Terminal.plain(name)) differs from that of "
                            + "\(Terminal.plain(reading.profileName ?? "")), so there are two lists; search them one by one: "
                            + "--profile \(ShellWord.quoted(Terminal.plain(name)))")
                }
            }
        }
    }

    /// Searches each workspace. One that cannot be read is named, and the others are searched.
    ///
    /// - Returns: how the command ends if a workspace could not be read; nil if all were.
    /// - Throws: ``CommandFailure`` if none could be read.
    func search(
        _ search: inout LeaverSearch, _ list: CompanyPeople, _ connection: ConnectionOptions, _ common: CommonOptions,
        _ console: Console
    ) async throws -> ExitStatus? {
        var failures: [CommandFailure] = []
        var found = search
        for (name, settings) in all {
            do {
                let ledger = try common.openLedger(settings, isPractice: false)
                guard settings.connectionProfile == name else {
                    throw CommandFailure(
                        .nothingSent, code: .credentialsMissing, "it has no endpoint and no credentials")
                }
                let isNew = try await connection.connect(settings, console: console) { one in
                    try await found.search(
                        one, named: name, by: settings.leaverRules(list), in: ledger, allowEmpty: connection.allowEmpty)
                }
                if !isNew {
                    console.say("profile \(Terminal.plain(name)) is for a workspace that was searched already")
                }
            } catch {
                var failure = CommandFailure(anything: error)
                guard failure.status != .interrupted else { throw failure }
                let reason = failure.sentence ?? "it could not be read"
                found.note(unsearched: name, because: reason)
                failure.sentence = "profile \(Terminal.plain(name)): \(reason)"
                failures.append(failure)
            }
        }
        search = found
        guard let first = failures.first else { return nil }
        if found.isEmpty, failures.count == 1 { throw first }
        for failure in failures { console.fail(failure) }
        // What nobody could be asked about is not known to have no leavers.
        let statuses = Set(failures.map(\.status))
        let status =
            statuses.count == 1 && [.unreachable, .credentialsRefused].contains(first.status)
            ? first.status : .needsAttention
        if found.isEmpty { throw CommandFailure(status == .needsAttention ? .nothingSent : status) }
        return status
    }
}

extension UserSettings {
    fileprivate var namesPeopleList: Bool { self[.people] != nil || self[.peopleCommand] != nil }

    /// How a workspace is compared with a list, by the service accounts, exceptions and privileged types of the settings.
    func leaverRules(_ list: CompanyPeople) -> LeaverSearch.Rules {
        .init(
            PeopleComparison(
                with: list.directory, on: PeopleOptions.today, services: serviceAccounts, exceptions: findingExceptions),
            privileged: privilegedTypes)
    }
}
