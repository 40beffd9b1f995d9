import Domain
import Foundation
import Mustache
import Templates

/// Why a page's templates cannot be used.
public struct TemplateFailure: ExplainedError, Hashable, Sendable {
    /// What happened and what to do.
    public var sentence: String
    /// What programs go by.
    public var code: ErrorCode { .settingsInvalid }
}

/// The templates of a page: the program's own, or those of a folder in their place.
struct TemplateSet {
    private let templates: [String: MustacheTemplate]
    /// The style sheet, as it stands in the page.
    let style: String
    /// The script, as it stands in the page.
    let script: String

    /// Reads and checks all of them.
    ///
    /// - Parameter folder: files in it take the place of those of the same name; nil for the program's own only.
    /// - Throws: ``TemplateFailure``
    init(folder: String?) throws {
        MustacheContentTypes.register(HTMLEscaping(), named: Self.contentType)
        var isFolder: ObjCBool = false
        if let folder, !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || !isFolder.boolValue {
            throw TemplateFailure(sentence: "--templates \(Terminal.plain(folder)): there is no such folder")
        }
        var templates: [String: MustacheTemplate] = [:]
        for name in Templates.names where name.hasSuffix(".mustache") {
            templates[String(name.dropLast(".mustache".count))] = try Self.parse(Self.text(name, folder), name)
        }
        self.templates = templates
        style = try Self.text("style.css", folder)
        script = try Self.text("script.js", folder)
        for (name, text, end) in [("style.css", style, "</style"), ("script.js", script, "</script")]
        where text.lowercased().contains(end) {
            throw TemplateFailure(sentence: "\(name) contains '\(end)', which would end it in the middle of the page")
        }
        _ = try frame("block", [:], around: "rows")
    }

    /// What the templates say at their beginning to be escaped by ``HTMLEscaping``.
    private static let contentType = "ROLLCALL"

    private static func text(_ name: String, _ folder: String?) throws -> String {
        if let folder {
            let path = folder + "/" + name
            if FileManager.default.fileExists(atPath: path) {
                guard let data = FileManager.default.contents(atPath: path),
                    let text = String(validating: data, as: UTF8.self)
                else { throw TemplateFailure(sentence: "\(Terminal.plain(path)) cannot be read as UTF-8 text") }
                return text
            }
        }
        return Templates.text(name) ?? ""
    }

    private static func parse(_ text: String, _ name: String) throws -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(contentType)}}" + text)
        } catch let error as MustacheTemplate.ParserError {
            throw TemplateFailure(
                sentence: "\(name):\(error.context.lineNumber): the template cannot be used: \(error.error)")
        }
    }

    /// What stands before and behind one value of a template, so that rows go to the file without a text of them all.
    ///
    /// - Throws: ``TemplateFailure`` if the template does not show the value, once and as it is: a page that says how
    ///   many accounts there are and shows none of them must not come to be.
    func frame(
        _ name: String, _ values: [String: Any], around key: String
    ) throws -> (before: String, after: String) {
        // The ampersand tells whether it is escaped; nothing else on a page has such a character beside it.
        let mark = "\u{1}&\(key)\u{1}"
        var values = values
        values[key] = mark
        let parts = render(name, values).components(separatedBy: mark)
        guard parts.count == 2, let before = parts.first, let after = parts.last else {
            throw TemplateFailure(
                sentence: "\(name).mustache has to show the \(key), once and as they are: {{{\(key)}}}")
        }
        return (before, after)
    }

    /// One template with its values in place.
    func render(_ name: String, _ values: [String: Any]) -> String {
        templates[name]?.render(values) ?? ""
    }
}
