import Foundation
import Testing

/// What happens between the export of a review and its end, and must not be lost: interrupted runs, results that were
/// undone, files that are gone, statements that were changed.
@Suite(.waiting) struct ReviewStateTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall,
            users: [
                "ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@acme.io DEVELOPER",
            ],
            invites: ["finn@acme.io DEVELOPER SENT"])
        let run = try rollcall.run("review", "--out", "rev", "--reviewer", "Grace", "--approver", "Alan")
        try #require(run.status == 0, "\(run.errors)")
    }

    private func apply(_ wishes: [String], _ options: String...) throws -> Finished {
        try rollcall.applyReview(wishes, maxRemovals: "90%", options)
    }

    private func close(_ options: String...) throws -> Finished {
        try rollcall.start(["review", "close", "rev"] + options).wait()
    }

    @Test func `a run that was killed keeps the review open until it is resumed`() throws {
        try #require(try apply(["default=Approve::as before"]).status == 0)
        try rollcall.fill(
            "rev/to-fill-in/review.xlsx", to: "filled.xlsx",
            wishes: ["bob@acme.io=Revoke", "cleo@acme.io=Revoke", "dan@acme.io=Revoke"])
        let running = try rollcall.start([
            "apply", "filled.xlsx", "--evidence", "rev", "--yes", "--rate", "0.05/s", "--max-removals", "90%",
        ])
        // At any rate two changes are sent at once; the third waits for twenty seconds.
        let early = ["bob@acme.io", "cleo@acme.io"]
        while try server.types().keys.contains(where: early.contains), running.process.isRunning { usleep(20_000) }
        running.signal(SIGKILL)
        running.process.waitUntilExit()
        try #require(try server.types()["dan@acme.io"] != nil)
        let status = try rollcall.run("review", "status", "rev")
        #expect(status.status == 1 && status.output.contains("run 2 is not complete"), "\(status.output)")
        #expect(try close().status == 2)
        let resumed = try rollcall.run("runs", "resume", "2", "--yes", "--max-removals", "90%", "--rate", "none")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try server.types().keys.sorted() == ["ada@acme.io"])
        #expect(try close().status == 0)
        #expect(try rollcall.run("verify", "rev").status == 0)
    }

    @Test func `nothing is sent for a closed review, not by a saved plan and not by a resume`() throws {
        try #require(try apply(["bob@acme.io=Revoke"], "--save-plan", "plan.json").status == 0)
        try #require(try apply(["default=Approve::as before"]).status == 0)
        let later = try rollcall.run("apply", "plan.json", "--yes", "--max-removals", "90%")
        #expect(later.status == 2 && later.errors.contains("were applied after the plan was saved"), "\(later.errors)")
        try #require(try apply(["bob@acme.io=Revoke"], "--save-plan", "second.json").status == 0)
        try #require(try close().status == 0)
        let closed = try rollcall.run("apply", "second.json", "--yes", "--max-removals", "90%")
        #expect(closed.status == 2 && closed.errors.contains("was closed on"), "\(closed.errors)")
        #expect(try server.types()["bob@acme.io"] == "DEVELOPER")
        #expect(try rollcall.run("verify", "rev").status == 0)
    }

    @Test(arguments: ["created again", "invited again", "type set back", "stranger"])
    func `a result that was undone before the review is closed is open`(event: String) throws {
        try #require(
            try apply(["default=Approve::as before", "bob@acme.io=Revoke", "cleo@acme.io=Change role:ANALYST"]).status
                == 0
        )
        switch event {
        case "created again": try server.add("bob@acme.io DEVELOPER", uid: "bob-2")
        case "invited again": try server.invite("bob@acme.io DEVELOPER SENT")
        case "type set back": try server.add("cleo@acme.io DEVELOPER")
        default: try server.add("stranger@evil.io ADMIN", uid: "ada")
        }
        let closed = try close()
        #expect(closed.status == 2)
        let reason =
            switch event {
            case "stranger": "stranger@evil.io has the uid of another reviewed address"
            default: "undone since: "
            }
        #expect(closed.errors.contains(reason), "\(closed.errors)")
    }

    @Test func `a remediation that is gone is missed by the ledger that wrote it`() throws {
        try #require(try apply(["default=Approve::as before"]).status == 0)
        try server.refuse(["bob"])
        try #require(try apply(["bob@acme.io=Change role:ANALYST"]).status == 1)
        try rollcall.shell("rm rev/remediation-2*")
        for command in [["review", "status", "rev"], ["review", "close", "rev"]] {
            let run = try rollcall.start(command).wait()
            #expect(run.status == 2)
            #expect(run.errors.contains("remediation-2.SHA256SUMS is missing"), "\(run.errors)")
        }
    }

    /// Each edit is followed by new hashes in the record and in the checksums, as a forger would make them.
    @Test(arguments: [
        "r['standingCounts'] = {'kept': 4}", "r['findingCounts'] = {}", "r['reviewers'] = ['Grace Hopper']",
        "r['before']['users'] = 99", "r['after']['users'] = 99", "r['forcedBecause'] = None",
        "e('closing.html', 'Revoke', 'Approve')", "e('closing.json', 'Revoke', 'Approve')",
        "e('closing.md', 'open', 'none')", "e('closing.csv', 'Revoke', 'Approve')",
        "e('closing.answer.json', 'cleo@acme.io', 'clea@acme.io')",
    ])
    func `a statement that contradicts the review is found although it was sealed again`(edit: String) throws {
        try server.refuse(["bob"])
        try #require(try apply(["default=Approve::as before", "bob@acme.io=Revoke"]).status == 1)
        try #require(try close("--force", "Ticket 4711").status == 0)
        try #require(try rollcall.run("verify", "rev").status == 0)
        let script = """
            import hashlib, json
            sha = lambda name: hashlib.sha256(open('rev/' + name, 'rb').read()).hexdigest()
            r = json.load(open('rev/closing.record.json'))
            def e(name, old, new):
                text = open('rev/' + name).read()
                assert old in text
                open('rev/' + name, 'w').write(text.replace(old, new))
            \(edit)
            for file in r['files']: file['sha256'] = sha(file['name'])
            r['after']['answerSHA256'] = sha('closing.answer.json')
            json.dump(r, open('rev/closing.record.json', 'w'))
            names = [line.split('  ', 1)[1].rstrip() for line in open('rev/closing.SHA256SUMS')]
            open('rev/closing.SHA256SUMS', 'w').writelines(f'{sha(name)}  {name}\\n' for name in names)
            """
        try rollcall.write(script, to: "forge.py")
        try rollcall.shell("python3 forge.py && cd rev && sha256sum -c --quiet closing.SHA256SUMS")
        let verified = try rollcall.run("verify", "rev")
        #expect(verified.status == 1, "\(verified.output)")
    }

    @Test func `another case of an address, and a second hand-in of the same file, change nothing`() throws {
        try server.add("Cleo@Acme.io DEVELOPER", uid: "cleo")
        let wishes = ["default=Approve::as before", "cleo@acme.io=Revoke"]
        try #require(try apply(wishes).status == 0)
        try #require(try apply(wishes).status == 0)
        #expect(try close().status == 0)
        #expect(try rollcall.run("verify", "rev").status == 0)
        let rows = try rollcall.accounts("rev/closing.csv")
        #expect(rows["cleo@acme.io"]?["run"] == "1" && rows["cleo@acme.io"]?["verified"] == "confirmed")
    }

    @Test func `the next review shows the decisions, and a date that is none is named with its cell`() throws {
        let column = "column('Active users', 'Exception until')"
        let wrong = "!sheet('Active users').cell(3, \(column)).value = 'until spring'"
        let refused = try apply(["default=Exception::contract", wrong])
        #expect(refused.status == 2 && refused.errors.contains("is not a date such as 2026-12-31"), "\(refused.errors)")
        let right = wrong.replacing("until spring", with: "2099-03-31")
        try #require(try apply(["default=Exception::contract", right], "--close").status == 0)
        let next = try rollcall.run("review", "--out", "next")
        #expect(next.status == 0)
        #expect(try rollcall.read("next/review.csv").contains("Exception"))
        #expect(try rollcall.read("next/evidence.json").contains("\"closing\""))
        let inEvidence = try rollcall.run("review", "status", "next", "--reminders", "next")
        #expect(
            inEvidence.status != 0 && inEvidence.errors.contains("it is an evidence folder"), "\(inEvidence.errors)")
        try rollcall.shell("mv rev gone")
        let third = try rollcall.run("review", "--out", "third")
        #expect(third.status == 0)
    }
}
