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
            path, atMost: ConfigurationFile.longest,
            ifTooLong: "it is larger than 1 MB, the limit for a configuration file; check that it is the right file")
        guard let text = String(data: contents.bytes, encoding: .utf8),
            let edited = Self.adding(members, to: key, of: profile, in: text),
            let file = try? ConfigurationFile(text: edited, path: path, home: "/"),
            let kept = file.profiles.first(where: { $0.name == profile })?.settings[key],
            members.allSatisfy({ kept.contains($0) })
        else { throw .unreadable(file: path, reason: "no line can be added to it safely; add the line by hand") }
        try replace(contents, by: edited)
    }

    /// Adds a profile, or replaces the endpoint and the credentials of the profile with its name; the file is created if
    /// there is none.
    ///
    /// - Throws: ``SettingsFailure`` if the structure of the file does not allow it safely; then nothing is written.
    public func put(_ profile: NewProfile) throws(SettingsFailure) {
        guard FileManager.default.fileExists(atPath: path) else {
            return try PrivateFile.create(
                path, holding: Self.heading + profile.block + "\n", ifThere: "another process has just created it")
        }
        let contents = try SettingsFile.read(
            path, atMost: ConfigurationFile.longest,
            ifTooLong: "it is larger than 1 MB, the limit for a configuration file; check that it is the right file")
        guard let text = String(data: contents.bytes, encoding: .utf8) else {
            throw .unreadable(file: path, reason: "it is not UTF-8 text")
        }
        let before = try ConfigurationFile(text: text, path: path, home: "/")
        let existing = before.profiles.first { $0.name == profile.name }
        // The only profile is used without a line that names it; with a second one it needs the line.
        let isOnly = before.standard == nil && before.profiles.count == 1 && existing == nil
        let standard = isOnly ? before.profiles[0].name : before.standard
        let edited =
            existing == nil
            ? Self.adding(profile, to: text, standard: isOnly ? standard : nil) : Self.replacing(profile, in: text)
        // The result is read as every command reads it: the profile is there, and the others are as they were.
        guard let edited, let after = try? ConfigurationFile(text: edited, path: path, home: "/"),
            after.standard == standard,
            after.profiles.filter({ $0.name != profile.name })
                == before.profiles.filter({ $0.name != profile.name }),
            let new = after.profiles.first(where: { $0.name == profile.name }),
            new.settings == existing?.settings ?? [:], Set(new.parts.keys) == profile.parts
        else {
            throw .unwritable(
                file: path,
                reason: "no profile can be written to it safely; write these lines by hand:\n" + profile.block)
        }
        try replace(contents, by: edited)
    }

    /// The text with another connection in a profile; nil if the edit would not be safe.
    private static func replacing(_ profile: NewProfile, in text: String) -> String? {
        var lines = text.components(separatedBy: "\n")
        guard let start = lines.firstIndex(where: { isKey("profiles", $0, indent: 0) }),
            let place = lines.indices.first(where: { $0 > start && isKey(profile.name, $0, in: lines) })
        else { return nil }
        let indent = lines[place].prefix { $0 == " " }.count
        let block = lines.indices.filter { $0 > place }.prefix { isBelow(lines[$0], indent) }
        let old = block.filter { index in
            let line = lines[index].trimmingCharacters(in: .whitespaces)
            return ConnectionKey.allCases.contains { line.hasPrefix($0.rawValue + ":") }
        }
        let inner = block.first { !isBlank(lines[$0]) }.map { lines[$0].prefix { $0 == " " }.count } ?? indent * 2
        for index in old.reversed() { lines.remove(at: index) }
        let margin = String(repeating: " ", count: inner)
        lines.insert(contentsOf: profile.values.map { margin + $0 }, at: place + 1)
        return lines.joined(separator: "\n")
    }

    private static let heading = """
        # The configuration of rollcall. 'rollcall config show' lists all settings and their values.

        """

    /// The text with a profile behind the line `profiles:`, or at the end.
    ///
    /// - Parameter standard: the default profile to name; nil to leave the text as it is.
    private static func adding(_ profile: NewProfile, to text: String, standard: String?) -> String {
        var lines = text.components(separatedBy: "\n")
        guard let start = lines.firstIndex(where: { isKey("profiles", $0, indent: 0) }) else {
            let end = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
            return text + end + "\n" + profile.block + "\n"
        }
        let first = lines[(start + 1)...].first { !isBlank($0) }
        let indent = first.map { $0.prefix { $0 == " " }.count } ?? 2
        lines.insert(contentsOf: profile.lines(indent: indent == 0 ? 2 : indent), at: start + 1)
        if let standard { lines.insert("profile: " + standard, at: start) }
        return lines.joined(separator: "\n")
    }

    private func replace(_ contents: TrustedFile.Contents, by edited: String) throws(SettingsFailure) {
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
        let quoted = members.map(YAMLText.quoted)
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
