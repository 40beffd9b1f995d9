import Domain
import Foundation

/// Where a run's files are, whatever folder the process is in.
extension RunHeader {
    /// The folder that this process is in.
    public static var here: String { FileManager.default.currentDirectoryPath }

    /// A whole path; `-` stays what it is.
    public static func whole(_ path: String) -> String {
        path == "-" || path.hasPrefix("/") ? path : here + "/" + path
    }

    /// A path as somebody in this folder would write it.
    static func fromHere(_ path: String) -> String {
        path.hasPrefix(here + "/") ? String(path.dropFirst(here.count + 1)) : path
    }

    /// Where the input is. Standard input has no place, but what is called after it lies in the run's folder.
    var inputPath: String {
        guard let directory, directory != Self.here, !input.hasPrefix("/") else { return input }
        return directory + "/" + (input == "-" ? "rollcall" : input)
    }
}
