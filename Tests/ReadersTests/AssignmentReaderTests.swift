import Foundation
import Testing

@testable import Readers

private func reviewers(_ bytes: Data) throws -> [AssignmentReader.Row] {
    try AssignmentReader.rows(of: .text(CSVReader(source: DataByteSource(bytes), options: CSVOptions())))
}

@Suite struct AssignmentReaderTests {
    @Test(
        arguments: [
            "email,reviewer\na@acme.io,Grace\n", "Reviewer;E-mail address\nGrace;a@acme.io\n",
            "email,manager\na@acme.io,Grace\n", "\u{feff}email,\"Account owner\"\n a@acme.io ,Grace\n\n,\n",
            // Whoever else is named beside the account, the reviewer reviews it.
            "email,manager,reviewer\na@acme.io,Linus,Grace\n", "owner,email,Reviewers\nLinus,a@acme.io,Grace\n",
        ])
    func `who reviews whom`(text: String) throws {
        #expect(
            try reviewers(Data(text.utf8)) == [
                .init(line: 2, email: "a@acme.io", uid: "", reviewer: "Grace")
            ])
    }

    @Test(arguments: ["email,role\na@acme.io,ADMIN\n", "reviewer\nGrace\n"])
    func `a list that does not say it is refused`(text: String) {
        let error = #expect(throws: CSVError.self) { try reviewers(Data(text.utf8)) }
        #expect(error?.sentence.hasPrefix("is not a list of reviewers") == true)
    }

    /// It is read without options, so that none can be advised.
    @Test(
        arguments: [
            ([0xff], "has bytes on line 1 that are not UTF-8; save it again as UTF-8"),
            (
                [0xc3],
                "ends on line 1 in the middle of a character, so it may be incomplete; get the complete file, or "
                    + "save it again as UTF-8"
            ),
            (utf16("il,reviewer"), "looks like UTF-16 without a byte order mark; save it again as UTF-8"),
            ([0], "has a NUL byte on line 1, which is not allowed in text; save it again as CSV"),
        ] as [([UInt8], String)])
    func `what cannot be read has to be saved again`(rest: [UInt8], sentence: String) {
        let start = rest.count > 1 ? utf16("ema") : Array("email".utf8)
        let error = #expect(throws: CSVError.self) { try reviewers(Data(start + rest)) }
        #expect(error?.sentenceWithoutOptions == sentence)
    }
}
