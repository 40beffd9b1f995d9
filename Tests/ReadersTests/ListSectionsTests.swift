import Domain
import Testing

@testable import Readers

@Suite struct ListSectionsTests {
    private func refusal(_ text: String, _ change: (inout ListOptions) -> Void = { _ in }) -> String? {
        do {
            _ = try ListReading(text) {
                $0.hasFallback = true
                change(&$0)
            }
            return nil
        } catch {
            return (error as? ListError)?.sentence ?? "\(error)"
        }
    }

    private let team = "Name,Email,Role\nCurrent team,,\nA,a@x.io,\nB,b@x.io,\nAlumni,,\nC,c@x.io,\n"

    @Test func `titles between people are asked about, and one chooses`() throws {
        #expect(
            refusal(team)
                == "has several sections: \"Current team\" (lines 2 to 4, 2 people), \"Alumni\" (lines 5 to 6, 1 person); "
                + "specify the section to use: --section 'Current team', or --section Alumni (all of them: "
                + "--section all)")
        let rows = try ListReading(team) { ($0.hasFallback, $0.sections) = (true, .named(["current TEAM"])) }.rows
        #expect(rows.map { $0.exclusion?.ground } == [.otherSection, nil, nil, .otherSection, .otherSection])
        #expect(rows.last?.exclusion?.reason == "it is in the section \"Alumni\" (--section)")
        let byLine = try ListReading(team) { ($0.hasFallback, $0.sections) = (true, .named(["5"])) }.rows
        #expect(byLine.filter { $0.exclusion == nil }.map(\.email) == ["c@x.io"])
        let all = try ListReading(team) { ($0.hasFallback, $0.sections) = (true, .all) }.rows
        #expect(all.allSatisfy { $0.exclusion == nil })
        #expect(
            refusal(team) { $0.sections = .named(["Almuni"]) }?.hasPrefix(
                "has no section \"Almuni\", given with --section")
                == true)
    }

    @Test(
        arguments: [
            // The header again below a title, and the title above the first header.
            "Team\nCurrent,,\nName,Email,Role\nA,a@x.io,\nAlumni,,\nName,Email,Role\nC,c@x.io,\n",
            // A list of two columns, in which a person without an address has one cell as well.
            "Name,Email\nA,a@x.io\nAlumni,\nC,c@x.io\n", "Name,Email\nA,a@x.io\n\nBerlin office,\nC,c@x.io\n",
            "Email,Name\na@x.io,A\nFormer members,\nc@x.io,C\n", "Email\na@x.io\nAlumni\nc@x.io\n",
        ])
    func `a title with people below it divides the list`(text: String) {
        #expect(refusal(text)?.contains("has several sections") == true, "\(refusal(text) ?? "nothing")")
    }

    @Test(
        arguments: [
            // People without an address.
            "Name,Email\nA,a@x.io\nSven Olsen,\nC,c@x.io\n", "Name,Email,Role\nA,a@x.io,\nSven,,ADMIN\nC,c@x.io,\n",
            // What is below the last person.
            "Name,Email,Role\nA,a@x.io,\nTotal: 1,,\n", "Name,Email,Role\nA,a@x.io,\nConfidential,,\n",
            // Rows that were prepared and not filled in.
            "No,Email,Role\n1,a@x.io,\n2,,\n3,c@x.io,\n", "Done,Email,Role\nFALSE,a@x.io,\nFALSE,,\nFALSE,c@x.io,\n",
            "Name,Email,Role\nA,a@x.io,ADMIN\n,,ADMIN\nC,c@x.io,ADMIN\n",
            // One section only.
            "Name,Email,Role\nCurrent team,,\nA,a@x.io,\n",
        ])
    func `other rows with one cell divide nothing`(text: String) {
        #expect(refusal(text) == nil)
    }

    @Test func `a section with other columns is read from its header`() throws {
        let text =
            "1. Summary\nTitle,x\n2. People\nName,Email,Role\nA,a@x.io,Host\n3. Times\nEmail,Name,Joined\na@x.io,A,9\nb@x.io,B,9\n"
        #expect(
            refusal(text)?.hasSuffix(
                "\"2. People\" (lines 4 to 5, 1 person), \"3. Times\" (lines 6 to 9, 2 people, with other columns); "
                    + "specify the section to use: --section '2. People', or --header-row 7") == true,
            "\(refusal(text) ?? "")")
        let rows = try ListReading(text) { ($0.hasFallback, $0.sections) = (true, .named(["2. People"])) }.rows
        #expect(rows.filter { $0.exclusion == nil }.map(\.email) == ["a@x.io"])
        #expect(refusal(text) { $0.sections = .all }?.hasPrefix("has a second header on line 7") == true)
        #expect(try ListReading(text) { ($0.hasFallback, $0.headerRow) = (true, .line(7)) }.rows.count == 2)
    }

    @Test func `a list by uid has sections, and people by uid are none`() throws {
        let text = "Uid,Email,Role\nu-1,,\nAlumni,,\nu-2,,\n"
        #expect(refusal(text) { $0.purpose = .disable }?.contains("\"Alumni\" (lines 3 to 4, 1 person)") == true)
        #expect(refusal("Uid,Email,Role\nu-1,,\nu-2,,\nu-3,,\n") { $0.purpose = .disable } == nil)
    }

    @Test func `labels below the header are a repeated header`() throws {
        let text = "STATUS,EMAIL,TITLE\nSTATUS,Email,Title\nactive,a@x.io,x\n"
        let rows = try ListReading(text) { $0.hasFallback = true }.rows
        #expect(rows.map { $0.exclusion?.ground } == [.repeatedHeader, nil])
    }
}

