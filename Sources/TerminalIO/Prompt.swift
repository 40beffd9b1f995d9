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

    /// Asks for a line of text; nil if nobody answers.
    public static func line(_ question: String, console: Console) -> String? {
        answer(question, console: console) ?? nil
    }

    /// nil if there is no terminal for the confirmation; a nil inside if the person there has ended the input.
    private static func answer(_ question: String, console: Console) -> String?? {
        guard console.isTerminal, let terminal = fopen("/dev/tty", "r") else { return nil }
        defer { fclose(terminal) }
        FileHandle.standardError.write(Data(question.utf8))
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), terminal) != nil else {
            console.complain("")
            return .some(nil)
        }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension Prompt {
    /// Asks, and ends the command unless the answer is yes.
    ///
    /// - Throws: ``CommandFailure``.
    public static func agree(_ question: String, console: Console) throws {
        switch ask(question, console: console) {
        case .yes: return
        case .no: throw CommandFailure(.nothingSent, "nothing was sent, because the answer was not yes")
        case .nobody:
            let why =
                console.format == .json
                ? "--log-format json does not ask questions" : "there is no terminal for the confirmation"
            throw CommandFailure(.nothingSent, "nothing was sent: \(why); use --yes to confirm")
        }
    }
}
