import ArgumentParser

/// `rollcall completion SHELL`
struct CompletionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print the completion script for a shell.",
        discussion: """
            The Debian package and 'make install' install the scripts. Otherwise, add to ~/.bashrc or ~/.zshrc, or for fish \
            run once:
              source <(rollcall completion bash)
              source <(rollcall completion zsh)
              rollcall completion fish > ~/.config/fish/completions/rollcall.fish

            Examples:
              rollcall completion bash
            """)

    @Argument(help: ArgumentHelp("The shell: bash, zsh or fish.", valueName: "shell"))
    var shell: Shell

    /// The shells that the parser can write a script for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish

        var kind: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    func run() throws {
        print(try CompletionScript.text(for: shell), terminator: "")
    }
}
