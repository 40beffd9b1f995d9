import ArgumentParser
import Connections
import Domain
import Foundation
import Reports
import Settings
import TerminalIO
import WorkspaceAPI

/// `rollcall init`
struct InitCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Set up a profile: ask for endpoint and credentials, and test them.",
        usage: "rollcall init [<options>]",
        discussion: """
            Create the API endpoint, key and secret in Paradime, in the settings of the workspace. rollcall tests them with a \
            request for the user list, shows the workspaces that they reach, and adds a profile to the configuration file. \
            A secret that you type is stored in a file of its own that only you can read. Without a terminal, the options \
            replace the questions.

            Examples:
              rollcall init
              rollcall init --profile acme --secret-command "pass acme/rollcall"
              rollcall init --endpoint https://api.example.com/x --secret-env TOKEN
            """)

    static var testsConnection: Bool { true }

    @Option(help: ArgumentHelp("The URL of the API endpoint.", valueName: "url"))
    var endpoint: String?

    @Option(help: ArgumentHelp("The API key; not needed for a token.", valueName: "key"))
    var key: String?

    @Option(help: ArgumentHelp("A command that prints the secret or token.", valueName: "command"))
    var secretCommand: String?

    @Option(
        help: ArgumentHelp("A file with the secret or token, readable only by you.", valueName: "file"),
        completion: .file())
    var secretFile: String?

    @Option(help: ArgumentHelp("The environment variable with the secret or token.", valueName: "name"))
    var secretEnv: String?

    @Option(
        help: ArgumentHelp(
            "The workspace to use with a company token: its uid or name.", discussion: "Default: none, or asked",
            valueName: "workspace"))
    var workspace: String?

    @Flag(help: "Replace the endpoint and credentials of an existing profile.")
    var overwrite = false

    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    mutating func validate() throws {
        if [secretCommand, secretFile, secretEnv].compactMap(\.self).count > 1 {
            throw ValidationError("Use only one of --secret-command, --secret-file and --secret-env.")
        }
        if let name = common.profile, !NewProfile.isName(name) {
            throw ValidationError("--profile \(Terminal.plain(name)): use letters, digits, - and _.")
        }
    }

    private var secret: NewProfile.Secret? {
        secretCommand.map { .command($0) } ?? secretEnv.map { .variable($0) }
            ?? secretFile.map { .file(URL(fileURLWithPath: $0).path) }
    }

    func run(on console: Console) async throws {
        let environment = ProcessInfo.processInfo.environment
        let file = UserSettings.place(environment: environment, home: UserFolders.home).path
        // Errors in the file are reported before the first question.
        let settings = try UserSettings.read(profile: nil)
        var questions = InitQuestions(console: console, environment: environment, profiles: settings.profiles)
        questions.introduce(file: file)
        let name = try questions.name(given: common.profile, replaces: overwrite)
        let endpoint = try questions.endpoint(given: endpoint)
        var answers = try questions.credentials(key: key, secret: secret)
        let path = NewProfile.secretPath(for: name, besides: file)
        var profile = NewProfile(name: name, endpoint: endpoint, secret: answers.secret ?? .file(path))
        while true {
            (profile.key, profile.secret) = (answers.key, answers.secret ?? .file(path))
            do {
                let found = try await profile.source(typed: answers.typed, file: file, environment: environment)
                    .foundForCompany(console)
                let reached = try await ReachedWorkspaces.find(with: found, console)
                try tell(reached, console)
                profile.workspaceUID = try questions.workspace(given: workspace, of: reached)
                break
            } catch let failure as CommandFailure where failure.status == .credentialsRefused {
                guard let again = try questions.again(after: failure) else { throw failure }
                answers = again
            }
        }
        try asCommandFailure { try Self.write(profile, typed: answers.typed, to: file) }
        try conclude(profile, in: file, settings, environment, console)
    }

    /// Writes the profile and the secret that was typed, or neither.
    private static func write(_ profile: NewProfile, typed: String?, to file: String) throws {
        let path = NewProfile.secretPath(for: profile.name, besides: file)
        guard let typed else { return try ProfileFile(file).put(profile) }
        if FileManager.default.fileExists(atPath: path) {
            let secret = try SecretFile.prepare(typed, inPlaceOf: path)
            try ProfileFile(file).put(profile)
            return try secret.commit()
        }
        try SecretFile.write(typed, to: path)
        do {
            try ProfileFile(file).put(profile)
        } catch {
            unlink(path)
            throw error
        }
    }

    private func tell(_ reached: ReachedWorkspaces, _ console: Console) throws {
        try console.output.rows("workspaces", JSONRow(keys: ["uid", "name", "users", "invites"])) { emit in
            for workspace in reached.workspaces {
                try emit([
                    Cell(workspace.uid), .text(workspace.name), workspace.users.map(Cell.number) ?? .empty,
                    workspace.invites.map(Cell.number) ?? .empty,
                ])
            }
        }
        let count = reached.workspaces.count
        console.say(
            "The credentials work and reach \(count == 1 ? "this workspace" : count.counted("workspace")):")
        for workspace in reached.workspaces { console.say("  " + Terminal.plain(workspace.line, limit: 400)) }
    }

    private func conclude(
        _ profile: NewProfile, in file: String, _ settings: UserSettings, _ environment: [String: String],
        _ console: Console
    ) throws {
        try console.output.add(JSONMember("profile", profile.name), JSONMember("file", file))
        let isNew = !settings.profiles.contains(profile.name)
        console.say(
            "Profile \(profile.name) \(isNew ? "added to" : "replaced in") \(Terminal.plain(file, limit: 1000))")
        let set = CredentialVariable.allCases.map(\.rawValue).filter { environment[$0]?.isEmpty == false }
        // With the default profile and no variable, a command needs no option.
        let isDefault = settings.profileName == profile.name || settings.profiles.allSatisfy { $0 == profile.name }
        let isUsed = isDefault && set.isEmpty
        if !set.isEmpty {
            console.warn(
                "\(set.listed("and")) \(set.count == 1 ? "is" : "are") set in the environment and used instead, unless "
                    + "--profile \(profile.name) is given; to remove: unset \(set.joined(separator: " "))")
        }
        let option = isUsed ? "" : " --profile \(profile.name)"
        console.say(
            [
                "", "Next:", "  rollcall doctor\(option)", "  rollcall users\(option)",
                "  rollcall invite people.csv --dry-run\(option)",
            ], [])
    }
}
