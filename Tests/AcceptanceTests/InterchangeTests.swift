import Foundation
import Testing

/// A review in the columns of other products, from the answer to the folder and back.
@Suite(.waiting) struct InterchangeTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    @Test func `other products' forms are filed and checked with the rest`() throws {
        let run = try rollcall.run(
            "review", "--sandbox", "--out", "q4", "--domain", "acme.io", "--format", "csv,vanta,entra")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("vanta.csv contains only active users; invitations are not included"))
        #expect(
            try rollcall.shell("ls q4").split(separator: "\n") == [
                "SHA256SUMS", "answer.json", "entra.csv", "evidence.json", "history.json", "review.csv", "to-fill-in",
                "vanta.csv",
            ])
        let vanta = try rollcall.read("q4/vanta.csv")
        #expect(
            vanta.hasPrefix(
                "Account name,Account owner,Role,Status\r\nada.admin@acme.io,ada.admin@acme.io,ADMIN,Active\r\n"))
        #expect(try rollcall.rows("q4/vanta.csv").count == 25)
        #expect(try rollcall.rows("q4/review.csv").count == 30)
        let verified = try rollcall.run("verify", "q4")
        #expect(verified.status == 0, "\(verified.errors)")
        for text in [
            "vanta.csv contains exactly the 25 accounts of the response that belong in this file",
            "entra.csv contains exactly the 30 accounts of the response",
        ] { #expect(verified.all.contains(text), "\(verified.all)") }
        #expect(try rollcall.shell("cd q4 && sha256sum -c --quiet SHA256SUMS && echo fine") == "fine\n")
    }

    @Test(
        arguments: [
            ("vanta.csv", "s/,ADMIN,Active/,ANALYST,Active/"), ("vanta.csv", "2d"), ("vanta.csv", "2p"),
            ("entra.csv", "s/ ADMIN,/ ANALYST,/"), ("entra.csv", "$d"), ("entra.csv", "2,$s/^[^,]*,/2026-Q3,/"),
            ("entra.csv", "1s/PrincipalUPN/UPN/"), ("vanta.csv", "1d"),
            ("evidence.json", "/vanta.csv/,/sha256/s/: 25/: 24/"),
        ] as [(String, String)])
    func `an edit whose hash was mended is found`(name: String, edit: String) throws {
        try rollcall.run("review", "--sandbox", "--out", "q4", "--review-id", "2026-Q4", "--format", "vanta,entra")
        try rollcall.shell(
            """
            cd q4; old=$(sha256sum \(name) | cut -c1-64); sed -i '\(edit)' \(name)
            new=$(sha256sum \(name) | cut -c1-64); sed -i "s/$old/$new/" SHA256SUMS evidence.json
            sum=$(sha256sum evidence.json | cut -c1-64); sed -i "s/^.*  evidence.json/$sum  evidence.json/" SHA256SUMS
            """)
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1, "\(run.errors)")
        #expect(!run.errors.contains("changed after it was written"))
        let failure =
            name == "evidence.json"
            ? "the number of accounts in vanta.csv differs from the response"
            : "the accounts in \(name) differ from the response"
        #expect(run.all.contains("FAILED   " + failure), "\(run.all)")
    }

    @Test(arguments: ["vanta,vanta", "vanta,pdf", "", ","])
    func `a list that cannot be is refused`(list: String) throws {
        let run = try rollcall.run("review", "--sandbox", "--format", list)
        #expect(run.status == 64)
        #expect(!FileManager.default.fileExists(atPath: rollcall.folder.appendingPathComponent("reviews").path))
    }

    @Test(arguments: [true, false])
    func `decisions are filed in Entra's columns, where the review was`(isWanted: Bool) throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "q4", "--reviewer", "Grace", "--format", "csv" + (isWanted ? ",entra" : ""))
        let lines = try rollcall.read("q4/review.csv").split(separator: "\r\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let place = try #require(lines[0].firstIndex(of: "decision"))
        let wishes = ["chen.muller.6@acme.io": "Revoke", "ada.admin@acme.io": "Exception"]
        let filled = lines.map { cells in
            var cells = cells
            if let wish = wishes[cells[1]] { cells[place] = wish }
            return cells.joined(separator: ",")
        }
        try rollcall.write(filled.joined(separator: "\r\n"), to: "filled.csv")
        let run = try rollcall.run("apply", "filled.csv", "--evidence", "q4", "--yes", "--rate", "none")
        #expect(run.status == 0, "\(run.errors)")
        let verified = try rollcall.run("verify", "q4")
        #expect(verified.status == 0, "\(verified.errors)")
        let name = "remediation.entra.csv"
        let sentence = "\(name) contains the 30 decisions of remediation.csv"
        #expect(verified.all.contains(sentence) == isWanted)
        guard isWanted else { return #expect(try !rollcall.shell("ls q4").contains(name)) }
        let rows = try rollcall.shell("grep -e ',Deny,' -e ',Approve,' q4/\(name) | tr -d '\r' | cut -d, -f16,19,20,30")
        #expect(
            rows == "ada.admin@acme.io,Approve,Exception,applied\nchen.muller.6@acme.io,Deny,,applied\n", "\(rows)")
        // By somebody who knows how the sums are made.
        try rollcall.shell(
            """
            cd q4; of() { sha256sum "$1" | cut -c1-64; }
            before=$(of \(name)) record=$(of remediation.record.json)
            sed -i 's/,Deny,/,Approve,/' \(name)
            sed -i "s/$before/$(of \(name))/" remediation.SHA256SUMS remediation.record.json
            sed -i "s/$record/$(of remediation.record.json)/" remediation.SHA256SUMS
            """)
        let edited = try rollcall.run("verify", "q4")
        #expect(edited.status == 1)
        #expect(edited.all.contains("the decisions in \(name) differ from remediation.csv"), "\(edited.all)")
    }
}
