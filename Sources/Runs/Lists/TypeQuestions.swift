import Domain
import Foundation
import Planning
import Settings
import TerminalIO

/// Asks at the terminal which account types the unknown words of a list stand for, once for each word.
struct TypeQuestions {
    private let words: TypeWords
    private let console: Console

    /// The largest number of unknown words to ask about; with more, the column probably does not contain account types.
    private static let most = 12

    init(_ words: TypeWords, _ console: Console) {
        self.words = words
        self.console = console
    }

    /// Asks about each word. Words without an answer are left out.
    func ask(_ unknown: [ListFindings.UnknownWord]) -> [TypeMapping] {
        guard console.isTerminal, (1...Self.most).contains(unknown.count) else { return [] }
        console.complain(
            "Which account type does each word stand for? Return accepts the type in brackets, and - rejects the rows "
                + "with that word.")
        let types = Columns.hanging(
            words.names.joined(separator: ", "), behind: "Account types: ", in: console.textWidth)
        console.complain(types)
        var found: [TypeMapping] = []
        for word in unknown {
            guard let answer = ask(word) else { return found }
            if let answer { found.append(TypeMapping(word: word.text, type: answer)) }
        }
        return found
    }

    /// Asks about one word: nil at the end of input; `.some(nil)` if the word stays unknown.
    private func ask(_ word: ListFindings.UnknownWord) -> AccountType?? {
        let near = words.nearest(to: word.text).first
        // Nobody becomes an ADMIN by pressing Return.
        let suggested = near.flatMap(words.type).flatMap { PrivilegedTypes.standard.contains($0) ? nil : $0 }
        let possibly = suggested == nil ? near.map { "; possibly \($0)" } ?? "" : ""
        let shown = suggested.map { " [\($0)]" } ?? ""
        let question = "\"\(Terminal.plain(word.text, limit: 40))\" (\(word.count.counted("row"))\(possibly))\(shown): "
        for _ in 0..<3 {
            guard let answer = Prompt.line(question, console: console) else { return nil }
            if answer == "-" || answer.isEmpty && suggested == nil { return .some(nil) }
            if answer.isEmpty { return suggested }
            if let type = words.type(of: answer) { return type }
            console.complain("\"\(Terminal.plain(answer, limit: 40))\" is not an account type.")
        }
        return .some(nil)
    }

    /// Offers to save the answers in the profile, or prints the options for the next time.
    func keep(_ mappings: [TypeMapping], _ settings: UserSettings) {
        let texts = mappings.map { "\($0.word)=\($0.type)" }
        let options = texts.map { "--map-type " + ShellWord.quoted(Terminal.plain($0, limit: 100)) }
        guard let profile = settings.profileName else {
            return console.say("To skip these questions next time: \(options.joined(separator: " "))")
        }
        let question = "Save \(mappings.count == 1 ? "this answer" : "these answers") in profile \(profile)?"
        guard case .yes = Prompt.ask(question, console: console) else { return }
        do throws(SettingsFailure) {
            try ProfileFile(settings.file).add(texts, to: .accountTypes, of: profile)
            console.say("Saved as accountTypes in \(Terminal.plain(settings.file)).")
        } catch {
            console.warn(error.sentence + "; to skip these questions next time: \(options.joined(separator: " "))")
        }
    }
}