/// Where the headers and the addresses are in exports of other products.
@Suite struct ForeignListTests {
    private func reading(_ text: String) throws -> ListReading { try ListReading(text) { $0.hasFallback = true } }

    @Test func `of rows that nobody understands the one with most texts is the header`() throws {
        let text =
            "Student,ID,SIS Login ID,Section,Quiz\n,,,,Manual Posting\n    Points Possible,,,,10.00\nA,1,a@x.io,Data,9.00\n"
        let error = #expect(throws: ListError.self) { try reading(text) }
        #expect(error?.sentence.contains("column 3 \"SIS Login ID\" (a@x.io) may be the column") == true)
    }

    @Test func `addresses that are the same in every row are not asked about`() throws {
        #expect(
            try reading("Email,Contact Email 1\na@x.io,A@x.io\nb@x.io,b@x.io\n").rows.map(\.email) == [
                "a@x.io", "b@x.io",
            ])
        // Somebody's private address in every row, whatever its header is.
        let text = "Email,Work email,Personal email\na@home,a@x.io,a@home\nb@home,b@x.io,b@home\n"
        #expect(try reading(text).rows.map(\.email) == ["a@x.io", "b@x.io"])
    }

    @Test func `a login that is the address does not make it somebody's other one`() {
        let text = "userName,emails[0].value,emails[1].value\na@x.io,a@x.io,a@home\nb@x.io,b@x.io,b@home\n"
        let error = #expect(throws: ListError.self) { try reading(text) }
        #expect(
            error?.sentence.contains("--email-column 'emails[0].value', or --email-column 'emails[1].value'") == true)
    }

    @Test func `a row far down in which they differ asks after all`() {
        let rows = (1...200).map { "p\($0)@x.io,p\($0)@x.io\n" }.joined()
        let error = #expect(throws: ListError.self) { try reading("Email,Work email\n" + rows + "a@x.io,b@x.io\n") }
        #expect(error?.sentence.contains("several columns that may be the email address") == true)
    }

    @Test func `a column named account type is not passed over`() {
        let text = "Email,role,account_type\na@x.io,ADMIN,Full\n"
        let error = #expect(throws: ListError.self) { try ListReading(text) }
        #expect(error?.sentence.contains("--account-type-column account_type, or --account-type-column role") == true)
    }

    @Test func `another delimiter is named as what it is`() {
        let error = #expect(throws: ListError.self) {
            try ListReading("Name;Email\nA;a@x.io\n") { $0.csv.delimiter = .comma }
        }
        #expect(error?.sentence.contains("--delimiter semicolon") == true)
    }
}
