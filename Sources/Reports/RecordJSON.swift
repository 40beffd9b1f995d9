import Foundation
import JSONReading

/// Encodes and decodes records in files: members sorted, indented by two spaces, with a final line break.
public enum RecordJSON {
    /// The bytes of a record.
    public static func encode(_ record: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(record) + Data("\n".utf8)
    }

    /// Decodes a record from a file, which may have been edited.
    ///
    /// If a name occurs twice in an object, `JSONDecoder` uses the first value and most other programs the last. Such a
    /// file is refused, because other programs would show a different record than the one that is checked.
    ///
    /// - Throws: ``InvalidRecord`` for invalid JSON, `DecodingError` for JSON that is not such a record.
    public static func decode<Record: Decodable>(_ type: Record.Type, from data: Data) throws -> Record {
        do {
            try JSONDocument.check(data)
        } catch {
            throw InvalidRecord(description: "JSON " + (error.problem ?? "that is truncated or invalid"))
        }
        return try JSONDecoder().decode(type, from: data)
    }
}

/// A file that is not valid JSON.
public struct InvalidRecord: Error, Hashable, CustomStringConvertible {
    /// The problem, to follow "it is"; it may contain names from the file.
    public let description: String
}
