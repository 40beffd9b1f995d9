import Foundation

/// Shows text that is longer than the screen by `$PAGER`, as gh does.
public enum Pager {
    /// Writes text to standard output; through the pager if a person sees it there, it does not fit, and `PAGER` is set.
    ///
    /// - Throws: ``CommandFailure`` if the text cannot be written.
    public static func show(_ text: String, on output: Output) throws {
        let pager = ProcessInfo.processInfo.environment["PAGER"]?.trimmingCharacters(in: .whitespaces) ?? ""
        let lines = text.count { $0 == "\n" }
        guard output.format == .text, output.isTerminal, !pager.isEmpty, pager != "cat",
            lines >= TerminalSize.of(STDOUT_FILENO).lines, page(text, by: pager)
        else { return try output.text(text) }
    }

    /// The pager has to be in the process group of the terminal, or the terminal stops it when it reads a key. Foundation's
    /// `Process` puts it in a group of its own; popen(3) does not.
    ///
    /// - Returns: false if there is no such pager.
    private static func page(_ text: String, by pager: String) -> Bool {
        // As in git: less ends by itself after one screen, shows colors, and leaves the text on the screen.
        setenv("LESS", "FRX", 0)
        setenv("LV", "-c", 0)
        // Ctrl-C is for the pager.
        let previous = signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, previous) }
        guard let pipe = popen(pager, "w") else { return false }
        // The write fails if the person quits the pager early, which is not an error.
        fputs(text, pipe)
        let status = pclose(pipe)
        // The shell's status for a command that it cannot find or run (POSIX, 2.8.2).
        return ![126, 127].contains(status >> 8 & 0xff)
    }
}
