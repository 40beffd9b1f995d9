extension ForeignFormat {
    /// Elements at the beginning of a web page, or of a file saved as one.
    private static let pageElements = ["!doctype html", "html", "head", "meta", "script", "body", "table"]
    private static let titlesOfSignInPages = ["sign in", "sign-in", "signin", "log in", "log-in", "login"]

    /// The format of a text with this beginning; nil if it may be CSV.
    init?(text bytes: [UInt8]) {
        // In UTF-16 each ASCII character has a NUL byte.
        let text = Self.trimmed(String(decoding: bytes.prefix(Self.window).filter { $0 != 0 }, as: UTF8.self)[...])
        if Self.isGoogleSheetsLink(text) {
            self = .googleSheetsLink
        } else if let format = Self.markup(text) ?? (Self.isJSON(text) ? .json : nil) {
            self = format
        } else if text.prefix(11).uppercased() == "BEGIN:VCARD" {
            self = .contacts
        } else {
            return nil
        }
    }

    /// Whether a text is a `.gsheet` file, or a shortcut to a spreadsheet (`.url`, `.webloc`).
    private static func isGoogleSheetsLink(_ text: Substring) -> Bool {
        let isShortcut = text.hasPrefix("[InternetShortcut]") || text.hasPrefix("<?xml") && text.contains("<plist")
        if isShortcut { return text.contains("docs.google.com/spreadsheets") }
        return isJSON(text) && (text.contains("\"doc_id\"") || text.contains("docs.google.com/spreadsheets"))
    }

    /// The format of a text that begins with an element, a comment or a declaration.
    private static func markup(_ text: Substring) -> ForeignFormat? {
        guard text.hasPrefix("<") else { return nil }
        let text = text.lowercased()
        if text.contains("<?mso-application") || text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            return .workbookInXML
        }
        let body = withoutPreamble(text[...])
        if pageElements.contains(where: { begins(body, $0) }) || text.hasPrefix("<!--") { return page(body) }
        return text.hasPrefix("<?xml") ? .xml : nil
    }

    private static func page(_ text: Substring) -> ForeignFormat {
        let title = inside("title", of: text)
        let asksForPassword = ["\"password\"", "'password'", "type=password"].contains { text.contains($0) }
        if asksForPassword || titlesOfSignInPages.contains(where: title.contains) { return .signInPage }
        return text.contains("<table") ? .pageWithTable : .webPage
    }

    /// The text after the declarations and comments at the beginning.
    private static func withoutPreamble(_ text: Substring) -> Substring {
        var rest = text
        while let end = rest.hasPrefix("<!--") ? "-->" : rest.hasPrefix("<?") ? "?>" : nil {
            guard let found = rest.firstRange(of: end) else { return "" }
            rest = trimmed(rest[found.upperBound...])
        }
        return rest
    }

    /// Whether a text begins with an element: `<body>` or `<meta charset=…`, but not `<meta@acme.io>`.
    private static func begins(_ text: Substring, _ element: String) -> Bool {
        guard text.hasPrefix("<" + element) else { return false }
        return text.dropFirst(element.count + 1).first.map { $0.isWhitespace || $0 == ">" || $0 == "/" } ?? true
    }

    /// The text between an element's first tag and its end; empty if there is none.
    private static func inside(_ element: String, of text: Substring) -> Substring {
        guard let start = text.firstRange(of: "<" + element) else { return "" }
        let rest = text[start.upperBound...]
        return rest[..<(rest.firstRange(of: "</" + element)?.lowerBound ?? rest.endIndex)]
    }

    /// Whether a text begins like an object, or an array of objects or strings: `[{"email"`, but not `[x]`.
    private static func isJSON(_ text: Substring) -> Bool {
        var inner = text
        while inner.hasPrefix("[") { inner = trimmed(inner.dropFirst()) }
        let isArray = inner.startIndex > text.startIndex
        if inner.hasPrefix("{") {
            let member = trimmed(inner.dropFirst())
            return member.hasPrefix("}") || string(member).map { trimmed($0).hasPrefix(":") } ?? false
        }
        if isArray, inner.hasPrefix("]") { return trimmed(inner.dropFirst()).isEmpty }
        return isArray && string(inner).map { [",", "]"].contains(trimmed($0).prefix(1)) } ?? false
    }

    /// The text after a JSON string; nil if the text does not begin with one, or ends inside it.
    private static func string(_ text: Substring) -> Substring? {
        guard text.hasPrefix("\"") else { return nil }
        var isEscaped = false
        for index in text.indices.dropFirst() {
            if text[index] == "\"", !isEscaped { return text[text.index(after: index)...] }
            isEscaped = text[index] == "\\" && !isEscaped
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        text.drop(while: \.isWhitespace)
    }
}
