import Domain
import GRDB

extension Row {
    /// The value of a column as an enumeration; nil for NULL and for an empty text.
    ///
    /// - Throws: ``LedgerError/unknownKind(_:)`` for a value of another version. It has no default, because a row of an
    ///   unknown kind would then be sent as something else.
    func word<Word: RawRepresentable>(_ column: String) throws(LedgerError) -> Word? where Word.RawValue == String {
        guard let text: String = self[column], !text.isEmpty else { return nil }
        guard let word = Word(rawValue: text) else { throw .unknownKind("\(column) \(text)") }
        return word
    }

    /// Like ``word(_:)``, for a column that is never empty.
    func word<Word: RawRepresentable>(required column: String) throws(LedgerError) -> Word
    where Word.RawValue == String {
        guard let word: Word = try word(column) else { throw .unknownKind("an empty \(column)") }
        return word
    }
}
