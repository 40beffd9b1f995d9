import Domain
import Foundation
import Mustache
import Templates

/// Why the templates of a page cannot be used.
public struct TemplateFailure: ExplainedError, Hashable, Sendable {
    /// What happened, and what to do.
    public var sentence: String
    /// What programs go by.
    public var code: ErrorCode { .settingsInvalid }
}

/// The templates of a page: those of the program, or of a folder.
struct TemplateSet {
    private let templates: [String: MustacheTemplate]
    /// The style sheet in the page.
    let style: String
    /// The script in the page.
    let script: String

    /// The names of all files of a page.
    static var fileNames: [String] { Templates.names }

    /// Reads and checks all templates.
    ///
    /// - Parameter folder: a folder with files that replace those of the program with the same name; nil for none.
    /// - Throws: ``TemplateFailure``
    init(folder: String?) throws {
        MustacheContentTypes.register(HTMLEscaping(), named: Self.contentType)
        var isFolder: ObjCBool = false
        if let folder, !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || !isFolder.boolValue {
            throw TemplateFailure(sentence: "--templates \(Terminal.plain(folder)): the folder does not exist")
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
            throw TemplateFailure(sentence: "\(name) contains '\(end)', which would end the element early; remove it")
        }
        _ = try frame("block", [:], around: "rows")
    }

    /// The content type that selects ``HTMLEscaping``; it is set at the beginning of each template.
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
                sentence: "\(name):\(error.context.lineNumber): invalid template: \(error.error)")
        }
    }

    /// The text before and after one value of a template, so that rows can be written one by one.
    ///
    /// - Throws: ``TemplateFailure`` if the template does not contain the value exactly once, unescaped. Otherwise a
    ///   page could state a number of accounts without showing them.
    func frame(
        _ name: String, _ values: [String: Any], around key: String
    ) throws -> (before: String, after: String) {
        // The ampersand shows whether the value is escaped, and the control characters occur nowhere else.
        let mark = "\u{1}&\(key)\u{1}"
        var values = values
        values[key] = mark
        let parts = render(name, values).components(separatedBy: mark)
        guard parts.count == 2, let before = parts.first, let after = parts.last else {
            throw TemplateFailure(
                sentence: "\(name).mustache must contain {{{\(key)}}} exactly once")
        }
        return (before, after)
    }

    /// Renders one template.
    func render(_ name: String, _ values: [String: Any]) -> String {
        templates[name]?.render(values) ?? ""
    }
}
