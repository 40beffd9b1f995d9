import Domain
import Foundation
import Planning
import Settings
import TerminalIO

/// Asks the person at the terminal, once for each word, what the words of a list mean that are no account types.
struct TypeQuestions {
    private let words: TypeWords
    private let console: Console

    /// With more words than these the column is hardly one of account types.
    private static let most = 12

    init(_ words: TypeWords, _ console: Console) {
        self.words = words
        self.console = console
    }

    /// What the words mean; those that got no answer are not in it.
    func ask(_ unknown: [ListFindings.UnknownWord]) -> [TypeMapping] {
        guard console.isTerminal, (1...Self.most).contains(unknown.count) else { return [] }
        console.complain("Which account types do these words mean? Press Return to reject the rows with a word.")
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

    /// nil if nobody is there; a nil inside if the word stays unknown.
    private func ask(_ word: ListFindings.UnknownWord) -> AccountType?? {
        let near = words.nearest(to: word.text).first.map { "; perhaps \($0)" } ?? ""
        let question = "\"\(Terminal.plain(word.text, limit: 40))\" (\(word.count.counted("row"))\(near)): "
        for _ in 0..<3 {
            guard let answer = Prompt.line(question, console: console) else { return nil }
            if answer.isEmpty { return .some(nil) }
            if let type = words.type(of: answer) { return type }
            console.complain("\"\(Terminal.plain(answer, limit: 40))\" is not an account type.")
        }
        return .some(nil)
    }

    /// Offers to keep the answers in the profile, or says how to give them the next time.
    func keep(_ mappings: [TypeMapping], _ settings: UserSettings) {
        let texts = mappings.map { "\($0.word)=\($0.type)" }
        let options = texts.map { "--map-type " + ShellWord.quoted(Terminal.plain($0, limit: 100)) }
        guard let profile = settings.profileName else {
            return console.say("To answer this in advance: \(options.joined(separator: " "))")
        }
        let question = "Keep \(mappings.count == 1 ? "this answer" : "these answers") in the profile \(profile)?"
        guard case .yes = Prompt.ask(question, console: console) else { return }
        do throws(SettingsFailure) {
            try ProfileFile(settings.file).add(texts, to: .accountTypes, of: profile)
            console.say("Kept in \(Terminal.plain(settings.file)), as accountTypes.")
        } catch {
            console.warn(error.sentence + "; to answer this in advance: \(options.joined(separator: " "))")
        }
    }
}
