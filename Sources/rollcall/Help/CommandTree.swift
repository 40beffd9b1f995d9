import ArgumentParser
import Foundation

/// A command with its options and subcommands, as described by the parser (`--experimental-dump-help`).
struct CommandTree: Decodable, Sendable {
    /// An option, a flag, or an argument with a place of its own.
    struct Argument: Decodable, Sendable {
        struct Name: Decodable, Sendable {
            var kind: String
            var name: String
            /// As it is written: `--yes`, `-y`.
            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: String
        var shouldDisplay: Bool
        var sectionTitle: String?
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        /// The words it takes; nil where it takes others, too.
        var allValues: [String]?
        var abstract: String?
        var discussion: String?
    }

    var commandName: String
    var superCommands: [String]?
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var subcommands: [CommandTree]?
    var defaultSubcommand: String?
    var arguments: [Argument]?

    /// The program's own commands.
    static func read() throws -> CommandTree { try own.get() }

    /// Read once: the parser takes long to describe itself, and a usage error needs the description twice.
    private static let own = Result {
        struct Dump: Decodable { var command: CommandTree }
        return try JSONDecoder().decode(Dump.self, from: Data(Rollcall._dumpHelp().utf8)).command.withOwnOptions
    }

    /// The default command of `rollcall review`, whose options people take for those of `review`.
    private var ownCommand: CommandTree? {
        (subcommands ?? []).first { $0.commandName == defaultSubcommand && $0.commandName == "create" }
    }

    /// The command with the options of its default command.
    private var withOwnOptions: CommandTree {
        var tree = self
        tree.subcommands = subcommands?.map(\.withOwnOptions)
        if let ownCommand { tree.arguments = ownCommand.arguments }
        return tree
    }

    /// Whether it does something itself, without a command behind it.
    var hasOwnOptions: Bool { shown.isEmpty || ownCommand != nil }

    /// `rollcall runs show`
    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// The documented subcommands, without the parser's own `help`.
    var shown: [CommandTree] { (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" } }

    /// The command and all documented commands below it.
    var all: [CommandTree] { [self] + shown.flatMap(\.all) }

    /// The command that the first words name, and the words behind it.
    func find(_ words: ArraySlice<String>) -> (command: CommandTree, rest: ArraySlice<String>) {
        guard let name = words.first, let next = (subcommands ?? []).first(where: { $0.commandName == name }) else {
            return (self, words)
        }
        return next.find(words.dropFirst())
    }
}
