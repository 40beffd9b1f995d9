import ArgumentParser
import Domain
import Foundation
import People
import Planning
import Readers
import Runs
import Settings
import TerminalIO
import WorkspaceAPI

extension UserSettings {
    /// Reads the environment and the configuration file, and checks all settings, also those that the command does not use.
    ///
    /// - Parameter profile: the profile that the command line names.
    /// - Throws: ``CommandFailure``; the sentence names every problem and its place.
    static func read(profile: String?) throws -> UserSettings {
        let settings = try asCommandFailure {
            try UserSettings(
                environment: ProcessInfo.processInfo.environment, home: UserFolders.home, profile: profile)
        }
        let problems = SettingKey.allCases.compactMap { key in
            settings[key].flatMap { setting in
                key.problem(setting.text).map { "\(setting.origin.words): \($0)" }
            }
        }
        guard problems.isEmpty else { throw CommandFailure(.nothingSent, problems.joined(separator: "\n")) }
        return settings
    }

    /// What the command line gave, or what the settings say, or the program's own value.
    func value<Value>(
        _ key: SettingKey, given: Value?, else standard: Value, _ read: (String) -> Value?
    ) -> Value {
        value(key, given: given, read) ?? standard
    }

    /// What the command line gave, or what the settings say.
    func value<Value>(_ key: SettingKey, given: Value?, _ read: (String) -> Value?) -> Value? {
        given ?? self[key].flatMap { read($0.text) }
    }

    /// What the command line gave, or what the settings say, or the program's own value.
    func value<Value: LosslessStringConvertible>(_ key: SettingKey, given: Value?, else standard: Value) -> Value {
        value(key, given: given) ?? standard
    }

    /// What the command line gave, or what the settings say.
    func value<Value: LosslessStringConvertible>(_ key: SettingKey, given: Value?) -> Value? {
        value(key, given: given, Value.init)
    }

    /// What the command line gave, or what the settings say; the members of a list.
    func list(_ key: SettingKey, given: [String] = []) -> [String] {
        given.isEmpty ? self[key].map { SettingKey.members(of: $0.text) } ?? [] : given
    }

    /// The company's own domains, in lower case.
    func domains(given: [String]) -> [String] {
        // They have been checked.
        (try? DomainNames.checked(list(.domains, given: given))) ?? given
    }

    /// What words of lists mean, from `Member=DEVELOPER`.
    var typeMappings: [TypeMapping] { list(.accountTypes).compactMap(TypeMapping.init) }

    /// Which account types count as privileged.
    var privilegedTypes: PrivilegedTypes { self[.privilegedTypes]?.privilegedTypes ?? .standard }
}

/// A setting that is yes or no, in the words of YAML.
enum YesNo {
    static func read(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "true", "on": true
        case "no", "false", "off": false
        default: nil
        }
    }
}

extension Setting {
    /// As the list of types that count as privileged.
    var privilegedTypes: PrivilegedTypes {
        let types = SettingKey.members(of: text).map { AccountType(rawValue: AccountType.normalised($0)) }
        return types.isEmpty ? .standard : PrivilegedTypes(types)
    }
}

extension SettingKey {
    static func members(of text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// What is wrong with a value; nil if it can be used.
    func problem(_ text: String) -> String? {
        switch form {
        case .text where self == .dateFormat:
            return DateOrder(argument: text) == nil ? "\(Terminal.plain(text)) is not D/M/Y or M/D/Y" : nil
        case .text, .path: return nil
        case .address: return complaint(text, unless: (try? Endpoint(text, allowsPlain: true)) != nil)
        case .rate: return complaint(text, unless: RateLimit(text) != nil)
        case .count(let range): return complaint(text, unless: Int(text).map(range.contains) == true)
        case .seconds(let range): return complaint(text, unless: Double(text).map(range.contains) == true)
        case .time(let range):
            return complaint(text, unless: WaitTime(text).map { range.contains($0.seconds) } == true)
        case .countOrNone: return complaint(text, unless: FailureLimit(text) != nil)
        case .yesNo: return complaint(text, unless: YesNo.read(text) != nil)
        case .share: return complaint(text, unless: LimitValue(text) != nil)
        case .formats: return complaint(text, unless: FormatList(argument: text) != nil)
        case .list where self == .privilegedTypes:
            return Self.members(of: text).lazy.compactMap { name in
                AccountType.misspelt(name).map { "\(Terminal.plain(name)) is not an account type; did you mean \($0)?" }
            }.first
        case .list where self == .accountTypes:
            return Self.members(of: text).first { TypeMapping($0) == nil }.map {
                "\(Terminal.plain($0)) is not WORD=TYPE, for example Member=DEVELOPER"
            }
        case .list where self == .peopleColumns:
            return bad(text, "is not FIELD=COLUMN, for example 'status=Employment status'") {
                PeopleFileColumn($0) != nil
            }
        case .list where self == .peopleStatuses:
            return bad(text, "is not STATUS=MEANING, for example LOA=active") { StatusMapping($0) != nil }
        case .list where self == .serviceAccounts:
            return Self.problem(text, ServiceAccount.problem) ?? Self.contradiction(text)
        case .list where self == .exceptions:
            return Self.problem(text, FindingException.problem)
        case .list:
            let name = Self.members(of: text).first { (try? DomainNames.checked([$0])) == nil }
            return name.map { "\(Terminal.plain($0)) is not a domain name" }
        }
    }

    /// What is wrong with the first member of a list that has a problem.
    private static func problem(_ text: String, _ problem: (String) -> String?) -> String? {
        members(of: text).compactMap { member in
            problem(member).map { "\(Terminal.plain(member, limit: 100)) \($0)" }
        }.first
    }

    /// A service account that is listed with two owners.
    private static func contradiction(_ text: String) -> String? {
        var owners: [String: String] = [:]
        for service in members(of: text).compactMap({ ServiceAccount($0) }) {
            let other = owners.updateValue(service.owner, forKey: EmailAddress.key(of: service.account))
            if let other, EmailAddress.key(of: other) != EmailAddress.key(of: service.owner) {
                return "\(Terminal.plain(service.account, limit: 100)) is listed twice, with the owners "
                    + "\(Terminal.plain(other, limit: 100)) and \(Terminal.plain(service.owner, limit: 100))"
            }
        }
        return nil
    }

    private func bad(_ text: String, _ words: String, unless isGood: (String) -> Bool) -> String? {
        Self.members(of: text).first { !isGood($0) }.map { "\(Terminal.plain($0, limit: 100)) \(words)" }
    }

    private func complaint(_ text: String, unless isGood: Bool) -> String? {
        isGood ? nil : "\(Terminal.plain(text)) is not \(form.words)"
    }

    /// Refuses an option's value that is beyond what the setting allows.
    func check(_ value: (some Comparable & LosslessStringConvertible)?, option: String) throws {
        guard let value, problem("\(value)") != nil else { return }
        throw ValidationError("\(option) is \(form.words).")
    }
}

extension AccountType {
    /// The type that was meant, if the text is no type that anybody knows, but nearly one.
    ///
    /// A type that is new to this program is all right; one that is left out of the privileged by a slip is not.
    fileprivate static func misspelt(_ text: String) -> AccountType? {
        let name = normalised(text)
        guard !known.contains(AccountType(rawValue: name)) else { return nil }
        return NearestWord.to(name, in: known.map(\.rawValue), within: 2).map(AccountType.init(rawValue:))
    }
}
