import Foundation
import Testing

/// Evidence folders of versions that read the decisions by other rules.
@Suite(.waiting) struct EarlierRemediationTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// Carries out a review, and turns the folder into what a version wrote that read words whatever the account:
    /// *Remove* on a user was carried out as a removal, with *Remove* as its decision, and a name was not compared.
    private func makeEarlierFolder() throws {
        try rollcall.run("review", "--out", "one", "--format", "csv")
        let csv = try rollcall.read("one/review.csv").split(separator: "\r\n").map { line in
            var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let decisions = ["chen.muller.6@acme.io": "Revoke", "dalia.dupont.4@acme.io": "Revoke"]
            if cells[0] != "kind" { cells[13] = decisions[cells[1]] ?? "Approve" }
            return cells.joined(separator: ",")
        }
        try rollcall.write(csv.joined(separator: "\r\n"), to: "filled.csv")
        let run = try rollcall.run("apply", "filled.csv", "--evidence", "one", "--yes", "--rate", "none")
        try #require(run.status == 0, "\(run.errors)")
        try rollcall.write(
            """
            import csv, hashlib, json, os, sys
            os.chdir("one")
            def digest(name): return hashlib.sha256(open(name, "rb").read()).hexdigest()
            def edit(name, change):
                with open(name, newline="") as file: rows = list(csv.DictReader(file))
                for row in rows: change(row)
                with open(name, "w", newline="") as file:
                    out = csv.DictWriter(file, rows[0].keys()); out.writeheader(); out.writerows(rows)
            words = {"chen.muller.6@acme.io": "Remove", "dalia.dupont.4@acme.io": "cancel",
                     "jose.patel.11@acme.io": "Approve?"}
            def fill(row):
                row["decision"] = words.get(row["email"], row["decision"])
                if row["email"] == "jose.patel.11@acme.io": row["name"] = "Jose P."
            def report(row):
                if row["decision"] == "Revoke": row["decision"] = "Remove"
            review = json.load(open("evidence.json"))
            review["schemaVersion"] = 1
            del review["provenance"]
            review["files"] = [file for file in review["files"] if file["name"] != "history.json"]
            json.dump(review, open("evidence.json", "w"))
            os.remove("history.json")
            def seal(sums):
                names = [line.rstrip("\\n").split("  ", 1)[1] for line in open(sums)]
                names = [name for name in names if os.path.exists(name)]
                open(sums, "w").writelines(f"{digest(name)}  {name}\\n" for name in names)
            seal("SHA256SUMS")
            edit("remediation.decisions-1.csv", fill)
            edit("remediation.csv", report)
            record = json.load(open("remediation.record.json"))
            if sys.argv[1] == "none": del record["reviewRules"]
            else: record["reviewRules"] = int(sys.argv[1])
            record["reviewManifestSHA256"] = digest("SHA256SUMS")
            del record["previousSHA256"], record["libraries"], record["after"]["users"], record["after"]["invites"]
            del record["provenance"]
            counts = record["decisionCounts"]
            counts["Remove"] = counts.pop("Revoke")
            for entry in record["decisions"] + record["files"]: entry["sha256"] = digest(entry["name"])
            json.dump(record, open("remediation.record.json", "w"))
            seal("remediation.SHA256SUMS")
            """, to: "earlier.py")
    }

    private func setRules(_ rules: String) throws {
        #expect(try rollcall.shell("cp -r one kept; python3 earlier.py \(rules) && echo done") == "done\n")
    }

    @Test func `a remediation is verified by the rules that it was carried out by`() throws {
        let sandbox = try rollcall.startSandbox()
        try makeEarlierFolder()
        let record = try rollcall.read("one/remediation.record.json")
        #expect(record.contains(#/"reviewRules" ?: 3/#), "\(record)")
        try setRules("none")
        let verified = try rollcall.run("verify", "one", "--no-ledger")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.all.contains("the numbers of decisions match its record: "), "\(verified.all)")
        #expect(verified.all.contains("2 Remove"), "\(verified.all)")
        #expect(verified.all.contains("its reports were not compared"), "\(verified.all)")
        // Nothing is carried out by those rules.
        let sent = try sandbox.requests("disableUser")
        let again = try rollcall.run(
            "apply", "one/remediation.decisions-1.csv", "--evidence", "one", "--yes", "--ledger", "other.db")
        #expect(again.status == 2)
        #expect(again.all.contains("its name is"), "\(again.all)")
        #expect(try sandbox.requests("disableUser") == sent)
    }

    @Test(arguments: [
        ("2", "the decisions differ from those in the completed reviews"), ("4", "a newer version of rollcall"),
    ])
    func `what the rules of the record do not allow is found`(rules: String, sentence: String) throws {
        try rollcall.startSandbox()
        try makeEarlierFolder()
        try setRules(rules)
        let verified = try rollcall.run("verify", "one")
        #expect(verified.status == 1)
        #expect(verified.all.contains(sentence), "\(verified.all)")
    }
}
