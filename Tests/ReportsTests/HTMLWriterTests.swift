import Foundation
import Hashing
import Testing

@testable import Reports

@Suite struct HTMLWriterTests {
    private func page(_ report: Report, templates: String? = nil) throws -> String {
        let scratch = try Scratch()
        try HTMLWriter(templates: templates).write(report, to: scratch.path("r.html"))
        return try scratch.text("r.html")
    }

    static let hostile = [
        "<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "\"><img src=x onerror=alert(1)>", "</script><b>",
        "{{title}}", "{{{style}}}", "\"\u{301} onmouseover=alert(1) x=\"", "<\u{338}b>", "&lt;", "it's",
    ]

    @Test func `what people are called does no harm`() throws {
        let page = try page(.sample(users: Self.hostile))
        for tag in ["<script>alert", "<img", "</script><b>", "<\u{338}b>"] { #expect(!page.contains(tag), "\(tag)") }
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("<td>{{title}}</td>"))
        #expect(page.contains("<td>&amp;lt;</td>"))
        // One script, one style sheet, as they were hashed.
        #expect(page.components(separatedBy: "<script>").count == 2)
        #expect(page.components(separatedBy: "</script>").count == 2)
    }

    @Test(
        arguments: [
            ("a\"\u{301}b", "a&quot;\u{301}b"), ("<\u{338}", "&lt;\u{338}"),
            ("a\u{0}\u{1}\u{7f}\u{85}b", "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}b"),
            // What changes the direction of text is made visible, as CVE-2021-42574 asks for.
            ("a\u{202e}b\u{2066}c\u{2069}", "a\\u{202e}b\\u{2066}c\\u{2069}"), ("…\u{200f}é", "…\u{200f}é"),
            ("two\nlines\t", "two\nlines\t"), ("'&>", "&#39;&amp;&gt;"),
        ] as [(String, String)])
    func `text is escaped scalar by scalar`(text: String, escaped: String) {
        #expect(Array(HTMLEscaping().escapeText(text).unicodeScalars) == Array(escaped.unicodeScalars))
    }

    @Test func `only the page's own style and script may run, and nothing may be loaded`() throws {
        let page = try page(.sample())
        let policy = try #require(page.firstMatch(of: #/http-equiv="Content-Security-Policy" content="([^"]*)"/#))
            .output.1
        #expect(policy.hasPrefix("default-src &#39;none&#39;; "))
        for (directive, begin, end) in [
            ("style-src", "<style>", "</style>"), ("script-src", "<script>", "</script>"),
        ] {
            let start = try #require(page.range(of: begin)).upperBound
            let stop = try #require(page.range(of: end, range: start..<page.endIndex)).lowerBound
            let hash = SHA256.hash(Data(page[start..<stop].utf8)).base64
            #expect(policy.contains("\(directive) &#39;sha256-\(hash)&#39;"))
        }
        for way in ["http://", "https://", "src=", "url(", "@import", " style=", " onclick", "<link", "<iframe"] {
            #expect(!page.contains(way), "\(way)")
        }
    }

    @Test func `every row is there without the script`() throws {
        let page = try page(.sample(users: (0..<1201).map { "Person \($0)" }))
        let start = try #require(page.range(of: "<section id=\"users\"")).lowerBound
        let stop = try #require(page.range(of: "<section id=\"invites\"")).lowerBound
        let section = page[start..<stop]
        #expect(section.components(separatedBy: "<tr><td").count - 1 == 1201)
        #expect(section.components(separatedBy: "<div class=\"block\">").count - 1 == 3)
        #expect(section.contains("<td>Person 1200</td>"))
    }

    @Test func `warnings come first, and who signs comes last`() throws {
        var report = Report.sample()
        #expect(try !page(report).contains("role=\"alert\""))
        report.warnings = ["The list was <empty>."]
        report.signOff = SignOff(preparer: "Pat", reviewer: "Grace", approver: "Ada")
        let page = try page(report)
        #expect(page.contains("role=\"alert\""))
        #expect(page.contains("<bdi>The list was &lt;empty&gt;.</bdi>"))
        #expect(page.contains("<th scope=\"row\">Approved by (must not be the reviewer)</th><td><bdi>Ada</bdi></td>"))
    }

    @Test func `templates of a folder take the place of the program's own`() throws {
        let scratch = try Scratch()
        try scratch.write("<h1>Mine: {{title}}</h1>", to: "head.mustache")
        #expect(try page(.sample(), templates: scratch.folder.path).hasPrefix("<h1>Mine: Access review 2026-Q4</h1>"))
    }

    @Test(
        arguments: [
            ("head.mustache", "a\n{{#open}}", "head.mustache:"), ("script.js", "'</script>'", "script.js"),
            ("style.css", "</STYLE>", "style.css"),
            ("block.mustache", "{{#rows}}<tr>{{#cells}}<td>{{text}}</td>{{/cells}}</tr>{{/rows}}", "block.mustache"),
            ("block.mustache", "<table>{{rows}}</table>", "block.mustache"),
            ("block.mustache", "<table>{{{rows}}}{{{rows}}}</table>", "block.mustache"),
        ] as [(String, String, String)])
    func `a template that cannot be used is told by its name`(name: String, text: String, sentence: String) throws {
        let scratch = try Scratch()
        try scratch.write(text, to: name)
        let failure = #expect(throws: TemplateFailure.self) {
            _ = try self.page(.sample(), templates: scratch.folder.path)
        }
        #expect(failure?.sentence.hasPrefix(sentence) == true, "\(failure?.sentence ?? "")")
        #expect(throws: TemplateFailure.self) { try self.page(.sample(), templates: scratch.path("none")) }
    }
}
