import Testing

@testable import Readers

@Suite struct ForeignFormatTests {
    @Test(
        arguments: [
            (
                [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1],
                "an old Excel workbook (.xls), or one with a password; save it without a password as CSV first"
            ),
            ([0x1f, 0x8b, 8, 0], "a file compressed with gzip; unpack it first"),
            (
                Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
                "a file compressed with bzip2; unpack it first"
            ),
            ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "a file compressed with xz; unpack it first"),
            ([0x28, 0xb5, 0x2f, 0xfd], "a file compressed with zstd; unpack it first"),
            ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a file compressed with 7-Zip; unpack it first"),
            (Array("Rar!".utf8) + [0x1a, 0x07], "a file compressed with RAR; unpack it first"),
            ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], "a PNG image; export the table as CSV first"),
            ([0xff, 0xd8, 0xff, 0xe0], "a JPEG image; export the table as CSV first"),
            (Array("%PDF-1.7\n".utf8), "a PDF document; export the table as CSV first"),
            (Array("{\\rtf1\\ansi".utf8), "an RTF document; export the table as CSV first"),
            (
                [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                "binary data, not text; export the table as CSV first"
            ),
        ] as [([UInt8], String)])
    func `a file of another kind is called what it is`(beginning: [UInt8], what: String) {
        let reading = Reading(of: beginning + [UInt8](repeating: 0xaa, count: 50))
        #expect(reading.error?.sentence == "looks like \(what)")
        #expect(reading.rows.isEmpty)
    }

    @Test(
        arguments: [
            (
                ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"],
                "an Excel workbook (.xlsx); save it as CSV first"
            ),
            (["docProps/app.xml", "docProps/core.xml", "xl/theme/theme1.xml"], "an Excel workbook (.xlsx)"),
            (["[Content_Types].xml"], "an Excel workbook (.xlsx)"),
            (
                ["mimetype=application/vnd.oasis.opendocument.spreadsheet", "content.xml"],
                "an OpenDocument spreadsheet (.ods); save it as CSV first"
            ),
            (
                ["mimetype=application/vnd.oasis.opendocument.text"],
                "a text document or a presentation; export the table"
            ),
            (["[Content_Types].xml", "_rels/.rels", "word/document.xml"], "a text document or a presentation"),
            (["[Content_Types].xml", "ppt/presentation.xml"], "a text document or a presentation"),
            (["Index/Document.iwa", "preview.jpg"], "a Numbers spreadsheet (.numbers); export it as CSV first"),
            (["preview.jpg", "Metadata/Properties.plist", "Index.iwa"], "a Numbers spreadsheet (.numbers)"),
            (["people.csv"], "a zip archive; unpack it and use the CSV in it"),
            (["mimetype=application/epub+zip"], "a zip archive; unpack it and use the CSV in it"),
            ([""], "a zip archive; unpack it and use the CSV in it"),
        ])
    func `a zip archive is called by what is in it`(entries: [String], what: String) {
        let reading = Reading(of: entries.flatMap(Self.entry))
        #expect(reading.error?.sentence.hasPrefix("looks like \(what)") == true, "\(reading.error?.sentence ?? "")")
    }

    /// An entry of a zip archive, `name=content`, stored as it is.
    private static func entry(_ text: String) -> [UInt8] {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map { Array($0.utf8) }
        let content = parts.count > 1 ? parts[1] : [UInt8](repeating: 0xaa, count: 20)
        return [0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4] + [UInt8(content.count), 0, 0, 0]
            + [UInt8(content.count), 0, 0, 0, UInt8(parts[0].count), 0, 0, 0] + parts[0] + content
    }

    private static let signIn = "a web page, perhaps a sign-in page; sign in with a browser and download the CSV again"
    private static let page = "a web page; download the list itself, as CSV"
    private static let table = "a table of a web page; open it in a spreadsheet program and save it as CSV"
    private static let xml = "XML; export the table as CSV first"
    private static let json = "JSON; export the list as CSV, or convert it first"

    @Test(
        arguments: [
            ("<!DOCTYPE html>\n<html lang=\"en\"><head><title>Sign in</title></head>\n<body><form>", signIn),
            ("<html><body><form><input type=\"password\" name=\"p\"></form><table>", signIn),
            ("<html><head><title data-x>Log in to Acme</title>", signIn),
            ("\r\n <!-- sign in here --> <HTML>\n<title>People</title>", page),
            ("<!-- saved from a browser, and this comment does not end", page),
            ("<head></head>", page), ("<meta charset=\"utf-8\">", page), ("<script>", page), ("<body\n>", page),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">", page),
            ("<table><tr><th>Email</th><th>Role</th></tr><tr><td>lena.vogt@acme.io</td></tr></table>", table),
            ("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table border=1>", table),
            ("<?xml version=\"1.0\"?><people><person email=\"a@b.io\"/></people>", xml),
            (
                "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>",
                "an Excel workbook in XML (SpreadsheetML 2003); open it in Excel and save it as CSV"
            ),
            (
                "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                "an Excel workbook in XML (SpreadsheetML 2003); open it in Excel and save it as CSV"
            ),
            ("[{\"email\":\"lena.vogt@acme.io\",\"role\":\"DEVELOPER\"}]", json),
            ("{\"email\":\"a@acme.io\"}\n{\"email\":\"b@acme.io\"}\n", json), (" [\n  \"a@acme.io\",", json),
            ("[\n[\"email\", \"role\"]", json), ("{ \"a\\\"b\" : 1", json), ("[{}]", json), ("[]\n", json),
            ("BEGIN:VCARD\r\nVERSION:3.0\r\n", "contacts in a vCard (.vcf); export the contacts as CSV"),
        ])
    func `text in another form is called what it is, whatever its encoding`(text: String, what: String) {
        for bytes in [Array(text.utf8), [0xef, 0xbb, 0xbf] + Array(text.utf8), [0xff, 0xfe] + utf16(text)] {
            #expect(Reading(of: bytes).error?.sentence == "looks like \(what)")
        }
        #expect(Reading(of: text, encoding: "windows-1252").error?.sentence == "looks like \(what)")
    }

    @Test(
        arguments: [
            "<mia@acme.io>", "<meta@acme.io>", "<head-office@acme.io>", "<people>", "[x]", "[inviteeEmail]", "{x}",
            "[\"x",
            "{", "[", "[[", "[1]", "<", "<>", "---", "From: mia@acme.io", "BZh9", "Rar!", "PK", "BEGIN:VEVENT",
        ])
    func `a list whose first cell only begins like something else is read`(cell: String) {
        let quoted = "\"" + cell.replacing("\"", with: "\"\"") + "\""
        #expect(Reading(of: "\(quoted),a\nb,c\n").cells == [[cell, "a"], ["b", "c"]])
        if !cell.contains("\"") { #expect(Reading(of: "\(cell),a\nb,c\n").cells == [[cell, "a"], ["b", "c"]]) }
    }

    @Test func `an encoding does not turn a workbook into text`() {
        let reading = Reading(of: Self.entry("xl/workbook.xml"), encoding: "iso-8859-1")
        #expect(reading.error?.sentence.contains("Excel workbook") == true)
    }

    @Test(
        arguments: ["email,role\nbob@acme.io,ADMIN\n", "\u{65e5}\u{672c}\u{8a9e},email\n\u{540d}\u{524d},n@acme.io\n"],
        [false, true])
    func `UTF-16 without a mark is recognized, and the option that reads it is named`(text: String, bigEndian: Bool) {
        let reading = Reading(of: utf16(text, bigEndian: bigEndian))
        let option = bigEndian ? "utf-16be" : "utf-16le"
        #expect(
            reading.error?.sentence == "looks like UTF-16 without a byte order mark; use --encoding \(option)")
    }
}
