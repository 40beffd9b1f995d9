import Domain
import Foundation
import Synchronization

/// Where people read: standard error, with or without a terminal behind it.
///
/// Standard output is for data: ``output``.
public final class Console: Sendable {
    /// When to use colour.
    public enum ColorChoice: String, CaseIterable, Sendable {
        case auto, always, never
    }

    /// Whether a person sees standard error as it is written.
    public let isTerminal: Bool
    /// Standard output.
    public let output: Output
    /// Whether only problems and errors are said.
    public let isQuiet: Bool
    /// What standard error says.
    public let format: LogFormat
    /// Color for standard error.
    public let style: TextStyle
    /// Color for standard output, which may be a pipe while standard error is a terminal.
    public let outputStyle: TextStyle
    private let stream = StandardStream(STDERR_FILENO)
    /// The progress line on the screen, if there is one; every other output has to go around it.
    private let progressLine = Mutex("")
    let clock = ProgressClock()
    /// The options that the command was given and that every command about the same ledger and workspace needs.
    let sharedOptions: [String]
    /// The variables that it needs as well.
    let sharedVariables: [String]

    /// Standard output and standard error as a command was asked to use them.
    ///
    /// - Parameters:
    ///   - quiet: whether only problems and errors are said.
    ///   - environment: used for `TERM` and `NO_COLOR`, and for the variables in suggested commands.
    ///   - arguments: the process's own, the program's path first.
    public init(
        output: Output, format: LogFormat, quiet: Bool, color: ColorChoice, environment: [String: String],
        arguments: [String] = CommandLine.arguments
    ) {
        sharedOptions = Self.sharedOptions(in: arguments)
        sharedVariables = Self.sharedVariables(in: environment, besides: sharedOptions)
        isTerminal = format == .text && isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        isQuiet = quiet
        self.output = output
        self.format = format
        style =
            format == .json
            ? TextStyle(isOn: false) : TextStyle(color, isTerminal: isTerminal, environment: environment)
        outputStyle = TextStyle(color, isTerminal: output.isTerminal, environment: environment)
    }

    /// Says something that is left out under `--quiet`.
    ///
    /// - Parameter fields: what a program reads of it.
    public func say(_ line: String = "", _ fields: JSONMember...) {
        if !isQuiet { put(line, as: .info, fields) }
    }

    /// Says several lines that belong together, which are left out under `--quiet`; to a program they are one.
    public func say(_ lines: [String], _ fields: [JSONMember]) {
        guard !isQuiet else { return }
        guard format == .json else { return lines.forEach { put($0, as: .info, []) } }
        let words = lines.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
        put(words.joined(separator: "; "), as: .info, fields)
    }

    /// Says something that is never left out: problems, errors.
    ///
    /// - Parameter fields: what a program reads of it.
    public func complain(_ line: String, as level: LogLevel = .warning, _ fields: JSONMember...) {
        put(line, as: level, fields)
    }

    /// Says several lines that belong together and are never left out; to a program they are one.
    public func complain(_ lines: [String], _ fields: [JSONMember]) {
        guard format == .json else { return lines.forEach { put($0, as: .warning, []) } }
        let words = lines.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
        put(words.joined(separator: "; "), as: .warning, fields)
    }

    /// Says what is wrong with a row of the input.
    public func complain(_ problem: Diagnostic) {
        put(
            problem.message, problem.description, as: problem.severity == .error ? .error : .warning,
            [
                JSONMember("file", problem.file), JSONMember("line", problem.location.line),
                JSONMember("column", problem.location.column),
            ])
    }

    /// Prints a warning.
    public func warn(_ sentence: String) { put(sentence, "warning: " + sentence, as: .warning, []) }

    /// Says what ended the command, or a part of it.
    public func fail(_ sentence: String, _ fields: JSONMember...) {
        put(sentence, "rollcall: error: " + sentence, as: .error, fields)
    }

    /// Says what ended the command, or a part of it. A cancelled command is no error.
    public func fail(_ failure: CommandFailure) {
        guard let sentence = failure.text else { return }
        let fields = [JSONMember("status", failure.status.rawValue), JSONMember("code", failure.code.rawValue)]
        guard failure.code != .cancelled else { return put(sentence, as: .info, fields) }
        put(sentence, "rollcall: error: " + sentence, as: .error, fields)
    }

    /// Writes a line down, for people or for a program; `text` is what people read.
    public func put(
        _ message: String, _ text: String? = nil, at time: Date = Date(), as level: LogLevel, _ fields: [JSONMember]
    ) {
        if format == .json {
            let message = message.trimmingCharacters(in: .whitespaces)
            guard !message.isEmpty else { return }
            let line = LogLine(time: time, level: level, message: message, fields: fields).text
            return progressLine.withLock { _ in write(line) }
        }
        progressLine.withLock { shown in
            let clear = shown.isEmpty ? "" : Self.clearLine
            let whole = text ?? message
            // A line that fills the last column would be followed by an empty one on some terminals.
            write(clear + (textWidth.map { Columns.fitted(whole, in: $0 - 1) } ?? whole) + "\n" + shown)
        }
    }

    /// From here on a reader of standard error or standard output that takes nothing is given up after
    /// ``ReaderPatience/limit``: a signal has arrived, and the run has to come to its end.
    public func limitWaits() {
        stream.limitWaits()
        output.limitWaits()
    }

    /// Prints why the process ends immediately, unless the reader would have to be waited for.
    public func complainWithoutWaiting(_ line: String) {
        stream.stopWaiting()
        output.stopWaiting()
        // Whoever holds the lock is writing, and gives up the next time that it looks.
        for _ in 0..<30 {
            let isSaid: Void? = progressLine.withLockIfAvailable { shown in
                let text = LogLine(level: .warning, message: line, fields: []).text
                write(format == .json ? text : (shown.isEmpty ? "" : Self.clearLine) + line + "\n")
                shown = ""
            }
            if isSaid != nil { return }
            usleep(10_000)
        }
    }

    /// Redraws the progress line at the bottom of the terminal; an empty text removes it.
    func show(progress line: String) {
        guard isTerminal, !isQuiet else { return }
        progressLine.withLock { shown in
            guard line != shown else { return }
            write(Self.clearLine + line)
            shown = line
        }
    }

    /// The terminal's width in columns.
    public var width: Int { TerminalSize.of(STDERR_FILENO).columns }

    /// The width for wrapping; nil if standard error is not a terminal, and lines stay whole.
    public var textWidth: Int? { isTerminal ? width : nil }

    private static let clearLine = "\r\u{1b}[K"

    /// A failed write is ignored: the reader has left, and the run continues.
    private func write(_ text: String) { try? stream.write(Array(text.utf8)) }
}
