import Domain
import Foundation
import Hashing

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
    /// Mail programs, git and PowerShell change line ends, write hashes in upper case, or put a byte order mark before
    /// the text. None of that changes what it says.
    ///
    /// - Parameter subfolder: the only folder in the folder whose files may be named; nil for none.
    public init?(text: String, subfolder: String? = nil) {
        entries = []
        let text = text.first == "\u{feff}" ? text.dropFirst() : text[...]
        for line in text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            // Two blanks, or a blank and the star of binary mode (sha256sum(1)).
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].count == 64, parts[0].allSatisfy({ $0.isASCII && $0.isHexDigit }),
                let mark = parts[1].first, mark == " " || mark == "*"
            else { return nil }
            let file = String(parts[1].dropFirst())
            let isInside = subfolder.map { file.hasPrefix($0 + "/") } ?? false
            let name = isInside ? file.dropFirst((subfolder?.count ?? 0) + 1) : file[...]
            guard !name.isEmpty, !name.contains("/"), name != "..", name != "." else { return nil }
            entries.append(Entry(file: file, sha256: parts[0].lowercased()))
        }
        guard Set(entries.map(\.file)).count == entries.count else { return nil }
    }

    /// Reads a manifest; nil as ``init(text:subfolder:)``, or if the file is larger than any manifest of the program.
    public init?(at path: String, subfolder: String? = nil) {
        guard let bytes = OrdinaryFile.bytes(at: path, upTo: 1 << 28) else { return nil }
        self.init(text: String(decoding: bytes, as: UTF8.self), subfolder: subfolder)
    }

    /// The SHA-256 of the content, as the program has written it: 64 hexadecimal characters in lower case.
    public var sha256: String { SHA256Text.of(Data(text.utf8)) }

    /// The SHA-256 of a file of an evidence folder; of a manifest, that of the content as the program has written it.
    ///
    /// - Returns: nil if there is no readable regular file.
    public static func sha256(of name: String, in folder: String) -> String? {
        let path = folder + "/" + name
        if EvidenceLink(manifest: name) != nil,
            let manifest = Manifest(at: path, subfolder: EvidenceFolder.attachmentsName)
        {
            return manifest.sha256
        }
        return OrdinaryFile.sha256(at: path)
    }

    /// The content of the file.
    public var text: String {
        entries.map { "\($0.sha256)  \($0.file)\n" }.joined()
    }
}
