import CProcess
import Foundation

/// A question to the person at the terminal.
public enum Prompt {
    /// What came of it.
    public enum Reply: Sendable {
        case yes, no
        /// There is no terminal to ask at.
        case nobody
    }

    /// Asks, and takes nothing but `y` or `yes` for an agreement.
    ///
    /// Standard input may be the list of people, so the answer is read from the terminal itself.
    public static func ask(_ question: String, console: Console) -> Reply {
        switch answer(question + " [y/N] ", console: console) {
        case nil: .nobody
        case .some(let text): ["y", "yes"].contains(text?.lowercased()) ? .yes : .no
        }
    }

    /// Asks for a line of text; empty if the person ends the input, nil if there is no terminal.
    public static func line(_ question: String, console: Console) -> String? {
        answer(question, console: console).map { $0 ?? "" }
    }

    /// Asks for a line that the terminal does not show; as ``line(_:console:)``.
    public static func secret(_ question: String, console: Console) -> String? {
        answer(question, console: console, isHidden: true).map { $0 ?? "" }
    }

    /// The longest answer, in bytes: tokens have some hundred.
    private static let longest = 8192

    /// nil if there is no terminal; a nil inside if the person there has ended the input.
    private static func answer(_ question: String, console: Console, isHidden: Bool = false) -> String?? {
        guard console.isTerminal, let terminal = fopen("/dev/tty", "r+") else { return nil }
        defer { fclose(terminal) }
        // Before the question is shown: hiding discards what was typed up to then.
        if isHidden { _ = process_hide_input(fileno(terminal)) }
        // The answer is typed behind the blank at the end.
        let words = question.replacing(#/ +$/#, with: "")
        let blank = question.dropFirst(words.count)
        FileHandle.standardError.write(Data((Columns.fitted(words, in: console.width - 1) + blank).utf8))
        var line = [CChar](repeating: 0, count: longest)
        let isRead = fgets(&line, Int32(longest), terminal) != nil
        if isHidden { process_show_input() }
        if isHidden || !isRead { console.complain("") }
        guard isRead else { return .some(nil) }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        _ = line.withUnsafeMutableBytes { $0.initializeMemory(as: UInt8.self, repeating: 0) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
