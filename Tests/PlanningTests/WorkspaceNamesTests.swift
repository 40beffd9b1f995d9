import Domain
import Testing

@testable import Planning

@Suite struct WorkspaceNamesTests {
    private static let all = [
        Workspace(uid: "a1", name: "Acme Analytics"), Workspace(uid: "b2", name: "Acme  Finance"),
        Workspace(uid: "c3", name: "Lab"), Workspace(uid: "d4", name: "LAB"),
    ]

    @Test(arguments: [
        ("Acme Analytics", "a1"), (" acme analytics ", "a1"), ("acme finance", "b2"), ("a1", "a1"), (" b2 ", "b2"),
        ("", "c3"), ("  ", "c3"), ("d4", "d4"),
    ])
    func `a cell means a workspace by its uid or its name`(cell: String, uid: String) throws {
        #expect(try WorkspaceNames(Self.all, fallback: "c3").find(cell).uid == uid)
    }

    @Test func `a cell that means none says why`() {
        let names = WorkspaceNames(Self.all, fallback: "nobody's")
        #expect(throws: WorkspaceProblem.missing) { try names.find(" ") }
        #expect(throws: WorkspaceProblem.unknown("Acme", names: names.names)) { try names.find("Acme") }
        #expect(throws: WorkspaceProblem.ambiguous("lab", uids: ["c3", "d4"])) { try names.find("lab") }
    }

    @Test func `what is said is harmless on a terminal`() {
        let problem = WorkspaceProblem.unknown("\u{1b}[31mx", names: ["\u{7}bell"])
        #expect(!problem.sentence.contains("\u{1b}") && !problem.sentence.contains("\u{7}"))
    }
}
