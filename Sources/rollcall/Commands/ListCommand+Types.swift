import Domain
import Planning
import Readers
import Settings

extension ListCommand {
    /// The words that the command line, and then the profile, give for account types.
    func typeWords(_ settings: UserSettings) -> TypeWords {
        var words = TypeWords()
        for mapping in settings.typeMappings + (accountTypes?.mapType ?? []) {
            words.map(mapping.word, to: mapping.type)
        }
        return words
    }

    /// Refuses a column of another product's account types whose words came late in the list, after rows with a type that
    /// has privileges were read.
    func refuseForeign(
        _ word: String, _ words: TypeWords, _ findings: ListFindings, _ console: Console
    ) throws {
        guard words.areForeign(findings.taken + findings.unknown.map(\.text)) else { return }
        ListNotes(findings, words).tellUnknown(file, console)
        let text = Terminal.plain(word, limit: 40)
        throw CommandFailure(
            .nothingSent,
            "\(Terminal.plain(file)) has \"\(text)\" beside words that are no account types here, and it may be another "
                + "product's as well; say what it means: --map-type \(ShellWord.quoted(text + "=TYPE"))"
                + "; nothing was sent")
    }
}
