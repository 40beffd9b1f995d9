import Domain
import Foundation
import Testing

@testable import Settings

@Suite struct ConfigurationFileTests {
    @Test(
        arguments: [
            ("profil: acme", "profil: there is no such setting; did you mean profile?"),
            ("colour: red", "colour: there is no such setting; to list all settings, run: rollcall config show"),
            ("rate: 10/s", "rate: put the setting into a profile, as profiles.NAME.rate"),
            ("profile: [a]", "profile: it must be the name of a profile, not a list"),
            ("profiles: 5", "profiles: it must contain profiles, with settings below each"),
            ("profiles: {a: 5}", "profiles.a: it must contain settings, one on each line"),
            ("profiles: {a: {rat: 5}}", "profiles.a.rat: there is no such setting; did you mean rate?"),
            ("profiles: {a: {Rate: 5}}", "profiles.a.Rate: there is no such setting; did you mean rate?"),
            ("profiles: {a: {rate: [1]}}", "profiles.a.rate: it must be one value, not a list"),
            ("profiles: {a: {endpoint: {x: 1}}}", "profiles.a.endpoint: it must be a value, without keys below it"),
            ("profiles: {a: {domains: [[x]]}}", "profiles.a.domains must be a list of texts"),
            ("profiles: {a: {domains: ['x,y']}}", "profiles.a.domains: x,y contains a comma"),
            ("profiles: {a b: {rate: 1}}", "profiles.a b: the name of a profile may contain letters, digits, - and _"),
            ("profiles: {a.b: {rate: 1}}", "profiles.a.b: the name of a profile may contain letters, digits, - and _"),
            ("profiles: {a: {secret: hunter2}}", "profiles.a.secret: do not put a secret into this file; set"),
            ("profiles: {a: {token: hunter2}}", "profiles.a.token: do not put a secret into this file; set"),
            ("profiles: {a: {secretEnv: A, secretFile: B}}", "profiles.a.secretFile: secretEnv is set as well"),
            ("profiles: {a: {key: hunter2, keyEnv: B}}", "profiles.a.keyEnv: key is set as well; keep one of them"),
            (
                "profiles: {a: {rate: 1}}\nprofiles: {}",
                ":1: this is not valid YAML: the same key occurs twice: 'profiles'"
            ),
            (
                "profiles:\n  a:\n   rate: 1\n   b: c: hunter2",
                ":4:8: this is not valid YAML: mapping values are not allowed"
            ),
            ("secret: \"hunter2\nprofile: a", "this is not valid YAML: "),
            ("- a", "this is not valid YAML: the file has no keys"),
        ])
    func `a file that is wrong says where, and what to do`(text: String, sentence: String) throws {
        let home = try Home()
        try home.write(text)
        let failure = #expect(throws: SettingsFailure.self) { try home.settings() }
        let found = try #require(failure?.sentence)
        #expect(found.hasPrefix(home.file))
        #expect(found.contains(sentence), "\(found)")
        #expect(!found.contains("hunter2"), "\(found)")
    }

    @Test func `all that is wrong is said at once`() throws {
        let home = try Home()
        try home.write("profiles: {a: {rat: 1}, b: {secret: 2, batsh: 3}}")
        let failure = #expect(throws: SettingsFailure.self) { try home.settings() }
        #expect(failure?.sentence.split(separator: "\n").count == 3)
    }

    @Test(arguments: ["a b", "a.b", ""])
    func `a name of a profile that cannot be is reported once`(name: String) throws {
        let home = try Home()
        try home.write("profiles:\n  '\(name)': {endpoint: x, key: k, secretEnv: S, rate: 1/s}\n")
        let failure = #expect(throws: SettingsFailure.self) { try home.settings() }
        #expect(failure?.sentence.contains("the name of a profile may contain letters, digits, - and _") == true)
        #expect(failure?.sentence.split(separator: "\n").count == 1, "\(failure?.sentence ?? "")")
    }

    @Test(arguments: ["", "\n", "# nothing\n  # yet\n", "\u{feff}", "profiles:\n", "profiles: {}", "profile:\n"])
    func `a file may be without a word`(text: String) throws {
        let home = try Home()
        try home.write(text)
        let settings = try home.settings()
        #expect(settings.profiles == [])
        #expect(settings[.rate] == nil)
    }

    @Test func `what cannot be read is not taken for nothing`() throws {
        let home = try Home()
        try home.write("a", to: "x/y")
        for (path, words) in [("x", "check that it is a file"), ("nowhere", "there is no such file")] {
            let failure = #expect(throws: SettingsFailure.self) {
                try home.settings(["ROLLCALL_CONFIG": home.path + "/" + path])
            }
            #expect(failure?.sentence.contains(words) == true)
        }
        try Data([0x61, 0xff]).write(to: URL(fileURLWithPath: home.path + "/latin"))
        #expect(throws: SettingsFailure.unreadable(file: home.path + "/latin", reason: "it is not UTF-8 text")) {
            try home.settings(["ROLLCALL_CONFIG": home.path + "/latin"])
        }
    }

    /// It says which command is run and where the secret is sent.
    @Test(arguments: [("config.yaml", 0o666), ("config.yaml", 0o622), (".", 0o777), ("..", 0o777)])
    func `a file that others can change is not used`(entry: String, mode: Int) throws {
        let home = try Home()
        try home.write("profiles: {a: {rate: 1/s}}")
        let path = home.path + "/.config/rollcall/" + entry
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let failure = #expect(throws: SettingsFailure.self) { try home.settings() }
        guard case .untrusted(let file)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect((file.file, file.fault) == (home.file, .writableByEveryone))
        #expect(throws: SettingsFailure.self) { try ProfileFile(home.file).add(["A=B"], to: .accountTypes, of: "a") }
    }

    @Test func `no example is written where others can change it`() throws {
        let home = try Home()
        try home.write("", to: ".config/x")
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: home.path + "/.config")
        #expect(throws: SettingsFailure.self) { try ExampleFile.write(to: home.file) }
        #expect(!FileManager.default.fileExists(atPath: home.path + "/.config/rollcall"))
    }

    @Test func `the example is all comments, names every setting, and is right without the comment signs`() throws {
        let home = try Home()
        try ExampleFile.write(to: home.file)
        #expect(try home.settings().profiles == [])
        #expect(throws: SettingsFailure.self) { try ExampleFile.write(to: home.file) }
        let mode = try FileManager.default.attributesOfItem(atPath: home.file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let text = try String(contentsOfFile: home.file, encoding: .utf8)
        for key in SettingKey.allCases.map(\.rawValue) + ConnectionKey.allCases.map(\.rawValue) {
            #expect(text.contains(key), "\(key)")
        }
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("# profile") || $0.hasPrefix("#   ") }
        let chosen = lines.filter { !$0.contains("secretFile:") && !$0.contains("secretCommand:") }
        try home.write(chosen.map { $0.dropFirst(2) }.joined(separator: "\n"))
        let settings = try home.settings()
        #expect(settings.profileName == "acme")
        #expect(settings[.maxRemovals]?.text == "25%")
        #expect(settings[.privilegedTypes]?.text == "ADMIN,SECURITY_ADMIN")
    }
}
