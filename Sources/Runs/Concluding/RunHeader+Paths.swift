import Domain
import Foundation

/// Paths of the files of a run, independent of the current folder.
extension RunHeader {
    /// The current folder.
    public static var here: String { FileManager.default.currentDirectoryPath }

    /// The absolute path; `-` stays `-`.
    public static func whole(_ path: String) -> String {
        path == "-" || path.hasPrefix("/") ? path : here + "/" + path
    }

    /// The path relative to the current folder, if it is inside.
    static func fromHere(_ path: String) -> String {
        path.hasPrefix(here + "/") ? String(path.dropFirst(here.count + 1)) : path
    }

    /// The path of the input. For standard input, the path from which the names of the run's files are derived.
    var inputPath: String {
        guard let directory, directory != Self.here, !input.hasPrefix("/") else { return input }
        return directory + "/" + (input == "-" ? "rollcall" : input)
    }
}
