import Connections
import Domain
import Planning
import Readers
import TerminalIO

/// Which workspaces the rows of a list are for, found by a first reading of it.
struct WorkspaceRows {
    /// Those that occur, in the order of their first rows.
    private(set) var workspaces: [Workspace] = []
    /// The SHA-256 of what was read.
    let digest: String
    private let names: WorkspaceNames

    /// Reads the whole list.
    ///
    /// - Throws: ``CommandFailure`` if a row names no workspace that there is, after every such row was told.
    init(_ list: consuming PeopleList, of company: Company, file: String, _ console: Console) throws {
        names = WorkspaceNames(company.workspaces, fallback: company.fallback)
        var (seen, problems): (Set<String>, Int) = ([], 0)
        var found: [Workspace] = []
        let (names, sheet) = (names, list.sheet)
        do {
            try list.forEach(console) { row in
                // A row that is malformed is rejected, wherever it goes.
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
        // Rows that mean nothing have their outcome as well, and a list without rows has a plan without any.
        if found.isEmpty, let any = (try? names.find("")) ?? company.workspaces.first { found = [any] }
        workspaces = found
        digest = list.digest.text
        guard problems == 0 else {
            let rows = problems.counted("row")
            throw CommandFailure(
                .nothingSent,
                "\(rows) \(problems == 1 ? "is" : "are") for no workspace that there is; correct them, or leave the column "
                    + "out: --workspace-column none; nothing was sent")
        }
    }

    /// Whether a row is for a workspace; one whose cells mean nothing is for the first.
    func isFor(_ workspace: Workspace, _ row: PersonRow) -> Bool {
        let isMeant = row.malformation == nil && row.exclusion == nil
        let meant = (isMeant ? try? names.find(row.workspace) : nil) ?? workspaces.first
        return meant?.uid == workspace.uid
    }
}
