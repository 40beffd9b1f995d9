import Domain
import Foundation
import Planning
import TerminalIO

/// The origin of the rows of a plan, for messages.
///
/// A class, because the notes about a list are known only after it has been read, when the plan already exists.
public final class PlanOrigin {
    /// A description of the source: the columns that were read, or a file.
    var words: String
    /// The sheet of the workbook, if any.
    let sheet: String?
    /// The notes about the whole list; nil if the rows do not come from a list.
    var list: ListNotes?

    /// Takes a description, and the sheet of a workbook.
    public init(_ words: String, sheet: String? = nil) {
        self.words = words
        self.sheet = sheet
    }
}

/// Messages about a whole list, not about single rows.
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

    /// The largest number of unknown words to list.
    private static let named = 20

    /// Reports changed addresses, unused columns and unknown words.
    func tell(file: String, _ console: Console) {
        tellCleaned(file, console)
        if !findings.patterns.isEmpty {
            let rules = findings.patterns.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let lines = rules.prefix(Self.named).map {
                "  \(Terminal.plain($0.key, limit: 80))  \($0.value.counted("row"))"
            }
            console.say(
                ["\(Terminal.plain(file)): account types by rule:"] + lines
                    + (rules.count > Self.named ? ["  and \((rules.count - Self.named).grouped) more"] : []),
                [JSONMember("accountTypeRules", findings.patterns)])
        }
        if let unusedTypes {
            console.say(
                "\(Terminal.plain(file)): not used for account types, because the words are from another product: "
                    + "\(unusedTypes). To use them, map each word with --map-type WORD=TYPE and omit --account-type.")
        }
        tellUnknown(file, console)
    }

    private func tellCleaned(_ file: String, _ console: Console) {
        let count = findings.cleanedCount
        guard count > 0 else { return }
        var lines = [
            "\(Terminal.plain(file)): \(count.counted("address was", "addresses were")) normalized:"
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

    /// `--map-type Member=DEVELOPER`, for a word that can stand for one type. A privileged type is never suggested.
    private var option: String {
        guard let word = findings.unknown.first(where: { AccountType.word($0.text) != nil }) else {
            return "--map-type WORD=TYPE"
        }
        let near = words.nearest(to: word.text).first { !PrivilegedTypes.standard.contains(AccountType(rawValue: $0)) }
        return "--map-type " + ShellWord.quoted("\(Terminal.plain(word.text, limit: 40))=\(near ?? "DEVELOPER")")
    }

    /// Reports unknown words, and the options that map them.
    func tellUnknown(_ file: String, _ console: Console) {
        guard !findings.unknown.isEmpty else { return }
        let count = findings.unknown.count
        let width = findings.unknown.prefix(Self.named).map { Terminal.plain($0.text, limit: 40).count }.max() ?? 0
        var lines = [
            "\(Terminal.plain(file)): \(count.counted("word is not an account type", "words are not account types")); "
                + "rows with \(count == 1 ? "it" : "them") are rejected:"
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
                "map a word with \(option), or set one type for all rows with --account-type TYPE "
                    + "--account-type-column none",
                behind: "  To continue: ", in: console.textWidth))
        lines.append(
            Columns.hanging(
                words.names.joined(separator: ", "), behind: "  Account types: ", in: console.textWidth))
        console.complain(
            lines,
            [JSONMember("unknownAccountTypes", findings.unknown.map { "\($0.text): \($0.count)" })])
    }
}
