/// The format of a file that is not CSV, for the error message.
enum ForeignFormat: Equatable {
    /// An Excel workbook (.xlsx, or another of that family).
    case workbook
    /// The container format of Excel 97; Excel also uses it for workbooks with a password.
    case oldWorkbook
    /// A workbook (.xlsx) in that container, because it has a password. Not found from the first bytes.
    case encryptedWorkbook
    case workbookInXML
    /// A file of Google Drive that has only the address of a spreadsheet.
    case googleSheetsLink
    case openDocumentSpreadsheet
    case numbersSpreadsheet
    /// A document in a zip archive, from a program that is not for spreadsheets.
    case otherDocument
    case zipArchive
    /// A compressed file; with the name of the program.
    case packed(by: String)
    case pdf
    case image(String)
    case richText
    case contacts
    case signInPage
    case pageWithTable
    case webPage
    case xml
    case json

    /// The number of bytes at the beginning that are examined; they are read before anything else is decided.
    static let window = 4096

    /// Follows "looks like".
    var description: String {
        switch self {
        case .workbook: "an Excel workbook (.xlsx)"
        case .oldWorkbook: "an old Excel workbook (.xls), or one with a password"
        case .encryptedWorkbook: "an Excel workbook with a password"
        case .googleSheetsLink: "a link to a spreadsheet in Google Sheets, without its content"
        case .workbookInXML: "an Excel workbook in XML (SpreadsheetML 2003)"
        case .openDocumentSpreadsheet: "an OpenDocument spreadsheet (.ods)"
        case .numbersSpreadsheet: "a Numbers spreadsheet (.numbers)"
        case .otherDocument: "a text document or a presentation"
        case .zipArchive: "a zip archive"
        case .packed(let program): "a file compressed with \(program)"
        case .pdf: "a PDF document"
        case .image(let kind): "a \(kind) image"
        case .richText: "an RTF document"
        case .contacts: "contacts in a vCard (.vcf)"
        case .signInPage: "a web page, perhaps a sign-in page"
        case .pageWithTable: "a table of a web page"
        case .webPage: "a web page"
        case .xml: "XML"
        case .json: "JSON"
        }
    }

    /// What to do next.
    var advice: String {
        switch self {
        case .workbook, .openDocumentSpreadsheet: "save it as CSV first"
        case .oldWorkbook, .encryptedWorkbook: "save it without a password as CSV first"
        case .workbookInXML: "open it in Excel and save it as CSV"
        case .googleSheetsLink: "open it in Google Sheets and download it as CSV"
        case .numbersSpreadsheet: "export it as CSV first"
        case .zipArchive: "unpack it and use the CSV in it"
        case .packed: "unpack it first"
        case .contacts: "export the contacts as CSV"
        case .signInPage: "sign in with a browser and download the CSV again"
        case .pageWithTable: "open it in a spreadsheet program and save it as CSV"
        case .webPage: "download the list itself, as CSV"
        case .otherDocument, .pdf, .image, .richText, .xml: "export the table as CSV first"
        case .json: "export the list as CSV, or convert it first"
        }
    }

    /// Throws if a file with this beginning is in a binary format.
    static func refuse(_ beginning: [UInt8]) throws(CSVError) {
        if let format = ForeignFormat(bytes: beginning) { throw format.error }
    }

    /// Throws if text, after its byte order mark, is evidently in another format.
    static func refuseText(_ beginning: [UInt8]) throws(CSVError) {
        if let format = ForeignFormat(text: beginning) { throw format.error }
    }

    private var error: CSVError { .looksLike(description, advice: advice) }

    /// Throws if text without a byte order mark is evidently UTF-16 or binary data.
    ///
    /// Single NUL bytes are left to the reader, which knows their lines.
    static func refuseUnmarked(_ beginning: [UInt8]) throws(CSVError) {
        let sample = beginning.prefix(1024)
        var even = 0
        var odd = 0
        for (index, byte) in sample.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { even += 1 } else { odd += 1 }
        }
        guard even + odd >= 2, (even + odd) * 10 >= sample.count else { return }
        // In UTF-16, every other byte of Latin text is NUL, always at even or always at odd positions.
        if odd > 8 * even {
            throw .looksLike("UTF-16 without a byte order mark", advice: "use --encoding utf-16le")
        }
        if even > 8 * odd {
            throw .looksLike("UTF-16 without a byte order mark", advice: "use --encoding utf-16be")
        }
        throw .looksLike("binary data, not text", advice: "export the table as CSV first")
    }
}
