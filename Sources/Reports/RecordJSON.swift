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

    /// The paths of members that are in a file, and not in the record that it contains: no check reads them, whatever
    /// they state. Sorted, such as `provenance.api.dates`.
    ///
    /// - Throws: as ``decode(_:from:)``.
    public static func unknownMembers<Record: Codable>(of type: Record.Type, in data: Data) throws -> [String] {
        let known = try encode(decode(type, from: data))
        return try paths(in: data).subtracting(paths(in: known)).map { $0.joined(separator: ".") }.sorted()
    }

    /// The paths of all values, with the places of lists from 1. A name may contain a full stop.
    private static func paths(in data: Data) throws -> Set<[String]> {
        var paths: Set<[String]> = []
        func add(_ value: Any, _ path: [String]) {
            switch value {
            case let object as [String: Any] where !object.isEmpty:
                for (name, value) in object { add(value, path + [name]) }
            case let list as [Any] where !list.isEmpty:
                for (place, value) in list.enumerated() { add(value, path + ["\(place + 1)"]) }
            // A member without a value states nothing.
            case is NSNull: break
            default: paths.insert(path)
            }
        }
        add(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed), [])
        return paths
    }
}

/// A file that is not valid JSON.
public struct InvalidRecord: Error, Hashable, CustomStringConvertible {
    /// The problem, to follow "it is"; it may contain names from the file.
    public let description: String
}
