import Foundation
import TerminalIO

extension HelpPage {
    /// A command's page of the manual: what its `--help` says.
    init(_ command: CommandTree) {
        self.init(
            name: command.path.replacing(" ", with: "-"), section: .commands,
            abstract: (command.abstract ?? "").replacing(#/\.$/#, with: ""), blocks: [])
        let (description, examples) = Self.discussion(of: command)
        blocks = [.heading("Synopsis"), .text(Self.synopsis(of: command)), .heading("Description")]
        blocks += description.isEmpty ? [.text(command.abstract ?? "")] : description
        let arguments = (command.arguments ?? []).filter(\.shouldDisplay)
        var titles: [String?] = []
        for argument in arguments where !titles.contains(argument.sectionTitle) { titles.append(argument.sectionTitle) }
        // What is the command's own comes first.
        for title in titles.sorted(by: { $0 == nil && $1 != nil }) {
            blocks.append(.heading(title ?? "Options"))
            blocks.append(.terms(Self.terms(arguments.filter { $0.sectionTitle == title })))
        }
        if !command.shown.isEmpty {
            blocks.append(.heading("Commands"))
            blocks.append(.terms(command.shown.map { ($0.commandName, $0.abstract ?? "") }))
        }
        if !examples.isEmpty { blocks += [.heading("Examples"), .lines(examples)] }
        blocks += Self.surroundings
        blocks += [.heading("Exit status"), .terms(ExitStatus.terms)]
        let others = (command.isRoot ? command.shown.flatMap(\.all) : [])
            .map { $0.path.replacing(" ", with: "-") + "(1)" }
        let own = command.isRoot ? [] : ["rollcall(1)"]
        let topics = HelpTopic.allCases.map { "rollcall-\($0.rawValue)(7)" }
        blocks += [.heading("See also"), .text((own + others + topics).joined(separator: ", "))]
    }

    /// `rollcall invite [options] <file>`
    static func synopsis(of command: CommandTree) -> String {
        let places = (command.arguments ?? []).filter { $0.kind == "positional" && $0.shouldDisplay }.map { place in
            let text = "<\(place.valueName ?? "")>" + (place.isRepeating ? "..." : "")
            return place.isOptional ? "[\(text)]" : text
        }
        let rest = command.shown.isEmpty ? "[options]" : command.hasOwnOptions ? "[<command>] [options]" : "<command>"
        return ([command.path, rest] + places).joined(separator: " ")
    }

    /// A discussion is paragraphs, lines that are indented, and at its end the examples.
    private static func discussion(of command: CommandTree) -> (text: [Block], examples: [String]) {
        let parts = (command.discussion ?? "").split(separator: "\n\n").map { part in
            part.split(separator: "\n").map(String.init)
        }
        let text = parts.filter { $0.first != "Examples:" }.flatMap { lines -> [Block] in
            let plain = lines.prefix { !$0.hasPrefix(" ") }
            let indented = lines.dropFirst(plain.count).map { String($0.drop { $0 == " " }) }
            return (plain.isEmpty ? [] : [.text(plain.joined(separator: " "))])
                + (indented.isEmpty ? [] : [.lines(indented)])
        }
        return (text, command.examples)
    }

    /// Options with what they mean.
    ///
    /// - Parameter isBrief: only the first sentence, and no short names.
    static func terms(
        _ arguments: [CommandTree.Argument], isBrief: Bool = false
    ) -> [(term: String, meaning: String)] {
        var terms: [(term: String, meaning: String)] = []
        for argument in arguments {
            let value = argument.kind == "flag" ? "" : "<\(argument.valueName ?? "")>"
            let names = (argument.names ?? []).filter { !isBrief || $0.kind == "long" }.map(\.text)
                .joined(separator: ", ")
            let meaning = isBrief ? argument.abstract ?? "" : argument.meaning
            let term = [names, value].filter { !$0.isEmpty }.joined(separator: " ")
            // --verify and --no-verify are two, and share what is said about them.
            if let last = terms.last, last.meaning == meaning {
                terms[terms.count - 1].term = last.term + ", " + term
            } else {
                terms.append((term, meaning))
            }
        }
        return terms
    }
}

extension CommandTree {
    /// What stands behind `Examples:` in the discussion: a command on each line.
    var examples: [String] {
        let parts = (discussion ?? "").split(separator: "\n\n")
        return parts.filter { $0.hasPrefix("Examples:\n") }.flatMap { part in
            part.split(separator: "\n").dropFirst().map { String($0.drop { $0 == " " }) }
        }
    }
}

extension CommandTree.Argument {
    fileprivate var meaning: String {
        let values = allValues.map { "Values: \($0.joined(separator: ", "))." }
        let usual = defaultValue.map { "Default: \($0)." }
        let more = discussion.map { $0.hasSuffix(".") ? $0 : $0 + "." }
        return [abstract, more, values, usual].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
