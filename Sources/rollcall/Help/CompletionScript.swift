import ArgumentParser

/// What a shell reads to complete this program's command lines.
enum CompletionScript {
    /// The parser's script, with the words that `rollcall help` accepts added.
    static func text(for shell: CompletionCommand.Shell) throws -> String {
        let script = Rollcall.completionScript(for: shell.kind)
        let tree = try CommandTree.read()
        let words = (tree.shown.map(\.commandName) + HelpTopic.allCases.map(\.rawValue)).joined(separator: " ")
        switch shell {
        case .bash:
            // Options behind `rollcall review` are those of its default command.
            let commands = tree.find(["review"]).command.shown.map(\.commandName).joined(separator: " ")
            let own = script.replacing(
                "        # Offer subcommand completions\n        COMPREPLY+=($(compgen -W '\(commands)'",
                with: "        _rollcall_review_create\n"
                    + "        [[ \"${prev}\" == -* ]] || COMPREPLY+=($(compgen -W '\(commands)'")
            // A function that is defined again takes the place of the first.
            return own + "\n_rollcall_help() {\n    COMPREPLY=($(compgen -W '\(words)' -- \"${cur}\"))\n}\n"
        case .zsh:
            // The script's last lines run it, so that this has to come before them. With `source <(…)` it only registers
            // itself.
            let function = "_rollcall_help() {\n    _arguments '*:topic:(\(words))'\n}\n\n"
            return script.replacing("\nif [[ \"${funcstack[1]}\"", with: "\n" + function + "if [[ \"${funcstack[1]}\"")
                + "\n"
        case .fish:
            let condition = "__fish_seen_subcommand_from help; and test (count (commandline -opc)) -eq 2"
            return script + "\ncomplete -c rollcall -n '\(condition)' -fa '\(words)'\n"
        }
    }
}
