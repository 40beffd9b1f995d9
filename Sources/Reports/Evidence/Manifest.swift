import Domain
import Foundation

/// `SHA256SUMS`: a line for each file, in the format of `sha256sum -c`.
public struct Manifest: Hashable, Sendable {
    /// The name of the file in an evidence folder.
    public static let name = "SHA256SUMS"

    /// One file of the folder.
    public struct Entry: Hashable, Sendable {
        /// The name, without a folder, or in the folder that the manifest may name.
        public var file: String
        /// The SHA-256, 64 hexadecimal characters in lower case.
        public var sha256: String
    }

    /// The files, sorted by name.
    public var entries: [Entry]

    /// Creates a manifest from the hashes by file name.
    public init(_ hashes: [String: String]) {
        entries = hashes.sorted { $0.key < $1.key }.map { Entry(file: $0.key, sha256: $0.value) }
    }

    /// Reads a manifest; nil if a line is invalid, names a file outside the folder, or repeats a name.
    ///
    /// - Parameter subfolder: the only folder in the folder whose files may be named; nil for none.
    public init?(text: String, subfolder: String? = nil) {
        entries = []
        for line in text.split(separator: "\n") {
            // Two blanks, or a blank and the star of binary mode (sha256sum(1)).
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].count == 64, parts[0].allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
                let mark = parts[1].first, mark == " " || mark == "*"
            else { return nil }
            let file = String(parts[1].dropFirst())
            let isInside = subfolder.map { file.hasPrefix($0 + "/") } ?? false
            let name = isInside ? file.dropFirst((subfolder?.count ?? 0) + 1) : file[...]
            guard !name.isEmpty, !name.contains("/"), name != "..", name != "." else { return nil }
            entries.append(Entry(file: file, sha256: String(parts[0])))
        }
        guard Set(entries.map(\.file)).count == entries.count else { return nil }
    }

    /// The content of the file.
    public var text: String {
        entries.map { "\($0.sha256)  \($0.file)\n" }.joined()
    }
}
