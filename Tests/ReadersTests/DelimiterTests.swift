import Testing

@testable import Readers

@Suite struct DelimiterTests {
    @Test(
        arguments: [
            ("email,role\nbob@acme.io,ADMIN\n", Delimiter.comma),
            ("email;role\nbob@acme.io;ADMIN\n", .semicolon),
            ("email\trole\nbob@acme.io\tADMIN\n", .tab),
            ("email|role\nbob@acme.io|ADMIN\n", .pipe),
            ("email, role\nbob@acme.io, ADMIN\n", .comma),
            ("email; role\nbob@acme.io; ADMIN\n", .semicolon),
            ("email\nbob@acme.io\n", .comma),
            ("email\r\"a;b\"\r", .comma),
            // Text holds commas, and the header does not.
            ("name;email\nVogt, Lena;lena@acme.io\nHerrera, Tomás;t@acme.io\n", .semicolon),
            // The header holds them too, as often as it holds the delimiter; a comma in text has a space behind it.
            ("Nachname, Vorname;E-Mail\nVogt, Lena;lena@acme.io\nHerrera, Tomás;t@acme.io\n", .semicolon),
            ("Name (last, first)\tEmail, work\nVogt, Lena\tlena@acme.io\n", .tab),
            // What stands in quotes does not count, line ends included.
            ("\"a;b;c\";\"d\n;;\",email\n1,2\n", .comma),
            ("\"a,b,c\"\";,\",x;email\n", .comma),
            ("\"last, first, middle\"|email\n\"a,b\nc\"|d\n", .pipe),
            (" \"a,b,c\";email\n \"d,e\";f\n", .semicolon),
            // Blank lines say nothing, spaces included.
            ("\n   \n;;\nemail;role\nbob@acme.io;ADMIN\n", .semicolon),
            // Agreement counts for more than number, in the last line too, whether or not it has an end.
            ("a,b,c;email\nx;bob@acme.io", .semicolon),
            ("a,b,c;email\nx;bob@acme.io\ny;eve@acme.io\n", .semicolon),
            // Titles above the table have no delimiter, or another one.
            ("Acme\nName|Email\nA|a@x.io\n", .pipe), ("Acme, Berlin\n\nName;E-Mail\nA;a@x.io\n", .semicolon),
            ("Acme,Berlin\nName;E-Mail\nA;a@x.io\n", .semicolon),
            (
                "1. Summary\nStart\t11/26/26, 9:58 AM\n2. People\nName\tJoin\tEmail\nA\t11/26/26, 9:58 AM\ta@x.io\n",
                .tab
            ),
            // Cells that hold the other one do not outweigh rows that differ in length.
            ("a,b,c,d\n1,x;y,3,4\n1,x;y,3\n1,x;y\n", .comma),
            // A quote in the middle of text opens nothing.
            ("5\" disk;email\n3\" disk;bob@acme.io\n", .semicolon),
        ])
    func `is found from the first lines`(text: String, delimiter: Delimiter) {
        #expect(Reading(of: text).delimiter == delimiter)
    }

    @Test func `a field with the other delimiters in it stays whole`() {
        let reading = Reading(of: "name;email\nVogt, Lena | x\ty;lena@acme.io\n")
        #expect(reading.cells == [["name", "email"], ["Vogt, Lena | x\ty", "lena@acme.io"]])
    }

    @Test func `the option wins over what is found and what the file says`() {
        #expect(Reading(of: "a;b;c,d\n", delimiter: .comma).cells == [["a;b;c", "d"]])
        #expect(Reading(of: "sep=;\na;b,c\n", delimiter: .comma).cells == [["a;b", "c"]])
    }

    @Test(arguments: ["sep=;\r\n", "SEP=;\n", "\u{feff}sep=;\r", "\"sep=;\"\r\n"])
    func `Excel's first line names it and is no row`(first: String) {
        let reading = Reading(of: first + "a,b,c;d\ne,f,g;h\n")
        #expect(reading.rows == [.init(line: 2, cells: ["a,b,c", "d"]), .init(line: 3, cells: ["e,f,g", "h"])])
    }

    @Test(arguments: ["sep=;;\na;b\n", "separator;b\n", "sep=a\nb;c\n", "sep\na;b\n"])
    func `a first line that only looks like Excel's is a row`(text: String) {
        #expect(Reading(of: text).lines.first == 1)
    }

    @Test(
        arguments: [
            (",", Delimiter.comma), ("comma", .comma), (";", .semicolon), ("Semicolon", .semicolon), ("\t", .tab),
            ("tab", .tab), ("\\t", .tab), ("|", .pipe), ("pipe", .pipe), ("^", Delimiter(byte: 0x5e)),
        ])
    func `is given by its character or name`(text: String, delimiter: Delimiter) {
        #expect(Delimiter(text) == delimiter)
    }

    @Test(arguments: ["", "a", "7", "\"", "\n", "\r", " ", ",,", "ö", "\u{0}", "\u{7f}"])
    func `is nothing that fields are full of`(text: String) {
        #expect(Delimiter(text) == nil)
    }
}
