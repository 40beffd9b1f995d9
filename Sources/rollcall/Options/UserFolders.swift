import Foundation

/// The user's own folders, as the XDG Base Directory Specification names them.
enum UserFolders {
    /// `$HOME`, which Foundation does not read on Linux, and the account's folder where it is not set.
    static var home: String { absolute("HOME") ?? NSHomeDirectory() }

    /// For what has to survive: `$XDG_STATE_HOME`, or `~/.local/state`.
    static var state: String { absolute("XDG_STATE_HOME") ?? home + "/.local/state" }

    /// The default path of the ledger.
    static var standardLedger: String { state + "/rollcall/ledger.db" }

    /// The specification says that a relative path is to be ignored.
    private static func absolute(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
}
