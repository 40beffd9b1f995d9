import Connections
import Domain
import Planning
import Readers
import TerminalIO

/// The workspaces of the rows of a list, found by a first reading.
struct WorkspaceRows {
    /// The workspaces that occur, in the order of their first rows.
    private(set) var workspaces: [Workspace] = []
    /// The SHA-256 of the list.
    let digest: String
    private let names: WorkspaceNames

    /// Reads the whole list.
    ///
    /// - Throws: ``CommandFailure`` if a row does not name an existing workspace, after all such rows were reported.
    init(_ list: consuming PeopleList, of company: Company, file: String, _ console: Console) throws {
        names = WorkspaceNames(company.workspaces, fallback: company.fallback)
        var (seen, problems): (Set<String>, Int) = ([], 0)
        var found: [Workspace] = []
        let (names, sheet) = (names, list.sheet)
        do {
            try list.forEach(console) { row in
                // A malformed row is rejected, so its workspace does not matter.
                if row.malformation != nil || row.exclusion != nil { return }
                do throws(WorkspaceProblem) {
                    let workspace = try names.find(row.workspace)
                    if seen.insert(workspace.uid).inserted { found.append(workspace) }
                } catch {
                    problems += 1
                    var problem = Diagnostic(
                        .error, file: file,
                        at: SourceLocation(line: row.location.line, column: row.workspaceColumn), error.sentence)
                    problem.sheet = sheet
                    console.complain(problem)
                }
            }
        } catch {
            throw CommandFailure.reading(file, error)
        }
        // Without any workspace, malformed and excluded rows still need a run for their outcomes, and an empty list
        // needs an empty plan.
        if found.isEmpty, let any = (try? names.find("")) ?? company.workspaces.first { found = [any] }
        workspaces = found
        digest = list.digest.text
        guard problems == 0 else {
            let rows = problems.counted("row")
            throw CommandFailure(
                .nothingSent,
                "\(rows) \(problems == 1 ? "does" : "do") not name an existing workspace; nothing was sent; correct "
                    + "the list, or ignore the column: --workspace-column none")
        }
    }

    /// Whether a row is for a workspace. Malformed and excluded rows belong to the first workspace.
    func isFor(_ workspace: Workspace, _ row: PersonRow) -> Bool {
        let isMeant = row.malformation == nil && row.exclusion == nil
        let meant = (isMeant ? try? names.find(row.workspace) : nil) ?? workspaces.first
        return meant?.uid == workspace.uid
    }
}
