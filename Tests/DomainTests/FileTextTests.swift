import Domain
import Testing

@Suite struct FileTextTests {
    @Test(
        arguments: [
            ("", ""), ("Zoë 🦊 \u{feff}\u{fffd}ﷺ", "Zoë 🦊 \u{feff}\u{fffd}ﷺ"), ("a\u{0}", "a\u{fffd}"),
            ("\u{0}\u{301}", "\u{fffd}\u{301}"), ("\u{fffe}x\u{ffff}", "\u{fffd}x\u{fffd}"), ("\u{1}\r", "\u{1}\r"),
        ] as [(String, String)])
    func `what a file cannot hold is replaced, and nothing else`(text: String, held: String) {
        #expect(Array(FileText.held(text).utf8) == Array(held.utf8))
    }

    @Test(
        arguments: [
            ("=1", true), ("+1", true), ("-1", true), ("@x", true), ("\tx", true), ("\r", true), ("''=1", true),
            ("", false), ("'", false), ("'a", false), ("a=1", false), (" =1", false), ("\n=1", false),
        ] as [(String, Bool)])
    func `what a spreadsheet would run is guarded`(text: String, isNeeded: Bool) {
        #expect(FormulaGuard.isNeeded(by: text.utf8) == isNeeded)
    }
}
