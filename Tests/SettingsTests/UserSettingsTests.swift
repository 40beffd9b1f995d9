import Domain
import Foundation
import Testing

@testable import Settings

@Suite struct UserSettingsTests {
    private static let file = """
        profile: acme
        profiles:
          acme: {rate: 1/s, domains: [acme.io, acme.com], ledger: a.db, templates: ~/t, reviewer: ''}
          other: {rate: 2/s}
        """

    @Test(
        arguments: [
            ([:], nil, "1/s", "rate of profile acme in FILE"),
            (["ROLLCALL_PROFILE": "other"], nil, "2/s", "rate of profile other in FILE"),
            (["ROLLCALL_PROFILE": "other"], "acme", "1/s", "rate of profile acme in FILE"),
            (["ROLLCALL_PROFILE": ""], nil, "1/s", "rate of profile acme in FILE"),
            (["ROLLCALL_RATE": "9/s"], nil, "9/s", "environment variable ROLLCALL_RATE"),
            (["ROLLCALL_RATE": "9/s"], "other", "9/s", "environment variable ROLLCALL_RATE"),
            (["ROLLCALL_RATE": ""], "other", "2/s", "rate of profile other in FILE"),
        ] as [([String: String], String?, String, String)])
    func `the environment comes before the profile`(
        environment: [String: String], profile: String?, text: String, origin: String
    ) throws {
        let home = try Home()
        try home.write(Self.file)
        let setting = try #require(try home.settings(environment, profile: profile)[.rate])
        #expect(setting.text == text)
        #expect(setting.origin.words == origin.replacing("FILE", with: home.file))
    }

    @Test func `lists and paths are made whole`() throws {
        let home = try Home()
        try home.write(Self.file)
        let settings = try home.settings()
        #expect(settings[.domains]?.text == "acme.io,acme.com")
        #expect(settings[.ledger]?.text == home.path + "/.config/rollcall/a.db")
        #expect(settings[.templates]?.text == home.path + "/t")
        // An empty value is none.
        #expect(settings[.reviewer] == nil)
        #expect(settings[.approver] == nil)
    }

    @Test func `a profile that is not there is named, with those that are`() throws {
        let home = try Home()
        let none = #expect(throws: SettingsFailure.self) { try home.settings(profile: "x") }
        #expect(none?.sentence.contains("option --profile: there is no profile x; there are no profiles in ") == true)
        try home.write(Self.file)
        let other = #expect(throws: SettingsFailure.self) { try home.settings(["ROLLCALL_PROFILE": "x"]) }
        #expect(other?.sentence.contains("ROLLCALL_PROFILE: there is no profile x; known profiles in ") == true)
        try home.write("profile: x\nprofiles: {acme: {rate: 1}}")
        let standard = #expect(throws: SettingsFailure.self) { try home.settings() }
        #expect(standard?.sentence == home.file + ": profile: there is no profile x; known profiles: acme")
    }

    @Test(
        arguments: [
            ([:], ".config"), (["XDG_CONFIG_HOME": "relative"], ".config"), (["XDG_CONFIG_HOME": "/xdg"], "/xdg"),
        ])
    func `the file is where XDG says`(environment: [String: String], folder: String) {
        let place = UserSettings.place(environment: environment, home: "/home/ada").path
        #expect(place == (folder.hasPrefix("/") ? folder : "/home/ada/" + folder) + "/rollcall/config.yaml")
    }

    @Test func `every setting has a variable of its own`() {
        #expect(SettingKey.maxAttempts.variable == "ROLLCALL_MAX_ATTEMPTS")
        #expect(SettingKey.own.variable == "ROLLCALL_SELF")
        #expect(SettingKey.timestampURL.variable == "ROLLCALL_TIMESTAMP_URL")
        #expect(Set(SettingKey.allCases.map(\.variable)).count == SettingKey.allCases.count)
    }
}

@Suite struct ConnectionSourceTests {
    private static let environment = [
        "PARADIME_API_ENDPOINT": "env", "PARADIME_API_KEY": "env", "PARADIME_API_SECRET": "env",
    ]
    private static let credentials = "PARADIME_API_ENDPOINT=file\nPARADIME_API_KEY=file\nPARADIME_API_SECRET=file"
    private static let file = """
        profile: acme
        profiles:
          acme: {endpoint: acme, key: acme, secretEnv: ACME}
          other: {endpoint: other, keyEnv: PARADIME_API_KEY, secretEnv: PARADIME_API_SECRET}
          pace: {rate: 1/s}
        """
    private static let acme = ["ACME": "acme"]

