import Domain
import Foundation

/// Removes the credentials from external text: a server or a proxy may echo what it received.
struct Redactor: Sendable {
    private let secrets: [String]

    init(_ secrets: [String]) {
        let spellings = Set(secrets.filter { !$0.isEmpty }.flatMap(Self.spellings))
        // The longest first, because a key may be part of its secret.
        self.secrets = spellings.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    }

    /// A secret in plain form, and as escaped in JSON (some programs also escape the slash), URLs (RFC 3986) and HTML
    /// (some programs also escape quotes).
    private static func spellings(of secret: String) -> [String] {
        let json = String(JSONText.string(secret).dropFirst().dropLast())
        let address = secret.addingPercentEncoding(withAllowedCharacters: unreserved) ?? secret
        let page = secret.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let quoted = page.replacing("\"", with: "&quot;")
        return [
            secret, json, json.replacing("/", with: #"\/"#), address,
            address.replacing(#/%[0-9A-F]{2}/#) { $0.output.lowercased() },
            page, quoted, quoted.replacing("'", with: "&#39;"), quoted.replacing("'", with: "&#x27;"),
        ]
    }

    /// RFC 3986, section 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// One safe line of at most `limit` characters. Secrets are removed before the text is cut, so that no part
    /// remains.
    func plain(_ text: String, limit: Int = 200) -> String {
        Terminal.plain(hidden(text), limit: limit)
    }

    /// Shorter texts occur in words by chance, and are removed only where they stand by themselves.
    private static let shortest = 4

    private func hidden(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            guard secret.count < Self.shortest else { return text.replacingOccurrences(of: secret, with: "***") }
            let isInWord = { (place: String.Index?) in
                place.map { text.indices.contains($0) && (text[$0].isLetter || text[$0].isNumber) } ?? false
            }
            var shown = ""
            var rest = text.startIndex
            while let found = text.range(of: secret, range: rest..<text.endIndex) {
                let before = found.lowerBound == text.startIndex ? nil : text.index(before: found.lowerBound)
                let isPart = isInWord(before) || isInWord(found.upperBound)
                shown += text[rest..<found.lowerBound] + (isPart ? text[found] : "***")
                rest = found.upperBound
            }
            return shown + text[rest...]
        }
    }

    /// The beginning of a body without the secrets. They are removed before white space is changed, after which they
    /// would not be found.
    private func opening(of body: Data) -> String {
        let limit = 8192
        let text = hidden(String(decoding: body.prefix(limit), as: UTF8.self))
        guard body.count > limit else { return text }
        // The cut may have split a secret, so its first part is removed as well.
        let beginnings = secrets.flatMap { secret in secret.indices.dropFirst().map { secret[..<$0] } }
        let half = beginnings.filter { text.hasSuffix($0) }.map(\.count).max() ?? 0
        return String(text.dropLast(half))
    }

    /// The beginning of a body, on one line: `: TEXT`, or nothing if the body has no text.
    func excerpt(_ body: Data) -> String {
        let text = opening(of: body)
        if let title = Self.htmlTitle(text) { return ": an HTML page" + quotedTitle(title) }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? "" : ": " + plain(words, limit: 120)
    }

    /// Whether a body is an HTML page.
    func isPage(_ body: Data) -> Bool { Self.htmlTitle(opening(of: body)) != nil }

    /// A description of a body that should have been JSON.
    func nature(of body: Data) -> String {
        if body.isEmpty { return "an empty body, not JSON" }
        let text = opening(of: body)
        if let title = Self.htmlTitle(text) { return "an HTML page, not JSON" + quotedTitle(title) }
        let start = text.drop(while: \.isWhitespace).first
        if start == "{" || start == "[" { return "incomplete or malformed JSON" }
        return "text that is not JSON" + excerpt(body)
    }

    private func quotedTitle(_ title: String) -> String {
        title.isEmpty ? "" : "; its title is \"\(plain(title, limit: 80))\""
    }

    /// The title of a page, empty if it has none; nil if the text is not a page.
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
