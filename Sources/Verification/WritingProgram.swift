import Domain
import Reports
import Reviewing

/// The program that a record names as its writer, compared with this one.
struct WritingProgram {
    /// Whether this program would write the same bytes: version, commit and libraries are the same.
    let isThis: Bool
    private let name: String?

    /// - Parameter libraries: those on which the bytes depend; nil if the record does not name them.
    init(version: String, _ provenance: Provenance?, libraries: [String]?) {
        let current = Provenance.Program.current
        let commit = provenance?.program.commit
        // Builds of different commits can have the same version.
        let isThisBuild = version == current.version && commit == current.commit
        isThis = isThisBuild && HistoryRecord.libraries.allSatisfy { libraries?.contains($0) == true }
        let writer = Provenance.Program(version: version, commit: commit, libraries: [])
        name = isThisBuild ? nil : Terminal.plain(writer.name, limit: 60)
    }

    /// The end of a sentence about a difference. Another program may have written the same accounts in another layout;
    /// only that program shows whether the file was changed.
    var remark: String {
        name.map {
            "; the record names rollcall \($0) as the writer, whose layout may be another: verify it with that build"
        } ?? ""
    }
}
