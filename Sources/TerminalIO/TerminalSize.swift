import Foundation

/// How large a terminal is; 80 columns and 24 lines where the system does not say.
struct TerminalSize {
    var columns = 80
    var lines = 24

    /// The size of the terminal behind a descriptor.
    static func of(_ descriptor: Int32) -> TerminalSize {
        var size = winsize()
        var found = TerminalSize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return found }
        if size.ws_col > 0 { found.columns = Int(size.ws_col) }
        if size.ws_row > 0 { found.lines = Int(size.ws_row) }
        return found
    }
}
