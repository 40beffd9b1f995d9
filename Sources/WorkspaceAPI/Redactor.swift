import Domain
import Foundation

/// Takes the credentials out of text that came from outside: a server or a proxy may echo what it was sent.
struct Redactor: Sendable {
    private let secrets: [String]

    init(_ secrets: [String]) {
        // A body of JSON may spell them with escapes. The longest first, for a key that is part of its secret.
        self.secrets = Set(secrets.flatMap { [$0] + Self.escaped($0) }).filter { !$0.isEmpty }
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// As JSON spells a text (RFC 8259, section 7), with slashes as they are and with escaped ones.
    private static func escaped(_ text: String) -> [String] {
        let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return [quoted, quoted.replacing("/", with: "\\/")]
    }

    /// One safe line of at most `limit` characters. Taken out first and cut afterwards, so that no half is left.
    func plain(_ text: String, limit: Int = 200) -> String {
        Terminal.plain(redacted(text), limit: limit)
    }

    private func redacted(_ text: String) -> String {
        secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: "***") }
    }

    /// What is read of a body, without secrets, and without the half of one that it ends in.
    private func beginning(of body: Data) -> String {
        let text = redacted(String(decoding: body.prefix(Self.read), as: UTF8.self))
        guard body.count > Self.read else { return text }
        for secret in secrets {
            for end in secret.indices.reversed() where end > secret.startIndex && text.hasSuffix(secret[..<end]) {
                return text.dropLast(secret[..<end].count) + "***"
            }
        }
        return text
    }

    /// How many bytes of a body are looked at.
    private static let read = 8192

    /// The beginning of a body, on one line: `: TEXT`, or nothing if the body has no text.
    func excerpt(_ body: Data) -> String {
        let text = beginning(of: body)
        if let title = Self.htmlTitle(text) { return ": an HTML page" + quotedTitle(title) }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? "" : ": " + plain(words, limit: 120)
    }

    /// What a body is that should have been JSON.
    func nature(of body: Data) -> String {
        if body.isEmpty { return "an empty body, not JSON" }
        let text = beginning(of: body)
        if let title = Self.htmlTitle(text) { return "an HTML page, not JSON" + quotedTitle(title) }
        let start = text.drop(while: \.isWhitespace).first
        if start == "{" || start == "[" { return "JSON that is cut short or broken" }
        return "text that is not JSON" + excerpt(body)
    }

    private func quotedTitle(_ title: String) -> String {
        title.isEmpty ? "" : "; its title is \"\(plain(title, limit: 80))\""
    }

    /// The title of a page, empty if it has none; nil if the text is no page.
    private static func htmlTitle(_ text: String) -> String? {
        let lower = text.lowercased()
        guard lower.contains("<html") || lower.contains("<!doctype html") else { return nil }
        guard let open = text.range(of: "<title", options: .caseInsensitive),
            let start = text[open.upperBound...].firstIndex(of: ">"),
            let end = text.range(of: "</title", options: .caseInsensitive, range: start..<text.endIndex)
        else { return "" }
        let title = text[text.index(after: start)..<end.lowerBound]
        return title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
