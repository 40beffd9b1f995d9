/// A file that is not used, because someone other than the user and root can change it or a folder that leads to it.
public struct UntrustedFile: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Fault: Hashable, Sendable {
        /// It belongs to another user.
        case foreignOwner
        /// Every user of the machine can write to it.
        case writableByEveryone
        /// A group with other members can write to it.
        case writableByGroup
        /// It is a sticky folder in which others can create files with predictable names first.
        case openToNewFiles
        /// It contains a secret, and others can read it.
        case readable
        /// It is not a regular file.
        case notOrdinary
        /// It has more than one name (hard link).
        case severalNames
        /// It was replaced between two checks.
        case replaced
    }

    /// The path that was requested.
    public var file: String
    /// The file itself, or a folder or symbolic link that leads to it.
    public var entry: String
    /// Whether ``entry`` is a folder.
    public var isFolder: Bool
    /// What is wrong with ``entry``.
    public var fault: Fault
    /// Names, or numbers if there are no names.
    var owner: String
    var group: String
    var user: String
    /// Whether only root can correct it.
    var needsRoot: Bool

    /// What is wrong, and the command that corrects it.
    public var sentence: String {
        let subject = entry == file ? "it" : "\(isFolder ? "the folder " : "")\(shown(entry))"
        return "\(shown(file)) is not used: \(subject) \(problem); \(remedy)"
    }

    private var problem: String {
        switch fault {
        case .foreignOwner: "belongs to \(Terminal.plain(owner)), not to \(user == "root" ? "root" : "you or root")"
        case .writableByEveryone: "can be changed by every user of this machine"
        case .writableByGroup: "can be changed by the group \(Terminal.plain(group)), which is not yours alone"
        case .openToNewFiles: "lets every user of this machine create files beside the ledger"
        case .readable: "holds a secret that other users of this machine can read"
        case .notOrdinary: "is not a regular file"
        case .severalNames: "has more than one name (hard links), which can damage a database"
        case .replaced: "was replaced while it was being opened"
        }
    }

    private var remedy: String {
        switch fault {
        case .foreignOwner:
            "run rollcall as \(Terminal.plain(owner)), or, if the contents of the file are correct, run: "
                + command("chown \(ShellWord.quoted(user)) \(word)", asRoot: user != "root")
        case .writableByEveryone, .writableByGroup: "run: " + command("chmod go-w \(word)", asRoot: needsRoot)
        case .openToNewFiles: "use a folder of your own"
        case .readable: "run: " + command("chmod 600 \(word)", asRoot: needsRoot)
        case .notOrdinary: "move it to another folder"
        case .severalNames: "remove the other names; to find them, run: find / -xdev -samefile \(word)"
        case .replaced: "run the command again"
        }
    }

    private var word: String { ShellWord.quoted(entry) }

    private func command(_ text: String, asRoot: Bool) -> String { asRoot ? "sudo \(text)" : text }

    private func shown(_ path: String) -> String { Terminal.plain(path, limit: 1000) }
}
