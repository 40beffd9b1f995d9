import Foundation

/// Shows text that is longer than the screen by `$PAGER`, as gh does.
public enum Pager {
    /// Writes text to standard output; through the pager if a person sees it there, it does not fit, and `PAGER` is set.
    ///
    /// - Throws: ``CommandFailure`` if the text cannot be written.
    public static func show(
        _ text: String, on output: Output, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let pager = environment["PAGER"]?.trimmingCharacters(in: .whitespaces) ?? ""
        let lines = text.count { $0 == "\n" }
        guard output.format == .text, output.isTerminal, !pager.isEmpty, pager != "cat",
            lines >= TerminalSize.of(STDOUT_FILENO).lines, page(text, by: pager, environment)
        else { return try output.text(text) }
    }

    /// - Returns: false where there is no such pager.
    private static func page(_ text: String, by pager: String, _ environment: [String: String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", pager]
        // What git sets: less ends by itself after one screen, shows colors, and leaves the text on the screen.
        process.environment = environment.merging(["LESS": "FRX", "LV": "-c"]) { own, _ in own }
        let pipe = Pipe()
        process.standardInput = pipe
        // Ctrl-C is for the pager.
        let previous = signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, previous) }
        guard (try? process.run()) != nil else { return false }
        // The write fails if the person quits the pager early, which is not an error.
        try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        // The shell's status for a command that it cannot find or run (POSIX, 2.8.2).
        return ![126, 127].contains(process.terminationStatus)
    }
}
