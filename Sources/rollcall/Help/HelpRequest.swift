import Domain
import TerminalIO

/// What a command line asks help about: `rollcall help csv`, `rollcall invite --help`, `rollcall invite -h`.
///
/// The parser's own help has no room for exit statuses, environment and files, and the same text for -h and --help.
enum HelpRequest {
    /// The text that is asked for; nil if none is.
    ///
    /// - Parameter arguments: what the process was given, without its name.
    /// - Throws: ``CommandFailure`` where there is no help on something of that name.
    static func text(for arguments: [String]) throws -> String? {
        let arguments = Array(arguments.prefix { $0 != "--" })
        let isBrief = arguments.contains("-h")
        guard arguments.isEmpty || arguments.first == "help" || isBrief || arguments.contains("--help") else {
            return nil
        }
        // Not before it is needed: the parser takes most of a command's start-up time to describe itself.
        let tree = try CommandTree.read()
        if arguments.isEmpty { return BriefHelp(tree).text }
        if arguments.first == "help" {
            let names = arguments.dropFirst().filter { !$0.hasPrefix("-") }
            if names.count == 1, let topic = HelpTopic(rawValue: names[0]) { return topic.page.plain }
            return HelpPage(try command(names[...], in: tree, offersTopics: true)).plain
        }
        let found = try command(arguments[...], in: tree, offersTopics: false)
        return isBrief ? BriefHelp(found).text : HelpPage(found).plain
    }

    private static func command(
        _ words: ArraySlice<String>, in tree: CommandTree, offersTopics: Bool
    ) throws -> CommandTree {
        let (command, rest) = tree.find(words)
        // What stands behind a command without subcommands is its own business.
        guard let unknown = rest.first, !unknown.hasPrefix("-"), offersTopics || !command.shown.isEmpty else {
            return command
        }
        let topics = rest.count == words.count && offersTopics ? HelpTopic.allCases.map(\.rawValue) : []
        let hint = NearestWord.question(NearestWord.to(unknown, in: command.shown.map(\.commandName) + topics))
        let asked = words.prefix { !$0.hasPrefix("-") }.joined(separator: " ")
        throw CommandFailure(.usage, "there is no help on '\(Terminal.plain(asked))'.\(hint)\nSee 'rollcall help'.")
    }
}
