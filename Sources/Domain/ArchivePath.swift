import Foundation

/// The name of an entry, if every program finds the same file under it.
public struct ArchivePath: Hashable, Sendable {
    /// The path with `/`, without one at the end.
    public let text: String
    /// Whether the entry is a folder.
    public let isFolder: Bool

    /// - Parameter name: the name as in the archive.
    /// - Returns: nil for a path that leads out of the archive, or that systems read differently.
    public init?(_ name: String) {
        isFolder = name.hasSuffix("/")
        text = isFolder ? String(name.dropLast()) : name
        let segments = text.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe = segments.allSatisfy { segment in
            !segment.isEmpty && segment != "." && segment != ".." && segment.utf8.count <= 255
        }
        // A backslash separates folders on Windows.
        let isPlain = !text.unicodeScalars.contains { scalar in
            scalar.value < 0x20 || scalar.value == 0x7f || scalar == "\\"
        }
        guard isSafe, isPlain, segments.count <= 8 else { return nil }
    }

    /// The form in which names are compared: on Windows and macOS, names that differ only in case or in composed letters are
    /// those of one file.
    public var key: String { text.precomposedStringWithCanonicalMapping.lowercased() }

    /// The first name that cannot be in an archive together with the others, and why; nil if all of them can.
    public static func unusable(among names: [String]) -> (name: String, reason: String)? {
        var seen: Set<String> = []
        for name in names {
            guard let path = ArchivePath(name) else {
                return (name, "the name has characters, or a length, that not every system allows")
            }
            guard seen.insert(path.key).inserted else {
                return (name, "another file has the same name on Windows and macOS")
            }
        }
        return nil
    }
}
