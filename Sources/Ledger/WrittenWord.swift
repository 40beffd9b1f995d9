import Domain
import GRDB

extension Row {
    /// A word that this program writes, from a column; nil for NULL and for an empty text.
    ///
    /// - Throws: ``LedgerError/unknownKind(_:)`` for a word that only another version knows. It is never taken for another
    ///   word: a row of an unknown kind would be sent as something else.
    func word<Word: RawRepresentable>(_ column: String) throws(LedgerError) -> Word? where Word.RawValue == String {
        guard let text: String = self[column], !text.isEmpty else { return nil }
        guard let word = Word(rawValue: text) else { throw .unknownKind("\(column) \(text)") }
        return word
    }

    /// As ``word(_:)``, from a column that is never empty.
    func word<Word: RawRepresentable>(required column: String) throws(LedgerError) -> Word
    where Word.RawValue == String {
        guard let word: Word = try word(column) else { throw .unknownKind("an empty \(column)") }
        return word
    }
}
