import Domain
import Foundation

/// Assigns the keys of a document to profiles, and collects the problems.
struct ProfileKeys {
    let document: YAMLDocument
    let path: String
    let home: String
    private(set) var standard: String?
    private(set) var profiles: [String: Profile] = [:]
    private(set) var problems: [String] = []
    private var noted: Set<String> = []

    init(document: YAMLDocument, path: String, home: String) {
        self.document = document
        self.path = path
        self.home = home
    }

    private static let known = SettingKey.allCases.map(\.rawValue) + ConnectionKey.allCases.map(\.rawValue)
    /// Other common names for a secret.
    private static let secrets = ["secret", "token", "password", "apisecret", "api_secret"]

    mutating func read() {
        for key in document.keys {
            switch key.count {
            case 1 where key[0] == "profile": takeStandard(key)
            // `profiles` is empty if all profiles are commented out.
            case 1 where key[0] == "profiles" && document.text(key) == "": break
            case 1 where key[0] == "profiles": reject(key, "it must contain profiles, with settings below each")
            case 1: reject(key, Self.advice(on: key[0], among: ["profile", "profiles"]))
            case 2 where key[0] == "profiles": takeEmpty(key)
            case 3 where key[0] == "profiles": take(key)
            case _ where key[0] == "profiles" && Self.known.contains(key[2]):
                reject(Array(key.prefix(3)), "it must be a value, without keys below it")
            case _ where key[0] == "profiles":
                let name = key[1..<key.count - 1].joined(separator: ".")
                note(
                    "profiles.\(Terminal.plain(name)): the name of a profile may contain letters, digits, - and _; "
                        + "profiles cannot be nested")
            default: reject(key, Self.advice(on: key[0], among: ["profile", "profiles"]))
            }
        }
    }

    private mutating func takeStandard(_ key: [String]) {
        guard let name = document.text(key) else { return reject(key, "it must be the name of a profile, not a list") }
        if !name.isEmpty { standard = name }
    }

    private mutating func takeEmpty(_ key: [String]) {
        guard document.text(key) == "" else { return reject(key, "it must contain settings, one on each line") }
        _ = isNamed(key)
    }

    /// Creates the profile of a key, if its name is valid.
    private mutating func isNamed(_ key: [String]) -> Bool {
        let name = key[1]
        guard NewProfile.isName(name) else {
            reject(Array(key.prefix(2)), "the name of a profile may contain letters, digits, - and _")
            return false
        }
        if profiles[name] == nil { profiles[name] = Profile(name: name, file: path) }
        return true
    }

    private mutating func take(_ key: [String]) {
        guard isNamed(key) else { return }
        if let setting = SettingKey(rawValue: key[2]) {
            guard let text = text(of: key, isList: setting.isList), !text.isEmpty else { return }
            let value = setting.form == .path ? wholePath(text) : text
            profiles[key[1]]?.settings[setting] = value
        } else if let part = ConnectionKey(rawValue: key[2]) {
            guard let text = text(of: key, isList: false), !text.isEmpty else { return }
            take(text, as: part, key)
        } else if Self.secrets.contains(key[2].lowercased()) {
            reject(
                key,
                "do not put a secret into this file; set secretEnv, secretFile or secretCommand to its location")
        } else {
            reject(key, Self.advice(on: key[2], among: Self.known))
        }
    }

    private mutating func text(of key: [String], isList: Bool) -> String? {
        if let text = document.text(key) { return text }
        guard isList else {
            reject(key, "it must be one value, not a list")
            return nil
        }
        let members = document.list(key) ?? []
        if let member = members.first(where: { $0.contains(",") }) {
            reject(key, "\(Terminal.plain(member)) contains a comma, which separates members")
        }
        return members.joined(separator: ",")
    }

    private mutating func take(_ text: String, as part: ConnectionKey, _ key: [String]) {
        let origin = Origin.profile(key[1], key: key[2], file: path)
        let (variable, place): (CredentialVariable, SecretPlace) =
            switch part {
            case .endpoint: (.endpoint, .here(text, origin))
            case .workspaceUid: (.workspaceUID, .here(text, origin))
            case .key: (.key, .here(text, origin))
            case .keyEnv: (.key, .variable(text, origin))
            case .keyFile: (.key, .file(wholePath(text), origin))
            case .keyCommand: (.key, .command(text, origin))
            case .secretEnv: (.secret, .variable(text, origin))
            case .secretFile: (.secret, .file(wholePath(text), origin))
            case .secretCommand: (.secret, .command(text, origin))
            }
        if case .profile(_, let other, _)? = profiles[key[1]]?.parts[variable]?.origin {
            return reject(key, "\(other) is set as well; keep one of them")
        }
        profiles[key[1]]?.parts[variable] = place
    }

    /// `~` is the home folder; other relative paths are relative to the folder of the configuration.
    private func wholePath(_ text: String) -> String {
        if text == "~" { return home }
        if text.hasPrefix("~/") { return home + text.dropFirst() }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return text.hasPrefix("/") ? text : folder.appendingPathComponent(text).path
    }

    private mutating func reject(_ key: [String], _ problem: String) {
        note("\(Terminal.plain(key.joined(separator: "."))): \(problem)")
    }

    /// Adds a problem only once, because the name of a profile occurs with each of its keys.
    private mutating func note(_ problem: String) {
        if noted.insert(problem).inserted { problems.append(problem) }
    }

    private static func advice(on name: String, among names: [String]) -> String {
        if names.count == 2, known.contains(name) { return "put the setting into a profile, as profiles.NAME.\(name)" }
        guard let nearest = NearestWord.to(name, in: names) else {
            return "there is no such setting; to list all settings, run: rollcall config show"
        }
        return "there is no such setting; did you mean \(nearest)?"
    }
}
