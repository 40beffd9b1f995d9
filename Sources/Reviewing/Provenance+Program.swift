import CBuild
import Domain
import Foundation
import Ledger
import Readers
import Reports
import WorkspaceAPI

extension Provenance.Program {
    /// This program.
    public static let current = Provenance.Program(
        version: programVersion, commit: String(cString: build_commit()).nonEmpty,
        libraries: ["SQLite \(Ledger.sqliteVersion)", HTTPLibrary.version, "libxlsxwriter \(WorkbookLibrary.version)"]
            + WorkbookReaderLibraries.versions)
}

extension Provenance {
    /// The provenance of what this program writes.
    ///
    /// - Parameter api: the response that it is made from, if there is one.
    public static func ofThisProgram(_ api: API?) -> Provenance { Provenance(program: .current, api: api) }
}
