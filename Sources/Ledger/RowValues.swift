import Domain
import Foundation
import GRDB

/// A value in the ledger that this program never writes.
struct DamagedValue: Error {
    /// Where it is.
    let column: String
}

/// What is in a row is checked while it is read: the subscripts of GRDB, and sums of impossible numbers, would end the
/// process.
extension Row {
    /// What a column holds.
    ///
    /// - Throws: ``DamagedValue`` for a value of another type, and for NULL unless `Value` is optional.
    @inline(__always)
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ column: String, as type: Value.Type = Value.self
    ) throws -> Value {
        do { return try decode(type, forColumn: column) } catch { throw DamagedValue(column: column) }
    }

    /// A number of people, rows or attempts.
    ///
    /// - Throws: ``DamagedValue`` for anything else, and for a number that is negative or above 2,147,483,647.
    func count(_ column: String) throws -> Int {
        let count: Int = try value(column)
        guard (0...Int(Int32.max)).contains(count) else { throw DamagedValue(column: column) }
        return count
    }

    /// A number of seconds; nil for NULL.
    ///
    /// - Throws: ``DamagedValue`` for anything else, and for a number that no clock shows.
    func seconds(_ column: String) throws -> Double? {
        guard let seconds: Double = try value(column) else { return nil }
        guard abs(seconds) < 1e12 else { throw DamagedValue(column: column) }
        return seconds
    }

    /// A moment, stored as seconds since 1970; nil for NULL.
    ///
    /// - Throws: ``DamagedValue`` for anything else, and for a moment outside the years that a date can be written in.
    func date(_ column: String) throws -> Date? {
        guard let seconds = try seconds(column) else { return nil }
        guard (-62_135_596_800..<253_402_300_800).contains(seconds) else { throw DamagedValue(column: column) }
        return Date(timeIntervalSince1970: seconds)
    }

    /// As ``seconds(_:)``, from a column that is never NULL.
    func seconds(required column: String) throws -> Double {
        guard let seconds = try seconds(column) else { throw DamagedValue(column: column) }
        return seconds
    }

    /// As ``date(_:)``, from a column that is never NULL.
    func date(required column: String) throws -> Date {
        guard let date = try date(column) else { throw DamagedValue(column: column) }
        return date
    }

    /// A word that this program writes, from a column; nil for NULL and for an empty text.
    ///
    /// - Throws: ``LedgerError/unknownKind(_:)`` for a word that only another version knows. It is never taken for another
    ///   word: a row of an unknown kind would be sent as something else.
    func word<Word: RawRepresentable>(_ column: String) throws -> Word? where Word.RawValue == String {
        guard let text: String = try value(column), !text.isEmpty else { return nil }
        guard let word = Word(rawValue: text) else { throw LedgerError.unknownKind("\(column) \(text)") }
        return word
    }

    /// As ``word(_:)``, from a column that is never empty.
    func word<Word: RawRepresentable>(required column: String) throws -> Word
    where Word.RawValue == String {
        guard let word: Word = try word(column) else { throw LedgerError.unknownKind("an empty \(column)") }
        return word
    }
}
