import Domain
import Foundation
import Planning
import TerminalIO

/// Where the rows of a plan come from, as people are told.
///
/// A class, because what there is to say about a list is known when it has been read, and that is after the plan was
/// begun.
public final class PlanOrigin {
    /// What was read from where.
    var words: String
    /// The workbook's sheet.
    let sheet: String?
    /// What is told once for the whole list; nil where the rows come from no list.
    var list: ListNotes?

    /// Takes what was read, and from which sheet of a workbook.
    public init(_ words: String, sheet: String? = nil) {
        self.words = words
        self.sheet = sheet
    }
}

/// What is told once for a whole list, and not row by row.
struct ListNotes {
    private let findings: ListFindings
    private let words: TypeWords

    /// Columns of another product's account types that were not used, with their words.
    private let unusedTypes: String?

    init(_ findings: ListFindings, _ words: TypeWords, unusedTypes: String? = nil) {
        self.findings = findings
        self.words = words
        self.unusedTypes = unusedTypes
    }

    /// How many unknown words are named; a file with more has other troubles.
    private static let named = 20

    /// Tells which addresses were changed, and which words are no account types.
    func tell(file: String, _ console: Console) {
        tellCleaned(file, console)
        if let unusedTypes {
            console.say(
                "\(Terminal.plain(file)): not used for account types, because the words are another product's: \(unusedTypes). "
                    + "To use them, say what they mean with --map-type WORD=TYPE and leave --account-type out.")
        }
        tellUnknown(file, console)
    }

    private func tellCleaned(_ file: String, _ console: Console) {
        let count = findings.cleanedCount
        guard count > 0 else { return }
        var lines = [
            "\(Terminal.plain(file)): \(count.counted("address", "addresses")) \(count == 1 ? "was" : "were") "
                + "brought into the form that mail uses:"
        ]
        for cleaned in findings.cleaned {
            let changes = cleaned.changes.map(\.rawValue).joined(separator: ", ")
            lines.append(
                Columns.hanging(
                    "\(Terminal.plain(cleaned.written, limit: 80)) → \(Terminal.plain(cleaned.sent, limit: 254)) (\(changes))",
                    behind: "  line \(cleaned.line)  ", in: console.textWidth))
        }
        if count > findings.cleaned.count { lines.append("  and \((count - findings.cleaned.count).grouped) more") }
        console.say(lines, [JSONMember("cleanedAddresses", count)])
    }

    /// `--map-type Member=DEVELOPER`, for a word that may mean one type. A type with privileges is for people to write.
    private var option: String {
        guard let word = findings.unknown.first(where: { AccountType.word($0.text) != nil }) else {
            return "--map-type WORD=TYPE"
        }
        let near = words.nearest(to: word.text).first { !PrivilegedTypes.standard.contains(AccountType(rawValue: $0)) }
        return "--map-type " + ShellWord.quoted("\(Terminal.plain(word.text, limit: 40))=\(near ?? "DEVELOPER")")
    }

    /// Tells which words are no account types, and the options that say what they mean.
    func tellUnknown(_ file: String, _ console: Console) {
        guard !findings.unknown.isEmpty else { return }
        let count = findings.unknown.count
        let width = findings.unknown.prefix(Self.named).map { Terminal.plain($0.text, limit: 40).count }.max() ?? 0
        var lines = [
            "\(Terminal.plain(file)): \(count.counted("word")) \(count == 1 ? "is no account type" : "are no account types"), "
                + "and the rows with \(count == 1 ? "it" : "them") are rejected:"
        ]
        for word in findings.unknown.prefix(Self.named) {
            let text = Terminal.plain(word.text, limit: 40).padding(toLength: width, withPad: " ", startingAt: 0)
            let near = words.nearest(to: word.text).prefix(3).listed("or")
            let place =
                word.count == 1 ? "line \(word.firstLine)" : "\(word.count.counted("row")), from line \(word.firstLine)"
            lines.append("  \(text)  \(place)" + (near.isEmpty ? "" : "; did you mean \(near)?"))
        }
        if count > Self.named { lines.append("  and \((count - Self.named).grouped) more") }
        lines.append(
            Columns.hanging(
                "say what a word means with \(option), or give every row one type with --account-type TYPE "
                    + "--account-type-column none",
                behind: "  To go on: ", in: console.textWidth))
        lines.append(
            Columns.hanging(
                words.names.joined(separator: ", "), behind: "  Account types: ", in: console.textWidth))
        console.complain(
            lines,
            [JSONMember("unknownAccountTypes", findings.unknown.map { "\($0.text): \($0.count)" })])
    }
}
