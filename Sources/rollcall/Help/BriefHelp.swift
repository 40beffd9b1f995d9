import TerminalIO

/// `-h`: a command on one screen of 24 lines, with three examples and at most ten options.
struct BriefHelp {
    private let command: CommandTree

    init(_ command: CommandTree) { self.command = command }

    /// The options that people use most, by the command's path without `rollcall`; a command that is not listed has few.
    static let most: [String: [String]] = [
        "invite": [
            "--account-type", "--email-column", "--only", "--dry-run", "--yes", "--results", "--sandbox", "--profile",
        ],
        "set-role": [
            "--email-column", "--only", "--dry-run", "--yes", "--max-removals", "--results", "--sandbox", "--profile",
        ],
        "disable": [
            "--email-column", "--only", "--dry-run", "--yes", "--max-removals", "--save-plan", "--sandbox", "--profile",
        ],
        "review": ["--out", "--reviewer", "--approver", "--sandbox"],
        "apply": [
            "--dry-run", "--yes", "--strict", "--require-complete", "--close", "--evidence", "--max-removals",
            "--sandbox",
            "--profile",
        ],
        "expired": ["--out", "--seen-before", "--domain", "--sandbox", "--profile", "--output"],
        "runs resume": ["--dry-run", "--yes", "--resend-unknown", "--rate", "--results", "--sandbox", "--profile"],
        "runs retry": ["--dry-run", "--yes", "--rate", "--results", "--sandbox", "--profile", "--ledger"],
        "init": [
            "--profile", "--endpoint", "--key", "--secret-command", "--secret-file", "--secret-env", "--workspace",
        ],
    ]

    private static let lines = (examples: 3, options: 10)

    /// The screen.
    var text: String {
        var parts = [
            [HelpPage.wrapped(command.abstract ?? "", indent: 0)], ["Usage: \(HelpPage.synopsis(of: command))"],
        ]
        if !command.shown.isEmpty {
            parts.append(["Commands:"] + terms(command.shown.map { ($0.commandName, $0.abstract ?? "") }))
        }
        // On the screen of the program itself, the commands take the place of the examples.
        let isBoth = command.hasOwnOptions && !command.shown.isEmpty
        let examples = command.isRoot ? [] : command.examples.prefix(isBoth ? 2 : Self.lines.examples)
        if !examples.isEmpty { parts.append(["Examples:"] + examples.map { "  " + $0 }) }
        if command.hasOwnOptions { parts.append(["Options:"] + terms(options)) }
        parts.append([more])
        return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var more: String {
        command.isRoot
            ? "Try: rollcall users --sandbox. Set up: rollcall init. More: rollcall help."
            : command.hasOwnOptions
                ? "All options: \(command.path) --help" : "More: '\(command.path) <command> -h'."
    }

    private var options: [(term: String, meaning: String)] {
        let all = (command.arguments ?? []).filter { $0.shouldDisplay && $0.kind != "positional" }
        let name = command.path.split(separator: " ").dropFirst().joined(separator: " ")
        guard let most = Self.most[name] else {
            return HelpPage.terms(Array(all.prefix(Self.lines.options)), isBrief: true)
        }
        return HelpPage.terms(
            most.compactMap { option in all.first { $0.names?.contains { $0.text == option } == true } }, isBrief: true)
    }

    private func terms(_ terms: [(term: String, meaning: String)]) -> [String] {
        let column = (terms.map(\.term.count).max() ?? 0) + 4
        return terms.map { term, meaning in
            // A line each: the whole sentence is on the long page.
            Columns.shortened("  " + Columns.padded(term, to: column - 2) + meaning, to: HelpPage.width)
        }
    }
}

extension CommandTree {
    /// Whether it is the program itself.
    var isRoot: Bool { superCommands?.isEmpty ?? true }
}
