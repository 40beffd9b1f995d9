import Connections
import Domain
import Foundation
import Settings
import TerminalIO
import WorkspaceAPI

/// What `rollcall init` asks at the terminal; an option answers a question in advance.
struct InitQuestions {
    /// The answers about the credentials.
    struct Credentials {
        /// nil for a token.
        var key: String?
        /// nil for a secret that was typed.
        var secret: NewProfile.Secret?
        /// The secret itself, if it was typed.
        var typed: String?
    }

    let console: Console
    let environment: [String: String]
    /// The names of the existing profiles.
    let profiles: [String]
    private var attempts = 3

    init(console: Console, environment: [String: String], profiles: [String]) {
        self.console = console
        self.environment = environment
        self.profiles = profiles
    }

    /// Whether a person can answer: a script that pipes something in gets an error for what is missing.
    private var canAsk: Bool { console.isTerminal && isatty(STDIN_FILENO) == 1 }

    /// Says what the questions are for.
    func introduce(file: String) {
        guard canAsk else { return }
        console.say(
            [
                "A profile has the endpoint and the credentials of a workspace. Create them in Paradime, in the settings "
                    + "of the workspace. The profile is written to \(Terminal.plain(file, limit: 1000)), after the "
                    + "credentials were tested."
            ], [])
        if !profiles.isEmpty {
            console.say("Existing profiles: " + profiles.map { Terminal.plain($0) }.joined(separator: ", "))
        }
    }

    /// The name of the profile.
    ///
    /// - Parameter replaces: whether an existing profile may be replaced without a question.
    func name(given: String?, replaces: Bool) throws -> String {
        let name =
            try given
            ?? ask("Profile name", standard: profiles.isEmpty ? "default" : nil, option: "--profile") {
                NewProfile.isName($0) ? nil : "Use letters, digits, - and _."
            }
        guard profiles.contains(name), !replaces else { return name }
        let shown = Terminal.plain(name)
        guard canAsk else {
            throw CommandFailure(
                .nothingSent, code: .fileExists,
                "profile \(shown) already exists; choose another name with --profile, or replace its endpoint and "
                    + "credentials with --overwrite; nothing was written")
        }
        var question = Confirmation("Profile \(shown) already exists. Replace its endpoint and credentials?")
        question.refusal = "Cancelled. Nothing was written."
        try question.ask(on: console)
        return name
    }

    func endpoint(given: String?) throws -> String {
        let problem = { (text: String) -> String? in
            do throws(InvalidEndpoint) {
                _ = try Endpoint(text)
                return nil
            } catch {
                return "\(error)"
            }
        }
        if let given {
            guard let problem = problem(given) else { return given }
            throw CommandFailure(.nothingSent, code: .settingsInvalid, "--endpoint: \(problem); nothing was written")
        }
        let variable = CredentialVariable.endpoint.rawValue
        let known = environment[variable].flatMap { $0.isEmpty || problem($0) != nil ? nil : $0 }
        return try ask("Endpoint URL", standard: known, option: "--endpoint", problem)
    }

    /// - Parameters:
    ///   - key: the value of --key.
    ///   - secret: the source of the secret, from an option.
    func credentials(key: String?, secret: NewProfile.Secret?) throws -> Credentials {
        if let secret {
            let key = try key ?? (canAsk ? askHidden("API key (empty for a token)") : nil)
            return Credentials(key: key?.nonEmpty, secret: secret)
        }
        guard canAsk else { throw missing("a secret (--secret-command, --secret-file or --secret-env)") }
        return try ask(key: key)
    }

    private func ask(key: String?) throws -> Credentials {
        let key = try key ?? askHidden("API key (hidden; empty for a token)")
        let typed = try askHidden("API secret or token (hidden; empty for a command that prints it)")
        if !typed.isEmpty { return Credentials(key: key.nonEmpty, typed: typed) }
        let command = try ask("Command", standard: nil, option: "--secret-command") { _ in nil }
        return Credentials(key: key.nonEmpty, secret: .command(command))
    }

    /// Asks again after the API has refused the credentials; nil if there is no terminal, or after the last attempt.
    mutating func again(after failure: CommandFailure) throws -> Credentials? {
        attempts -= 1
        guard canAsk, attempts > 0 else { return nil }
        console.complain((failure.sentence ?? "") + "\nTry again.")
        return try ask(key: nil)
    }

    /// Which workspace a company token is used for by default; nil for none.
    func workspace(given: String?, of reached: ReachedWorkspaces) throws -> String? {
        guard reached.isCompany else { return nil }
        let find = { (text: String) in
            reached.workspaces.first { $0.uid == text || $0.name == text }?.uid
        }
        if let given {
            if let uid = find(given) { return uid }
            throw CommandFailure(
                .nothingSent, code: .notFound,
                "these credentials give access to no workspace named \(Terminal.plain(given)); nothing was written")
        }
        if reached.workspaces.count == 1 { return reached.workspaces.first?.uid }
        guard canAsk else { return nil }
        let answer = try ask(
            "Default workspace, uid or name (empty to choose later)", standard: "", option: "--workspace"
        ) { $0.isEmpty || find($0) != nil ? nil : "There is no such workspace in the list." }
        return find(answer)
    }

    /// Asks until the answer is valid, at most three times.
    ///
    /// - Parameter problem: what is wrong with an answer; nil if nothing is.
    private func ask(
        _ question: String, standard: String?, option: String, _ problem: (String) -> String?
    ) throws -> String {
        let shown = standard.flatMap { $0.isEmpty ? nil : " [\(Terminal.plain($0, limit: 1000))]" } ?? ""
        for _ in 0..<3 {
            guard canAsk, let line = Prompt.line("\(question)\(shown): ", console: console) else {
                guard let standard else { throw missing(option) }
                return standard
            }
            if line.isEmpty, let standard { return standard }
            guard let problem = line.isEmpty ? "Enter a value." : problem(line) else { return line }
            console.complain(problem)
        }
        throw CommandFailure(.nothingSent, code: .cancelled, "Cancelled. Nothing was written.")
    }

    private func askHidden(_ question: String) throws -> String {
        guard let line = Prompt.secret("\(question): ", console: console) else { throw missing("--key") }
        return line
    }

    private func missing(_ option: String) -> CommandFailure {
        CommandFailure(
            .nothingSent, code: .confirmationRequired,
            "\(option) is missing, and there is no terminal to ask for it; nothing was written; to list the options: "
                + "rollcall init --help"
        )
    }
}
