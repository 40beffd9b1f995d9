import Domain
import Foundation
import Synchronization

/// Where people read: standard error, with or without a terminal behind it.
///
/// Standard output is for data: ``output``.
final class Console: Sendable {
    /// When to use colour.
    enum ColorChoice: String, CaseIterable, Sendable {
        case auto, always, never
    }

    /// Whether a person sees standard error as it is written.
    let isTerminal: Bool
    /// Standard output.
    let output: Output
    let isQuiet: Bool
    private let usesColor: Bool
    /// The progress line on the screen, if there is one; every other output has to go around it.
    private let progressLine = Mutex("")

    init(output: Output, quiet: Bool, color: ColorChoice, environment: [String: String]) {
        isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        isQuiet = quiet
        self.output = output
        usesColor =
            switch color {
            case .always: true
            case .never: false
            // NO_COLOR: any value that is not empty (no-color.org).
            case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
            }
    }

    /// Says something that is left out under `--quiet`.
    func say(_ line: String = "") {
        if !isQuiet { complain(line) }
    }

    /// Says something that is never left out: problems, errors.
    func complain(_ line: String) {
        progressLine.withLock { shown in
            let clear = shown.isEmpty ? "" : "\r\u{1b}[K"
            Self.put(clear + line + "\n" + shown, to: STDERR_FILENO)
        }
    }

    /// Says what somebody should look at.
    func warn(_ sentence: String) { complain("warning: " + sentence) }

    /// Says what ended the command, or a part of it.
    func fail(_ sentence: String) { complain("rollcall: error: " + sentence) }

    /// Redraws the line at the bottom of the terminal; empty takes it away.
    func show(progress line: String) {
        guard isTerminal, !isQuiet else { return }
        progressLine.withLock { shown in
            guard line != shown else { return }
            Self.put("\r\u{1b}[K" + line, to: STDERR_FILENO)
            shown = line
        }
    }

    /// The terminal's width in columns; 80 where nobody knows.
    var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    func bold(_ text: String) -> String { styled(text, "1") }
    func red(_ text: String) -> String { styled(text, "31") }
    func green(_ text: String) -> String { styled(text, "32") }
    func yellow(_ text: String) -> String { styled(text, "33") }

    private func styled(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }

    /// What cannot be said is left unsaid: nobody reads any more, and what was sent goes on.
    private static func put(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension Console {
    /// Says what is wrong with a row of the input.
    func complain(_ problem: Diagnostic) { complain(problem.description) }
}
