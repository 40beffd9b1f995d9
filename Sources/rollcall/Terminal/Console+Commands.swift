import Domain

/// Commands for somebody to paste.
extension Console {
    /// A command about the same ledger, profile and workspace as this one: `rollcall runs resume 3 --profile acme`.
    func command(_ words: String) -> String { (["rollcall", words] + sharedOptions).joined(separator: " ") }

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
