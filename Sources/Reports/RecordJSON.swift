import Foundation

/// Records as files hold them: members sorted, two blanks a level, a line end at the end.
public enum RecordJSON {
    /// The bytes of a record.
    public static func encode(_ record: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(record) + Data("\n".utf8)
    }
}