    /// Environment, profile on the command line, whose values come of it; nil where it is refused.
    @Test(
        arguments: [
            (acme, nil, "acme acme acme"), (environment, nil, "env env env"),
            // All of it, or nothing: never a secret from here and an endpoint from there.
            (["PARADIME_API_ENDPOINT": "env"], nil, "env - -"), (["PARADIME_API_SECRET": "env"], nil, "- - env"),
            (["PARADIME_WORKSPACE_UID": "env"], nil, "- - - env"),
            (environment.merging(acme) { $1 }, "acme", "acme acme acme"),
            (["PARADIME_API_ENDPOINT": ""].merging(acme) { $1 }, nil, "acme acme acme"),
            // A profile that takes its secret from these very variables.
            (environment, "other", "other env env"),
            (["PARADIME_API_KEY": "k", "PARADIME_API_SECRET": "s", "ROLLCALL_PROFILE": "other"], nil, "other k s"),
            // Two places that both were asked for, neither on the command line.
            (["PARADIME_API_KEY": "k", "ROLLCALL_PROFILE": "acme"], nil, nil),
            (["PARADIME_API_ENDPOINT": "env", "ROLLCALL_PROFILE": "other"], nil, nil),
            // A profile without a connection leaves it to the others.
            (environment, "pace", "env env env"), ([:], "pace", "file file file"),
            (environment.merging(["ROLLCALL_PROFILE": "pace"]) { $1 }, nil, "env env env"),
        ] as [([String: String], String?, String?)])
    func `the connection comes from one place as a set`(
        environment: [String: String], profile: String?, expected: String?
    ) async throws {
        let home = try Home()
        try home.write(Self.file)
        try home.write(Self.credentials, to: ".paradime/credentials")
        let settings = try home.settings(environment, profile: profile)
        guard let expected else {
            let failure = #expect(throws: SettingsFailure.self) { try settings.connection() }
            #expect(failure?.sentence.contains("unset one or the other, or use --profile") == true)
            return
        }
        let values = try await settings.connection().values().values
        let texts = [CredentialVariable.endpoint, .key, .secret, .workspaceUID].map { values[$0] ?? "-" }
        #expect(texts.joined(separator: " ").replacing(#/ -$/#, with: "") == expected)
    }

    @Test func `the vendor's file is read where nothing else is said, and its faults are told`() async throws {
        let home = try Home()
        let nowhere = try home.settings().connection()
        #expect(nowhere.advice == "rollcall looked in the environment and \(home.path)/.paradime/credentials")
        try home.write(Self.credentials + "\noops s3cret", to: ".paradime/credentials")
        let values = try await home.settings().connection().values()
        let file = home.path + "/.paradime/credentials"
        #expect(values.values == [.endpoint: "file", .key: "file", .secret: "file"])
        #expect(values.warnings == ["\(file):4: this line is not NAME=value; it was ignored"])
        for (mode, command) in [(0o644, "chmod 600"), (0o602, "chmod go-w")] {
            try home.write(Self.credentials, to: ".paradime/credentials", mode: mode)
            let failure = #expect(throws: SettingsFailure.self) { try home.settings().connection() }
            #expect(failure?.sentence.hasSuffix("; run: \(command) \(file)") == true, "\(failure?.sentence ?? "")")
        }
        // What is not looked at is not complained about.
        #expect(try await home.settings(Self.environment).connection().values().warnings == [])
    }

    @Test(
        arguments: [
            (
                "PARADIME_API_SECRET=s3cret\n# old\nexport PARADIME_API_SECRET='s3cret'\nPARADIME_API_SECRET=",
                "there is more than one value for PARADIME_API_SECRET on lines 1, 3 and 4; keep one"
            ),
            (
                "PARADIME_API_KEY=a\nPARADIME_API_KEY=a\nPARADIME_API_SECRET=s3cret\nPARADIME_API_SECRET=b",
                "PARADIME_API_KEY on lines 1 and 2, and for PARADIME_API_SECRET on lines 3 and 4; keep one"
            ),
            (
                "[one]\nPARADIME_API_KEY=a\n[two]\nPARADIME_API_SECRET=s3cret",
                "line 3 begins a section, but there are values above it; keep only the values of one section"
            ),
            ("[one]\nPARADIME_API_KEY=a\nX=1\nX=2", nil),
        ])
    func `credentials that can be read in two ways are refused by line`(text: String, sentence: String?) throws {
        let home = try Home()
        try home.write(text, to: ".paradime/credentials")
        guard let sentence else {
            _ = try home.settings().connection()
            return
        }
        let failure = #expect(throws: SettingsFailure.self) { try home.settings().connection() }
        #expect(failure?.sentence.hasSuffix(sentence) == true, "\(failure?.sentence ?? "")")
        #expect(failure?.sentence.contains("s3cret") == false)
    }

    @Test func `what is missing is called by the name that it has in its place`() throws {
        let home = try Home()
        try home.write(Self.file)
        #expect(
            try home.settings(profile: "acme").connection().name(of: .secret)
                == "secretEnv of profile acme in \(home.file)")
        #expect(
            try home.settings(profile: "acme").connection().name(of: .workspaceUID)
                == "workspaceUid of profile acme in \(home.file)")
        let partial = try home.settings(["PARADIME_API_KEY": "k"]).connection()
        #expect(partial.name(of: .secret) == "PARADIME_API_SECRET")
        #expect(
            partial.advice.hasPrefix("PARADIME_API_KEY is set in the environment, and settings from different sources"))
    }

    @Test func `nothing shows a secret`() async throws {
        let home = try Home()
        try home.write(
            "PARADIME_API_ENDPOINT=e\nPARADIME_API_KEY=s3cret\nPARADIME_API_SECRET=s3cret", to: ".paradime/credentials")
        let source = try home.settings().connection()
        for value in [source, try await source.values()] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for shown in [dumped, "\(value)", String(reflecting: value)] { #expect(!shown.contains("s3cret")) }
        }
    }
}
