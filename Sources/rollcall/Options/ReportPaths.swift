import ArgumentParser
import Domain

/// Paths of reports as the command line gives them.
enum ReportPaths {
    /// Refuses a name whose extension is no format.
    static func check(_ paths: [String], option: String) throws {
        for path in paths where ReportFormat(path: path) == nil {
            throw ValidationError(
                "\(option) \(Terminal.plain(path)): the name has to end in \(ReportFormat.extensions).")
        }
    }
}
