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
    }
}
