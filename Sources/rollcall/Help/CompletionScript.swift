import ArgumentParser
import Foundation

/// What a shell reads to complete this program's command lines.
enum CompletionScript {
    /// The parser's script, if the command line asks for one, with what it lacks: what `rollcall help` takes.
    ///
    /// - Parameters:
    ///   - answer: what the parser says to the command line.
    ///   - arguments: what the process was given, without its name.
    static func completed(_ answer: String, for arguments: [String]) throws -> String? {
        guard let option = arguments.first, option.hasPrefix("--generate-completion-script") else { return nil }
        let words = try CommandTree.read().shown.map(\.commandName) + HelpTopic.allCases.map(\.rawValue)
        let name = option.contains("=") ? option.split(separator: "=").last.map(String.init) : arguments.last
        switch CompletionShell(rawValue: name ?? "") ?? .autodetected() {
        case .bash?:
            // A function that is defined again takes the place of the first.
            return answer
                + "\n_rollcall_help() {\n    COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"${cur}\"))\n}\n"
        case .zsh?:
            // The script's last lines run it, so that this has to come before them.
            let function = "_rollcall_help() {\n    _arguments '*:topic:(\(words.joined(separator: " ")))'\n}\n\n"
            return answer.replacing("\nif [[ \"${funcstack[1]}\"", with: "\n" + function + "if [[ \"${funcstack[1]}\"")
                + "\n"
        case .fish?:
            let condition = "__fish_seen_subcommand_from help; and test (count (commandline -opc)) -eq 2"
            return answer + "\ncomplete -c rollcall -n '\(condition)' -fa '\(words.joined(separator: " "))'\n"
        default: return nil
        }
    }
}
