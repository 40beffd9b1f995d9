import Domain

/// Why a workbook cannot be read.
public enum WorkbookError: ReadingError, Hashable, Sendable {
    /// It is not a zip archive, or is damaged.
    case notAWorkbook
    /// The archive has more entries than the limit.
    case tooManyEntries(limit: Int)
    /// Two entries of the archive share bytes.
    case overlappingEntries
    /// Two entries of the archive have the same name; programs differ in which of them they show.
    case twoParts(String)
    /// One part, by its name, cannot be read.
    case part(String, PartFault)

    /// What is wrong and what to do; follows the name of the file.
    public var sentence: String {
        switch self {
        case .notAWorkbook: "is not an Excel workbook (.xlsx), or is incomplete"
        case .tooManyEntries(let limit):
            "has more than \(limit) entries, the limit for a workbook; \(Self.saveAgain)"
        case .overlappingEntries: "is damaged: entries of the archive overlap; \(Self.saveAgain)"
        case .twoParts(let part):
            "has two parts named \(Terminal.plain(part)), and programs differ in which one they show; \(Self.saveAgain)"
        case .part(let part, let fault):
            switch fault {
            case .tooLarge: "contains \(Terminal.plain(part)), whose unpacked size exceeds the limit; \(Self.saveAgain)"
            case .encrypted: "is encrypted: \(Terminal.plain(part)) has a password; save it without one"
            default: "is damaged: in \(Terminal.plain(part)), \(fault.clause); \(Self.saveAgain)"
            }
        }
    }

    private static let saveAgain = "open it in Excel or LibreOffice, check it, and save it again"
}
