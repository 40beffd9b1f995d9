import Foundation
import Testing

/// Each sample leads to the plan and the results that lie beside it in `samples/expected`.
///
/// `RECORD=1 swift test --filter SampleTests` writes them anew; read the difference before you keep it.
@Suite(.waiting) struct SampleTests {
    static let names = ["invites", "invites-broken", "invites-excel"]

    @Test(arguments: names)
    func `a sample's plan`(name: String) throws {
        let rollcall = try Rollcall()
        try copy(name, to: rollcall)
        let run = try rollcall.run("invite", name + ".csv", "--sandbox", "--dry-run")
        // Problems of rows, then the plan.
        try expect(run.errors + run.output, as: name + ".plan.txt")
    }

    @Test(arguments: names)
    func `a sample's results`(name: String) throws {
        let rollcall = try Rollcall()
        try copy(name, to: rollcall)
        try rollcall.run("invite", name + ".csv", "--sandbox", "--yes", "--rate", "none", "--concurrency", "1")
        let results = try rollcall.read(name + ".practice.results.csv")
            .replacing(#/\d{4}-\d\d-\d\dT[\d:.]+Z/#, with: "TIME").replacing(#/,1-[a-z0-9]{6},/#, with: ",1-ID,")
        try expect(results, as: name + ".results.csv")
    }

    /// The second of two reviews of the sandbox's workspace, with the invites of a sample between them.
    @Test func `the sample review`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        rollcall.environment["ROLLCALL_ACTIVITY"] = nil
        let options = [
            "--domain", "acme.io", "--reviewer", "Grace Hopper", "--approver", "Ada Admin", "--preparer", "Pat Doe",
            "--due", "2026-12-15",
        ]
        for (id, folder) in [("2026-Q3", "one"), ("2026-Q4", "two")] {
            let arguments = ["review", "--review-id", id, "--period", id, "--out", folder] + options
            #expect(try rollcall.start(arguments).wait().status == 0)
            try rollcall.run(
                "invite", Rollcall.sample("invites.csv"), "--yes", "--results", "r.csv", "--rate", "none",
                "--concurrency", "1")
        }
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            _ = try rollcall.shell("cp two/review.* two/evidence.json two/history.json '\(Rollcall.sample("reports"))'")
        }
        let times = #/\d{4}-\d\d-\d\dT[\d:.]+Z/#
        let sample = try Data(contentsOf: URL(fileURLWithPath: Rollcall.sample("reports/review.csv")))
        #expect(
            try rollcall.read("two/review.csv").replacing(times, with: "TIME")
                == String(decoding: sample, as: UTF8.self).replacing(times, with: "TIME"))
    }

    /// A review that is compared with the list of the samples, and is split by its managers.
    @Test func `the sample review with people`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        rollcall.environment["ROLLCALL_ACTIVITY"] = nil
        rollcall.environment["ROLLCALL_SERVICE_ACCOUNTS"] = "ci-deploy@acme.io=grace@acme.io; deploys from CI"
        let run = try rollcall.run(
            "review", "--review-id", "2026-Q4", "--out", "r", "--people", Rollcall.sample("people.csv"), "--split-by",
            "manager", "--fallback", "Grace Hopper", "--approver", "Mai Tran", "--preparer", "Pat Doe", "--due",
            "2026-12-15", "--period", "2026-Q4")
        try #require(run.status == 0, "\(run.errors)")
        let folder = Rollcall.sample("reports/review-people")
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            _ = try rollcall.shell(
                "mkdir -p '\(folder)' && cp r/review.csv r/review.html r/review.xlsx r/people.csv "
                    + "r/review-grace-acme-io.xlsx '\(folder)'")
        }
        let times = #/\d{4}-\d\d-\d\dT[\d:.]+Z/#
        for name in ["review.csv", "people.csv"] {
            let sample = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            #expect(
                try rollcall.read("r/" + name).replacing(times, with: "TIME") == sample.replacing(times, with: "TIME"))
        }
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
