import Domain

/// Why an archive is not read. The names in it are those of whoever made it.
public enum ArchiveFault: ExplainedError, Hashable {
    /// The file is not a zip archive, or it is damaged.
    case notAnArchive
    /// It has more entries than any archive of evidence.
    case tooManyEntries(limit: Int)
    /// An entry has a name that is not a path inside the archive, or that other programs would read differently.
    case name(String)
    /// Two entries have the same name, or names that are one on Windows and macOS.
    case twice(String)
    /// Entries share bytes, so that programs would find different files.
    case overlapping
    /// An entry is a symbolic link.
    case link(String)
    /// An entry needs a password.
    case encrypted(String)
    /// An entry is damaged, or compressed by a method that not every program knows.
    case damaged(String)
    /// The entries are larger than the archive can plausibly contain.
    case tooLarge
    /// The disk has no room for the entries.
    case noRoom(path: String)

    /// What is wrong, as a clause.
    public var sentence: String {
        switch self {
        case .notAnArchive: "it is not a zip archive, or it is damaged"
        case .tooManyEntries(let limit): "it has more than \(limit.grouped) entries"
        case .name(let name):
            "the entry “\(Terminal.plain(name, limit: 200))” has a name that is not a path in the archive"
        case .twice(let name): "two entries are called \(Terminal.plain(name, limit: 200))"
        case .overlapping: "its entries share bytes, so programs would find different files in it"
        case .link(let name): "the entry \(Terminal.plain(name, limit: 200)) is a link"
        case .encrypted(let name): "the entry \(Terminal.plain(name, limit: 200)) has a password; unpack it first"
        case .damaged(let name): "the entry \(Terminal.plain(name, limit: 200)) cannot be unpacked"
        case .tooLarge: "it unpacks to more than evidence of its size could"
        case .noRoom(let path): "\(Terminal.plain(path, limit: 200)) has no room for its files"
        }
    }

    /// The kind of the failure, for programs.
    public var code: ErrorCode { .inputInvalid }
}
