import Foundation

/// A question to the person at the terminal.
enum Prompt {
    /// What came of it.
    enum Reply {
        case yes, no
        /// There is no terminal to ask at.
        case nobody
    }

    /// Asks, and takes nothing but `y` or `yes` for an agreement.
    ///
    /// Standard input may be the list of people, so the answer is read from the terminal itself.
    static func ask(_ question: String, console: Console) -> Reply {
        guard console.isTerminal, let terminal = fopen("/dev/tty", "r") else { return .nobody }
        defer { fclose(terminal) }
        FileHandle.standardError.write(Data((question + " [y/N] ").utf8))
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, Int32(line.count), terminal) != nil else {
            console.complain("")
            return .no
        }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return ["y", "yes"].contains(text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()) ? .yes : .no
    }
}
