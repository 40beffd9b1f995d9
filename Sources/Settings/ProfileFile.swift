import Domain
import Foundation

/// Changes one line of the configuration file, and keeps every other byte, including comments.
public struct ProfileFile {
    private let path: String

    /// Creates an editor for the file at a path.
    public init(_ path: String) { self.path = path }

    /// Adds members to a list in a profile; creates the list if necessary.
    ///
    /// - Throws: ``SettingsFailure`` if the structure of the file does not allow adding a line safely; then nothing is
    ///   written.
    public func add(_ members: [String], to key: SettingKey, of profile: String) throws(SettingsFailure) {
        let contents = try SettingsFile.read(
            path, atMost: ConfigurationFile.longest, ifTooLong: "it is too long for a configuration")
        guard let text = String(data: contents.bytes, encoding: .utf8),
            let edited = Self.adding(members, to: key, of: profile, in: text),
            let file = try? ConfigurationFile(text: edited, path: path, home: "/"),
            let kept = file.profiles.first(where: { $0.name == profile })?.settings[key],
            members.allSatisfy({ kept.contains($0) })
        else { throw .unreadable(file: path, reason: "no line can be added to it safely; add the line by hand") }
        do {
            // If the path is a symbolic link, its target is replaced and the link stays.
            let place = try PartialFile(path: contents.path)
            try FileHandle(fileDescriptor: place.descriptor).write(contentsOf: Data(edited.utf8))
            // Keeps the permissions of the file.
            fchmod(place.descriptor, mode_t(contents.status.permissions))
            try place.commit()
        } catch {
            throw .unwritable(
                file: path, reason: "\((error as? WriteFailure)?.reason ?? "\(error)"); add the line by hand")
        }
    }

    /// The text with the members; nil if the edit would not be safe.
    static func adding(_ members: [String], to key: SettingKey, of profile: String, in text: String) -> String? {
        guard members.allSatisfy({ !$0.contains(",") && !$0.contains(where: \.isNewline) }) else { return nil }
        var lines = text.components(separatedBy: "\n")
        guard let start = lines.firstIndex(where: { isKey("profiles", $0, indent: 0) }),
            let place = lines.indices.first(where: { $0 > start && isKey(profile, $0, in: lines) })
        else { return nil }
        let indent = lines[place].prefix { $0 == " " }.count
        let block = lines.indices.filter { $0 > place }.prefix { isBelow(lines[$0], indent) }
        let children = block.filter { !isBlank(lines[$0]) }
        let inner = children.first.map { lines[$0].prefix { $0 == " " }.count } ?? indent * 2
        let quoted = members.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
        let own = children.first { lines[$0].trimmingCharacters(in: .whitespaces).hasPrefix(key.rawValue + ":") }
        guard let own else {
            let line = String(repeating: " ", count: inner) + "\(key.rawValue): [\(quoted.joined(separator: ", "))]"
            lines.insert(line, at: place + 1)
            return lines.joined(separator: "\n")
        }
        // Only a list on one line can be extended.
        guard let end = lines[own].lastIndex(of: "]"), lines[own].contains("["), !lines[own].contains("#") else {
            return nil
        }
        lines[own].insert(contentsOf: ", " + quoted.joined(separator: ", "), at: end)
        return lines.joined(separator: "\n")
    }

    private static func isKey(_ name: String, _ line: String, indent: Int) -> Bool {
        guard line.prefix(while: { $0 == " " }).count == indent else { return false }
        let rest = line.dropFirst(indent)
        guard rest.hasPrefix(name + ":") else { return false }
        let value = rest.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
        return value.isEmpty || value.hasPrefix("#")
    }

    private static func isKey(_ name: String, _ place: Int, in lines: [String]) -> Bool {
        let indent = lines[place].prefix { $0 == " " }.count
        return indent > 0 && isKey(name, lines[place], indent: indent)
    }

    private static func isBlank(_ line: String) -> Bool {
        let text = line.drop(while: \.isWhitespace)
        return text.isEmpty || text.first == "#"
    }

    private static func isBelow(_ line: String, _ indent: Int) -> Bool {
        isBlank(line) || line.prefix { $0 == " " }.count > indent
    }
}
