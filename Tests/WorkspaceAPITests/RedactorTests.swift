import Foundation
import Testing

@testable import WorkspaceAPI

@Suite struct RedactorTests {
    /// What a body that echoes a secret may look like.
    struct Echo: Sendable, CustomTestStringConvertible {
        var secret: String
        var body: String
        var testDescription: String { "\(secret.prefix(20)) in \(body.prefix(20))" }
    }

    @Test(arguments: [
        Echo(secret: "two  blanks", body: "no: two  blanks"),
        Echo(secret: "two  blanks", body: "<html><title>two  blanks</title>"),
        Echo(secret: "ab/cd+ef", body: #"{"error":"bad key ab\/cd+ef"}"#),
        Echo(secret: #"ab"cd\ef"#, body: #"{"error":"bad key ab\"cd\\ef"}"#),
        Echo(secret: "ab/cd+ef", body: "/?key=ab%2Fcd%2Bef"), Echo(secret: "ab/cd+ef", body: "/?key=ab%2fcd%2bef"),
        Echo(secret: "ab&<cd'", body: "<p>ab&amp;&lt;cd&#39;</p>"),
        // What is read of the body ends in the middle of the secret.
        Echo(secret: "s3cret-value", body: String(repeating: " ", count: 8185) + "s3cret-value"),
        Echo(
            secret: "s3cret-value", body: "<html><title>" + String(repeating: " ", count: 8172) + "s3cret-value</title>"
        ),
    ])
    func `no part of a secret is in what is shown of a body`(echo: Echo) {
        let redactor = Redactor([echo.secret])
        let body = Data(echo.body.utf8)
        for shown in [redactor.excerpt(body), redactor.nature(of: body), redactor.plain(echo.body, limit: 20_000)] {
            for part in ["blanks", "cd", "s3c"] { #expect(!shown.contains(part), "\(shown)") }
        }
    }

    @Test(arguments: [
        ("e", "the key e was refused", "the key *** was refused"), ("k1", "k1=k10, ask1", "***=k10, ask1"),
        ("e", "e", "***"),
    ])
    func `a short secret is hidden where it stands by itself, and leaves words alone`(
        secret: String, text: String, shown: String
    ) {
        #expect(Redactor([secret]).plain(text) == shown)
    }

    @Test func `what is no secret is shown, also at the end of what is read`() {
        let redactor = Redactor(["s3cret-value"])
        #expect(redactor.excerpt(Data("it was his".utf8)) == ": it was his")
        #expect(redactor.plain("it was s3cret-value", limit: 200) == "it was ***")
    }
}
