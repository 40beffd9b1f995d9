import Configuration
import Domain
import Foundation
import Synchronization

/// The configuration file, read and checked as a whole: what is wrong in a profile nobody uses today is found as well.
struct ConfigurationFile {
    /// The profile that is used where nobody names another.
    private(set) var standard: String?
    /// In the order of the alphabet.
    private(set) var profiles: [Profile] = []

    /// A configuration has some kilobytes; whatever is larger is something else.
    static let longest = 1_000_000

    /// Without a file there are no profiles.
    init() {}

    /// Reads a file.
    ///
    /// - Throws: every key that is wrong at once.
    init(path: String, home: String) throws(SettingsFailure) {
        try self.init(text: Self.text(of: path), path: path, home: home)
    }

    /// Reads what a file holds, or is to hold.
    ///
    /// - Throws: every key that is wrong at once.
    init(text: String, path: String, home: String) throws(SettingsFailure) {
        // A file in which everything is a comment is no document to the parser, and all right.
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
        let contents = try SettingsFile.read(path, atMost: longest, ifTooLong: "it is longer than a configuration")
        guard let text = String(data: contents.bytes, encoding: .utf8) else {
            throw .unreadable(file: path, reason: "it is not UTF-8 text")
        }
        return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
    }
}

/// A YAML file by swift-configuration, with the names of its keys.
struct YAMLDocument {
    /// The keys that have a value, with their parts: `["profiles", "acme", "rate"]`.
    let keys: [[String]]
    private let snapshot: YAMLSnapshot

    init(_ text: String, path: String) throws(SettingsFailure) {
        // The library tells the names of keys to nobody but the one who says which are secret.
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

    /// One text; nil if it is a list.
    func text(_ key: [String]) -> String? {
        guard let found = try? snapshot.value(forKey: AbsoluteConfigKey(key), type: .string).value,
            case .string(let text) = found.content
        else { return nil }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The members of a list; nil if it is no list.
    func list(_ key: [String]) -> [String]? {
        guard let found = try? snapshot.value(forKey: AbsoluteConfigKey(key), type: .stringArray).value,
            case .stringArray(let texts) = found.content
        else { return nil }
        return texts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// The parser's words are kept, and not the lines of the file that it shows: there may be a secret in them.
    private static func failure(_ error: any Error, path: String) -> SettingsFailure {
        let lines = "\(error)".split(separator: "\n", omittingEmptySubsequences: false)
        if let first = lines.first, let place = first.firstMatch(of: #/^(\d+):(\d+): error: \w+: (.*)$/#) {
            // `while parsing a block mapping in line 1, column 1`, and the problem itself on the next line.
            let hasContext = place.3.contains(" in line ") && lines.count > 1
            return .malformed(
                file: path, line: Int(place.1), column: Int(place.2),
                problem: String(hasContext ? lines[1] : place.3).trimmingCharacters(in: [":", " "]))
        }
        let text = lines.joined(separator: " ")
        if let twice = text.firstMatch(of: #/duplicated key\(s\): (.*?)\. *Context:.* in line (\d+)/#) {
            return .malformed(
                file: path, line: Int(twice.2), column: nil, problem: "it has the same key twice: \(twice.1)")
        }
        if text.hasPrefix("Top level YAML value") {
            return .malformed(file: path, line: nil, column: nil, problem: "it has no keys")
        }
        let key = text.firstMatch(of: #/at (\S+?)(?: at index.*)?\.?$/#).map { String($0.1) }
        return .invalid(
            file: path, problems: ["\(Terminal.plain(key ?? "a list")) is a list of something else than texts"])
    }
}
