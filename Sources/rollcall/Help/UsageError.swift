import ArgumentParser
import Domain

/// A usage error in a few short lines: what is wrong, a suggestion, and where to find help. The parser's own message ends in a line of usage, which is long here and says no more.
struct UsageError {
    /// What goes behind `rollcall: error: `.
    let text: String

    /// Takes what the parser threw.
    ///
    /// - Parameter arguments: what the process was given, without its name.
    /// - Returns: nil for what is no wrong usage: a request for help, or an error of a command.
    init?(_ error: any Error, _ arguments: [String]) {
        guard Rollcall.exitCode(for: error) == .validationFailure else { return nil }
        // "Error: …", perhaps "Help:  …", then "Usage: …" and "  See '… --help' for more information."
        let lines = Rollcall.fullMessage(for: error).split(separator: "\n").map(String.init)
        let help = lines.last?.firstMatch(of: #/See '(.*) --help'/#).map { String($0.output.1) } ?? "rollcall"
        if let tree = try? CommandTree.read(),
            let unknown = UnknownWord(commandIn: arguments, of: tree)
                ?? UnknownWord(valueIn: Rollcall.message(for: error), of: help, in: tree)
        {
            text = unknown.sentence + "\nSee '\(unknown.command) --help'."
        } else {
            let said = lines.prefix { !$0.hasPrefix("Usage: ") }.map { $0.replacing(#/^(Error: |Help:  )/#, with: "") }
            let isVersion = said.first?.hasPrefix("Unknown option '-v'") == true
            let isEarly = !isVersion && help == "rollcall" && said.first?.hasPrefix("Unknown option ") == true
            let hint = isEarly ? ["Options go behind the command, as in 'rollcall users --sandbox'."] : []
            let version = isVersion ? ["Did you mean '--version', or '--log-level debug' to log requests?"] : []
            text = ((isVersion ? ["Unknown option '-v'."] : said) + version + hint + ["See '\(help) --help'."]).map {
                Terminal.plain($0, limit: 1000)
            }.joined(
                separator: "\n")
        }
    }
}

/// A word that a command line has no use for, and what it was probably meant to be.
private struct UnknownWord {
    /// The command with the relevant help: `rollcall runs`.
    let command: String
    let sentence: String

    /// A word where a command has to be; nil if there is one, or none has to be.
    init?(commandIn arguments: [String], of tree: CommandTree) {
        let (found, rest) = tree.find(arguments[...])
        guard let word = rest.first, !found.shown.isEmpty, !word.hasPrefix("-") else { return nil }
        if found.commandName == "runs", RunReference(argument: word) != nil {
            (command, sentence) = (
                found.path, "A run needs a command. Did you mean 'rollcall runs show \(Terminal.plain(word))'?"
            )
            return
        }
        let elsewhere = tree.all.first { $0.commandName == word }?.path
        let near = NearestWord.to(word, in: found.shown.map(\.commandName)).map { found.path + " " + $0 }
        command = found.path
        sentence = "Unknown command '\(found.path) \(Terminal.plain(word))'." + NearestWord.question(elsewhere ?? near)
    }

    /// A value that an option does not take, where the option takes a few words only.
    ///
    /// - Parameter message: `The value 'alwys' is invalid for '--color <color>'…`, which the parser says.
    init?(valueIn message: String, of path: String, in tree: CommandTree) {
        let words = path.split(separator: " ").dropFirst().map(String.init)
        guard let match = message.firstMatch(of: #/^The value '(.*)' is invalid for '(--[a-z-]+) /#),
            let argument = tree.find(words[...]).command.arguments?.first(where: { argument in
                argument.names?.contains { $0.text == match.output.2 } == true
            }), let known = argument.allValues
        else { return nil }
        let value = String(match.output.1)
        if match.output.2 == "--output", let meant = Self.report(value) {
            (command, sentence) = (path, "--output takes \(known.joined(separator: ", ")). Did you mean '\(meant)'?")
            return
        }
        // A list, as of formats, is as wrong as its first wrong word.
        let parts = match.output.1.lowercased().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let wrong = parts.first { part in !known.contains { $0.lowercased() == part } } ?? parts[0]
        let near = NearestWord.to(wrong, in: known.map { $0.lowercased() })
        command = path
        sentence = """
            \(match.output.2) does not take '\(Terminal.plain(String(match.output.1)))'.\
            \(NearestWord.question(known.first { $0.lowercased() == near }))
            \(HelpPage.wrapped("\(match.output.2) takes \(known.joined(separator: ", ")).", indent: 0))
            """
    }

    /// What was meant by --output, where it was given what belongs to a report: `--out users.csv`, `--format md`.
    private static func report(_ value: String) -> String? {
        if ReportFormat(path: value) != nil { return "--out " + ShellWord.quoted(Terminal.plain(value, limit: 1000)) }
        return ReportFormat(rawValue: value.lowercased()).map { "--format " + $0.rawValue }
    }

}

extension NearestWord {
    /// A sentence that suggests what was probably meant; empty for nil.
    static func question(_ meant: String?) -> String { meant.map { " Did you mean '\($0)'?" } ?? "" }
}
