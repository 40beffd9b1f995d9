import Domain
import Foundation

extension ForeignFormat {
    /// Throws if a file is evidently neither a workbook nor a CSV.
    ///
    /// - Throws: ``FilledReviewError`` or ``ByteSourceError``
    static func refuseReview(_ path: String) throws {
        do {
            guard let format = try ofReview(path) else { return }
            throw FilledReviewError.looksLike(format.description, advice: format.adviceForReview)
        } catch ByteSourceError.folder where path.lowercased().hasSuffix(".numbers") {
            let format = ForeignFormat.numbersSpreadsheet
            throw FilledReviewError.looksLike(format.description, advice: format.adviceForReview)
        }
    }

    /// The format of a file; nil if it may be a workbook or a CSV.
    private static func ofReview(_ path: String) throws -> ForeignFormat? {
        let beginning = try beginning(of: path)
        if let format = ForeignFormat(bytes: beginning) {
            switch format {
            // The first entries do not show what an archive with other entries is.
            case .workbook: return nil
            case .zipArchive: return WorkbookReader.isWorkbook(path: path) ? nil : format
            case .oldWorkbook: return isEncrypted(path) ? .encryptedWorkbook : .oldWorkbook
            default: return format
            }
        }
        return ForeignFormat(
            text: beginning.starts(with: [0xef, 0xbb, 0xbf]) ? Array(beginning.dropFirst(3)) : beginning)
    }

    private static func beginning(of path: String) throws -> [UInt8] {
        let source = try FileByteSource(path: path)
        var bytes: [UInt8] = []
        while bytes.count < window {
            var piece = [UInt8](repeating: 0, count: window - bytes.count)
            let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
            if count == 0 { break }
            bytes += piece.prefix(count)
        }
        return bytes
    }

    /// Whether the container of Excel 97 holds a workbook with a password (MS-OFFCRYPTO 2.3.4.4: the stream
    /// *EncryptedPackage*, whose name the container stores in UTF-16).
    private static func isEncrypted(_ path: String) -> Bool {
        let name = Data("EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
        return (try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))?.range(of: name) != nil
    }

    /// What to do next with a completed review.
    private var adviceForReview: String {
        switch self {
        case .openDocumentSpreadsheet, .numbersSpreadsheet, .oldWorkbook, .workbookInXML:
            "save or export it as an Excel workbook (.xlsx) or as CSV, and use that file"
        case .encryptedWorkbook: "save it without a password, and use that file"
        case .googleSheetsLink:
            "open it in Google Sheets, choose File > Download > Microsoft Excel (.xlsx), and use that file"
        case .zipArchive, .packed: "unpack it, and use the workbook or the CSV in it"
        case .signInPage: "sign in with a browser and download the completed workbook again"
        default: "use the completed workbook (.xlsx) or CSV"
        }
    }
}
