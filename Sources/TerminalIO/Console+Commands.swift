import Domain
import Settings

/// Commands in messages, ready to paste.
extension Console {
    /// A command about the same ledger, profile and workspace as this one: `rollcall runs resume 3 --profile acme`.
    ///
    /// - Parameter isPractice: whether it is about the sandbox, even if this command was not.
    public func command(_ words: String, isPractice: Bool = false) -> String {
        let practice = isPractice && !sharedOptions.contains("--sandbox") ? ["--sandbox"] : []
        return (sharedVariables + ["rollcall", words] + practice + sharedOptions).joined(separator: " ")
    }

    /// Ends a command that has written evidence: the hash that covers all of it so far, for a ticket.
    public func sayEvidenceHash(_ sha256: String) { say("Evidence hash: \(sha256)") }

    /// What the environment says of the ledger and the profile, as assignments before a command: another terminal need not
    /// have it. What an option says counts instead.
    static func sharedVariables(in environment: [String: String], besides options: [String]) -> [String] {
        let variables: [(name: String, option: String?)] = [
            (UserSettings.fileVariable, nil), (SettingKey.ledger.variable, "--ledger"),
            (UserSettings.profileVariable, "--profile"),
        ]
        return variables.compactMap { name, option in
            guard let value = environment[name], !value.isEmpty else { return nil }
            if let option, options.contains(where: { $0.hasPrefix(option) }) { return nil }
            return name + "=" + ShellWord.quoted(value)
        }
    }

    /// What was given of the options that say where the ledger and the workspace are.
    static func sharedOptions(in arguments: [String]) -> [String] {
        var found: [String] = []
        var rest = arguments.dropFirst()
        while let argument = rest.popFirst() {
            if argument == "--" { break }
            if argument == "--sandbox" { found.append(argument) }
            for option in ["--ledger", "--profile"] {
                if argument == option, let value = rest.popFirst() { found.append(Self.given(option, value)) }
                if argument.hasPrefix(option + "=") {
                    found.append(Self.given(option, String(argument.dropFirst(option.count + 1))))
                }
            }
        }
        return found
    }

    /// An option with its value; one that begins with `-` has to be joined to it.
    private static func given(_ option: String, _ value: String) -> String {
        option + (value.hasPrefix("-") ? "=" : " ") + ShellWord.quoted(value)
    }
}
