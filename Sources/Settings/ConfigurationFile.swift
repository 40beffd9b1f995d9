import Configuration
import Domain
import Foundation
import Synchronization

/// The configuration file, read and checked as a whole, so that errors in unused profiles are found as well.
struct ConfigurationFile {
    /// The default profile; nil if the file has none.
    private(set) var standard: String?
    /// The profiles in alphabetical order.
    private(set) var profiles: [Profile] = []

    /// The maximum size in bytes; a configuration has a few kilobytes.
    static let longest = 1_000_000

    /// Creates a configuration without profiles, if there is no file.
    init() {}

    /// Reads a file.
    ///
    /// - Throws: ``SettingsFailure`` with all invalid keys.
    init(path: String, home: String) throws(SettingsFailure) {
        try self.init(text: Self.text(of: path), path: path, home: home)
    }

    /// Reads the contents of a file, or of a file to be written.
    ///
    /// - Throws: ``SettingsFailure`` with all invalid keys.
    init(text: String, path: String, home: String) throws(SettingsFailure) {
        // The parser rejects a file with only comments, but it is valid.
        guard text.split(whereSeparator: \.isNewline).contains(where: { !Self.isComment($0) }) else { return }
        let document = try YAMLDocument(text, path: path)
        var keys = ProfileKeys(document: document, path: path, home: home)
        keys.read()
        guard keys.problems.isEmpty else { throw .invalid(file: path, problems: keys.problems) }
        standard = keys.standard
        profiles = keys.profiles.values.sorted { $0.name < $1.name }
    }

    private static func isComment(_ line: Substring) -> Bool {
        let start = line.drop(while: \.isWhitespace)
        return start.isEmpty || start.first == "#"
    }

    private static func text(of path: String) throws(SettingsFailure) -> String {
        let contents = try SettingsFile.read(
            path, atMost: longest,
            ifTooLong: "it is larger than 1 MB, the limit for a configuration file; check that it is the right file")
        guard let text = String(data: contents.bytes, encoding: .utf8) else {
            throw .unreadable(file: path, reason: "it is not UTF-8 text")
        }
        return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
    }
}

/// A YAML file, read by swift-configuration, with the names of its keys.
struct YAMLDocument {
    /// The keys with a value, split into their parts: `["profiles", "acme", "rate"]`.
    let keys: [[String]]
    private let snapshot: YAMLSnapshot

    init(_ text: String, path: String) throws(SettingsFailure) {
        // The library passes the names of keys only to the function that decides which are secret.
        let names = Mutex<[String]>([])
        let options = YAMLSnapshot.ParsingOptions(
            secretsSpecifier: .dynamic { name, _ in
                names.withLock { $0.append(name) }
                return true
            })
        do {
            snapshot = try YAMLSnapshot(data: Array(text.utf8).span.bytes, providerName: path, parsingOptions: options)
        } catch {
            throw Self.failure(error, path: path)
        }
        keys = names.withLock { $0 }.map { $0.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }
    }

    /// The text of a key; nil if it is a list.
    func text(_ key: [String]) -> String? {
        guard let found = try? snapshot.value(forKey: AbsoluteConfigKey(key), type: .string).value,
            case .string(let text) = found.content
        else { return nil }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The members of a list; nil if it is not a list.
    func list(_ key: [String]) -> [String]? {
        guard let found = try? snapshot.value(forKey: AbsoluteConfigKey(key), type: .stringArray).value,
            case .stringArray(let texts) = found.content
        else { return nil }
        return texts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// Keeps the parser's message, but not the lines of the file in it, because they may contain a secret.
    private static func failure(_ error: any Error, path: String) -> SettingsFailure {
        let lines = "\(error)".split(separator: "\n", omittingEmptySubsequences: false)
        if let first = lines.first, let place = first.firstMatch(of: #/^(\d+):(\d+): error: \w+: (.*)$/#) {
            // `while parsing a block mapping in line 1, column 1`; the problem itself is on the next line.
            let hasContext = place.3.contains(" in line ") && lines.count > 1
            return .malformed(
                file: path, line: Int(place.1), column: Int(place.2),
                problem: String(hasContext ? lines[1] : place.3).trimmingCharacters(in: [":", " "]))
        }
        let text = lines.joined(separator: " ")
        if let twice = text.firstMatch(of: #/duplicated key\(s\): (.*?)\. *Context:.* in line (\d+)/#) {
            return .malformed(
                file: path, line: Int(twice.2), column: nil, problem: "the same key occurs twice: \(twice.1)")
        }
        if text.hasPrefix("Top level YAML value") {
            return .malformed(file: path, line: nil, column: nil, problem: "the file has no keys")
        }
        let key = text.firstMatch(of: #/at (\S+?)(?: at index.*)?\.?$/#).map { String($0.1) }
        return .invalid(
            file: path, problems: ["\(Terminal.plain(key ?? "a list")) must be a list of texts"])
    }
}
