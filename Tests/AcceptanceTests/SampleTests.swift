import Foundation
import Testing

/// Each sample leads to the plan and the results that lie beside it in `samples/expected`.
///
/// `RECORD=1 swift test --filter SampleTests` writes them anew; read the difference before you keep it.
@Suite struct SampleTests {
    static let names = ["invites", "invites-broken", "invites-excel"]

    @Test(arguments: names)
    func `a sample's plan`(name: String) throws {
        let rollcall = try Rollcall()
        try copy(name, to: rollcall)
        let run = try rollcall.run("invite", name + ".csv", "--sandbox", "--dry-run")
        try expect(run.errors, as: name + ".plan.txt")
        #expect(run.output.isEmpty)
    }

    @Test(arguments: names)
    func `a sample's results`(name: String) throws {
        let rollcall = try Rollcall()
        try copy(name, to: rollcall)
        try rollcall.run("invite", name + ".csv", "--sandbox", "--yes", "--rate", "none", "--concurrency", "1")
        let results = try rollcall.read(name + ".results.csv")
        try expect(results.replacing(#/\d{4}-\d\d-\d\dT[\d:.]+Z/#, with: "TIME"), as: name + ".results.csv")
    }

    private func copy(_ name: String, to rollcall: Rollcall) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: Rollcall.sample(name + ".csv")))
        try data.write(to: rollcall.folder.appendingPathComponent(name + ".csv"))
    }

    private func expect(_ text: String, as name: String) throws {
        let file = URL(fileURLWithPath: Rollcall.sample("expected/" + name))
        if ProcessInfo.processInfo.environment["RECORD"] != nil { try Data(text.utf8).write(to: file) }
        #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }
}
