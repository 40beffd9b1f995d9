import Testing

@testable import Settings

@Suite struct DotenvTests {
    @Test func `dotenv`() {
        let text = """
            \u{feff}# comment
            export A=1\r
              B = two words # said
            C='it # stays \\n'
            D="a \\"b\\"\\nc" # x
            E=a#b
            F=
            nonsense s3cret
            G="open
            A=2
            """
        let parsed = Dotenv(text)
        #expect(
            parsed.values == [
                "A": "2", "B": "two words", "C": "it # stays \\n", "D": "a \"b\"\nc", "E": "a#b", "F": "",
            ])
        #expect(parsed.unreadableLines == [8, 9])
        #expect(parsed.lines["A"] == [2, 10] && parsed.lines["B"] == [3])
        #expect(parsed.laterSections == [])
    }

    @Test(arguments: [("[one]\nA=1", []), ("A=1\n[one]\nB=2\n[two]", [2, 4]), ("[one]\nA=1\n[two]\nA=2", [3])])
    func `a section below values is told by its line`(text: String, lines: [Int]) {
        #expect(Dotenv(text).laterSections == lines)
    }
}
