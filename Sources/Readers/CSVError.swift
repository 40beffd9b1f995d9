import Domain

/// Why reading a CSV stops.
///
/// A single malformed row does not stop it: see ``CSVRow/malformation``.
public enum CSVError: ReadingError, Equatable, Sendable {
    /// The file has no content.
    case empty
    /// The content is evidently in another format; with what to do about it.
    case looksLike(String, advice: String)
    /// No encoding of that name is known.
    case unknownEncoding(String)
    /// A line contains bytes that are not valid in the encoding.
    case undecodable(line: Int, encoding: String)
    /// A line contains bytes that are not UTF-8, and the file makes sense in some other encodings.
    case otherEncoding(line: Int, EncodingReadings)
    /// Some lines are UTF-8, and others are not.
    case mixedEncodings(utf8: LineNumbers, others: LineNumbers)
    /// The file is UTF-8, but another encoding was given.
    case alreadyUTF8(LineNumbers, given: String)
    /// The text ends in the middle of a character.
    case cutShort(line: Int, encoding: String)
    /// A line contains a NUL byte, which text does not have.
    case nul(line: Int)
    /// A quote that opens on the line is never closed.
    case unterminatedQuote(line: Int)
    /// A field that begins on the line is longer than the limit, in bytes of UTF-8.
    case fieldTooLong(line: Int, limit: Int)
    /// The row that begins on the line is longer than a row may be, in bytes of UTF-8.
    case rowTooLong(line: Int, limit: Int)
    /// The row that begins on the line has more fields than a row may have.
    case tooManyFields(line: Int, limit: Int)
    /// Reading failed after the line, with the reason.
    case unreadable(line: Int, reason: String)
    /// A list of reviewers has no column of accounts or none of reviewers; with the headers that were found.
    case noReviewerColumn(headers: [String])

    /// What is wrong and what to do; follows the name of the file: `people.csv is empty`.
    public var sentence: String {
        switch self {
        case .empty: "is empty"
        case .looksLike(let what, let advice): "looks like \(what); \(advice)"
        case .unknownEncoding(let name):
            "cannot be read as \"\(Terminal.plain(name, limit: 40))\", which is not a known encoding; use one "
                + "of \(TextEncoding.examples.joined(separator: ", ")), or another that `iconv -l` lists"
        case .undecodable(let line, TextEncoding.utf8.name):
            "has bytes on line \(line) that are not UTF-8; \(Self.saveAgain)"
        case .undecodable(let line, let encoding):
            "has bytes on line \(line) that are not \(Terminal.plain(encoding)); use a different --encoding"
        case .otherEncoding(_, let readings): "is not UTF-8: \(readings.sentence), or \(Self.saveAgain)"
        case .mixedEncodings(let utf8, let others):
            "has UTF-8 on \(utf8), and bytes of another encoding on \(others); correct the broken characters on these "
                + "lines, and save the file as UTF-8"
        case .alreadyUTF8(let lines, let encoding):
            "is UTF-8, not \(Terminal.plain(encoding)), as \(lines) \(lines.first.count > 1 ? "show" : "shows"); "
                + "omit --encoding"
        case .cutShort(let line, TextEncoding.utf8.name):
            "ends on line \(line) in the middle of a character, so it may be incomplete; get the complete file, or "
                + Self.saveAgain
        case .cutShort(let line, let encoding):
            "ends on line \(line) in the middle of a character of \(Terminal.plain(encoding)), so it may be "
                + "incomplete; get the complete file, or use a different --encoding"
        case .nul(let line): "has a NUL byte on line \(line), which is not allowed in text; save it again as CSV"
        case .unterminatedQuote(let line):
            "has a quote on line \(line) that is never closed; close it, or write it twice if it is part of the text"
        case .fieldTooLong(let line, let limit):
            "has a field of more than \(limit) bytes that begins on line \(line); a closing quote may be missing there"
        case .rowTooLong(let line, let limit): "has a row of more than \(limit) bytes that begins on line \(line)"
        case .tooManyFields(let line, let limit): "has a row of more than \(limit) fields that begins on line \(line)"
        case .unreadable(let line, let reason): "cannot be read after line \(line): \(Terminal.plain(reason))"
        case .noReviewerColumn(let headers):
            "is not a list of reviewers: its headers are \(ListColumns.list(headers)), and it needs \"Email\" or "
                + "\"uid\", and \"Reviewer\""
        }
    }

    /// The same for a file that no option describes: without advice about --encoding.
    public var sentenceWithoutOptions: String {
        switch self {
        case .undecodable(let line, _), .otherEncoding(let line, _):
            "has bytes on line \(line) that are not UTF-8; save it again as UTF-8"
        case .cutShort(let line, _):
            "ends on line \(line) in the middle of a character, so it may be incomplete; get the complete file, or "
                + "save it again as UTF-8"
        case .looksLike(let what, let advice) where advice.contains("--encoding"):
            "looks like \(what); save it again as UTF-8"
        default: sentence
        }
    }

    private static let saveAgain = "save it again as UTF-8 (in Excel: \"CSV UTF-8\")"
}
