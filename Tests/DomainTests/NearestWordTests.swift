import Domain
import Testing

@Suite struct NearestWordTests {
    static let words = ["invite", "review", "runs", "show", "users", "xlsx", "always", "DEVELOPER"]

    @Test(
        arguments: [
            ("reveiw", "review"), ("shwo", "show"), ("xslx", "xlsx"), ("alwys", "always"), ("inviite", "invite"),
            ("DEVELOPPER", "DEVELOPER"), ("run", "runs"), ("user", "users"),
        ])
    func `a misspelt word`(text: String, meant: String) { #expect(NearestWord.to(text, in: Self.words) == meant) }

    @Test(arguments: ["", "x", "frobnicate", "sxlx", "résumé", String(repeating: "review", count: 10_000)])
    func `a word that is none of them`(text: String) { #expect(NearestWord.to(text, in: Self.words) == nil) }

    @Test func `no words at all`() { #expect(NearestWord.to("review", in: []) == nil) }
}
