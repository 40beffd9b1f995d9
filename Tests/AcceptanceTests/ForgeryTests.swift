import Foundation
import Hashing
import Testing

/// Folders that were falsified by somebody who mends every checksum: the folder alone shows it.
@Suite(.waiting) struct ForgeryTests {
    /// What is done to a folder, and what `verify` says about it.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var sentences: [String]
        var edit: @Sendable (Resealing) throws -> Void

        init(_ name: String, _ sentences: String..., edit: @escaping @Sendable (Resealing) throws -> Void) {
            testDescription = name
            self.sentences = sentences
            self.edit = edit
        }
    }

    private let rollcall: Rollcall

    /// The second review of a workspace, whose decisions were applied. It is made once for all cases.
    private static let folders = Result { try Folders() }

    private final class Folders: @unchecked Sendable {
        let rollcall: Rollcall

        init() throws {
            rollcall = try Rollcall()
            let server = try WorkspaceServer(
                rollcall,
                users: [
                    "ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@other.example ANALYST",
                    "gil@acme.io ADMIN",
                ], invites: ["eve@acme.io DEVELOPER EXPIRED", "finn@acme.io ADMIN SENT"])
            let options = ["--domain", "acme.io", "--reviewer", "Grace Hopper", "--approver", "Alan Turing"]
            try run(["review", "--out", "q3", "--review-id", "2026-Q3", "--period", "2026-Q3"] + options)
            try apply("q3", ["default=Approve::as before", "bob@acme.io=Change role:BUSINESS:moved"])
            try server.add("hal@acme.io SECURITY_ADMIN")
            try server.remove("cleo@acme.io")
            let formats = ["--format", "xlsx,html,csv,json,md,vanta,entra", "--split-by", "accountType"]
            try run(["review", "--out", "q4", "--review-id", "2026-Q4", "--period", "2026-Q4"] + options + formats)
            try rollcall.shell("cp -r q4 exported")
            try apply(
                "q4",
                [
                    "default=Approve::fine", "dan@other.example=Revoke:: left", "finn@acme.io=Remove::gone",
                    Self.reviewer,
                ])
        }

        private static let reviewer =
            "!sheet('Active users').cell(2, column('Active users', 'Reviewer')).value = 'Grace Hopper'"

        private func run(_ arguments: [String]) throws {
            let run = try rollcall.start(arguments).wait()
            try #require(run.status == 0, "\(run.errors)")
        }

        private func apply(_ folder: String, _ wishes: [String]) throws {
            try rollcall.fill("\(folder)/to-fill-in/review.xlsx", to: "filled.xlsx", wishes: wishes)
            let run = try rollcall.start(
                [
                    "apply", "filled.xlsx", "--evidence", folder, "--yes", "--rate", "none", "--settle-wait", "1s",
                    "--max-removals", "50%",
                ]
            ).wait()
            try #require(run.status <= 1, "\(run.errors)")
        }
    }

    init() throws {
        rollcall = try Rollcall()
        let made = try Self.folders.get().rollcall.folder.path
        try rollcall.shell("cp -r \(made)/q3 \(made)/q4 \(made)/exported .")
    }

    private func expectFound(_ folder: String, _ forgery: Case) throws {
        let folder = Resealing(rollcall: rollcall, folder: folder)
        try folder.reseal(forgery.edit)
        let run = try rollcall.run("verify", folder.folder)
        #expect(run.status == 1, "\(run.all)")
        #expect(!run.all.contains("was changed after it was written"), "the hashes were not mended: \(run.all)")
        for sentence in forgery.sentences { #expect(run.all.flat.contains(sentence), "\(run.all)") }
    }

    @Test(arguments: ["q3", "q4", "exported"])
    func `what was not touched is verified`(folder: String) throws {
        let run = try rollcall.run("verify", folder)
        #expect(run.status == 0, "\(run.all)")
        #expect(run.all.flat.contains("follows from answer.json and history.json, byte by byte"), "\(run.all)")
        #expect(!run.all.contains("gone afterwards"), "\(run.all)")
    }

    private static let review: [Case] = [
        Case("the page is a headline", "review.html differs from what follows", "line ") {
            try $0.write(Data("<h1>Access review 2026-Q4: all is well</h1>\n".utf8), to: "review.html")
        },
        Case("a person is cut out of the page", "review.html differs", "is missing: ", "dan@other.example") {
            try $0.replace(try Regex("<tr>(?:(?!</tr>).)*dan@other.example.*</tr>\n"), by: "", in: "review.html")
        },
        Case("flags are blanked in the CSV", "review.csv differs", "column flags: \"\" instead of \"privileged\"") {
            try $0.editRows("review.csv") { column, rows in for row in rows.indices { rows[row][column("flags")] = "" }
            }
        },
        Case("privileged is denied in the CSV", "column privileged: \"no\" instead of \"yes\"") {
            try $0.editRows("review.csv") { column, rows in rows[0][column("privileged")] = "no" }
        },
        Case("a change is blanked in the CSV", "column change: \"\" instead of \"new\"") {
            try $0.editRows("review.csv") { column, rows in
                for row in rows.indices where rows[row][column("change")] == "new" { rows[row][column("change")] = "" }
            }
        },
        Case("first seen is blanked in the CSV", "row 2, column firstSeen: \"\" instead of \"20") {
            try $0.editRows("review.csv") { column, rows in rows[0][column("firstSeen")] = "" }
        },
        Case("a previous decision is rewritten in the CSV", "column previousDecision: \"Revoke by Eve\" instead of") {
            try $0.editRows("review.csv") { column, rows in rows[0][column("previousDecision")] = "Revoke by Eve" }
        },
        Case("the sheet of changes is falsified", "review.xlsx differs", "sheet Changes, row 2") {
            try $0.editBook("review.xlsx", "book['Changes'].delete_rows(2)")
        },
        Case("a privileged account is renamed on its sheet", "sheet Privileged, row 2, column", "mallory@acme.io") {
            try $0.editBook(
                "review.xlsx",
                "sheet = book['Privileged']\n"
                    + "sheet.cell(2, [c.value for c in sheet[1]].index('Email') + 1).value = 'mallory@acme.io'")
        },
        Case("the completeness check is falsified", "sheet Completeness check, row ") {
            try $0.editBook(
                "review.xlsx",
                "for row in book['Completeness check'].iter_rows():\n"
                    + "    for cell in row:\n        if cell.value == 5 or cell.value == '5': cell.value = 50")
        },
        Case("a sheet is removed", "sheet Guide: it is missing") {
            try $0.editBook("review.xlsx", "del book['Guide']")
        },
        Case("a workbook of a part is falsified", "review-admin.xlsx differs", "sheet Active users, row 2, column") {
            try $0.editBook(
                "review-admin.xlsx",
                "sheet = book['Active users']\n"
                    + "sheet.cell(2, [c.value for c in sheet[1]].index('Flags') + 1).value = 'none'")
        },
        Case("a value in the JSON is falsified", "review.json differs", "member firstSeen: ") {
            try $0.replace(
                try Regex(#""firstSeen":"[^"]*""#), by: #""firstSeen":"2020-01-01T00:00:00.000Z""#, in: "review.json")
        },
        Case("the ticket text counts less", "review.md differs", "line ") {
            try $0.replace("ADMIN", by: "ANALYST", in: "review.md")
        },
        Case("the owner in the file for Vanta is another", "vanta.csv differs", "column Account owner") {
            try $0.editRows("vanta.csv") { column, rows in rows[0][column("Account owner")] = "eve@acme.io" }
        },
        Case("the dates in the file for Entra are others", "entra.csv differs", "column CreatedDateTime") {
            try $0.editRows("entra.csv") { column, rows in rows[0][column("CreatedDateTime")] = "2026-01-01" }
        },
        Case("the query is another one with its hash", "the query in evidence.json is none that rollcall has ever sent")
        {
            folder in
            let other = "query ListUsers { listUsers(first: 5) { ok } }"
            try folder.editRecord("evidence.json") { record in
                record["query"] = ["name": "listUsers", "text": other, "sha256": SHA256Text.of(Data(other.utf8))]
            }
        },
        Case("another period", "review.html differs") {
            try $0.replace("2026-Q4\",\n  \"preparer", by: "2026-Q3\",\n  \"preparer", in: "evidence.json")
        },
        Case("another time of the response", "by history.json, the response is of") {
            try $0.replace(
                try Regex(#""takenAt" : "20\d\d-(\d\d)-\d\dT[^"]*",\n  "users"#),
                by: #""takenAt" : "2026-12-24T12:00:00.000Z",\#n  "users"#, in: "evidence.json")
        },
        Case("the link to the previous review is removed", "evidence.json differs", "previous.id is missing") {
            try $0.editRecord("evidence.json") { $0["previous"] = nil }
        },
        Case("another previous review", "evidence.json differs", "previous.manifestSHA256") {
            try $0.editRecord("evidence.json") { record in
                var previous = record["previous"] as? [String: Any] ?? [:]
                previous["manifestSHA256"] = String(repeating: "0", count: 64)
                record["previous"] = previous
            }
        },
        Case("a count is falsified", "evidence.json differs", "counts.usersByAccountType.ADMIN is 1 instead of 2") {
            try $0.editRecord("evidence.json") { record in
                var counts = record["counts"] as? [String: [String: Int]] ?? [:]
                counts["usersByAccountType"]?["ADMIN"] = 1
                record["counts"] = counts
            }
        },
        Case("a format is dropped", "review.html belongs to the review by history.json, and is missing") {
            try $0.remove("review.html")
        },
        Case("the history is dropped", "history.json is not in SHA256SUMS") { try $0.remove("history.json") },
        Case("an account is first seen earlier in the history", "review.csv differs", "column firstSeen") {
            try $0.replace(#""account":"hal","since":"#, by: #""account":"hal","since":1,"was":"#, in: "history.json")
        },
        Case("an account is gone in the history and in the response", "history.json contradicts answer.json") {
            try $0.replace(#""account":"hal","since":"#, by: #""account":"hal","since":0,"was":"#, in: "history.json")
        },
        Case("a review of old in the history", "the snapshots and reviews in history.json contradict each other") {
            try $0.replace(
                try Regex(#""takenAt":"[^"]*"\}\n\],\n"decisions"#),
                by: "\"takenAt\":\"2026-01-01T00:00:00.000Z\"}\n],\n\"decisions", in: "history.json")
        },
        Case("domains are widened in the history", "review.csv differs", "column flags: \"outside the company\"") {
            try $0.replace(#""domains":["acme.io"]"#, by: #""domains":["acme.io","other.example"]"#, in: "history.json")
        },
    ]

    @Test(arguments: review)
    func `a falsified review is found`(forgery: Case) throws { try expectFound("exported", forgery) }

    private static let remediation: [Case] = [
        Case("Revoke is Approve in decisions, results and counts", "the decisions differ from those in the completed") {
            try $0.editRows("remediation.csv") { column, rows in
                for row in rows.indices where rows[row][column("decision")] == "Revoke" {
                    rows[row][column("decision")] = "Approve"
                    rows[row][column("operation")] = ""
                    rows[row][column("outcome")] = "skipped"
                }
            }
            try $0.editRecord("remediation.record.json") { record in
                record["decisionCounts"] = ["Approve": 5, "Remove": 1]
                record["outcomeCounts"] = ["skipped": 5, "rejected": 1]
            }
        },
        Case("the reviewer is another one", "column reviewer: \"Eve\" instead of \"Grace Hopper\"") {
            try $0.replace("Grace Hopper", by: "Eve", in: "remediation.csv")
        },
        Case("the justification is another one", "column justification: \"checked twice\" instead of \"fine\"") {
            try $0.replace(",fine,", by: ",checked twice,", in: "remediation.csv")
        },
        Case("the time of the decision is another one", "column decidedAt: \"2026-01-01\" instead of") {
            try $0.editRows("remediation.csv") { column, rows in rows[0][column("decidedAt")] = "2026-01-01" }
        },
        Case(
            "the requests were sent on another day", "remediation.csv: row ", "column startedAt: 2026-01-01",
            "is before the run"
        ) {
            try $0.editRows("remediation.csv") { column, rows in
                for row in rows.indices where !rows[row][column("startedAt")].isEmpty {
                    rows[row][column("startedAt")] = "2026-01-01T00:00:00.000Z"
                }
            }
        },
        Case("a manual step has succeeded", "column outcome: \"succeeded\", but the decision requests no change") {
            try $0.editRows("remediation.csv") { column, rows in
                for row in rows.indices where rows[row][column("outcome")] == "rejected" {
                    rows[row][column("outcome")] = "succeeded"
                    rows[row][column("reason")] = ""
                }
            }
            try $0.editRecord("remediation.record.json") { record in
                var counts = record["outcomeCounts"] as? [String: Int] ?? [:]
                counts["rejected"] = 0
                counts["succeeded"] = 2
                record["outcomeCounts"] = counts
            }
        },
        Case("a manual step was not needed", "the invitation is in the response afterwards") {
            try $0.editRows("remediation.csv") { column, rows in
                for row in rows.indices where rows[row][column("outcome")] == "rejected" {
                    rows[row][column("outcome")] = "skipped"
                    rows[row][column("reason")] = "the invitation no longer exists"
                }
            }
            try $0.editRecord("remediation.record.json") { record in
                var counts = record["outcomeCounts"] as? [String: Int] ?? [:]
                counts["skipped"] = (counts["skipped"] ?? 0) + (counts["rejected"] ?? 0)
                counts["rejected"] = 0
                record["outcomeCounts"] = counts
            }
        },
        Case("the page of the remediation is junk", "remediation.html differs from what follows") {
            try $0.write(Data("junk".utf8), to: "remediation.html")
        },
        Case("the workbook of the remediation is junk", "remediation.xlsx differs", "it cannot be read") {
            try $0.write(Data("junk".utf8), to: "remediation.xlsx")
        },
        Case(
            "a cell in the workbook of the remediation", "remediation.xlsx differs", "sheet Remediation, row 2, column"
        ) {
            try $0.editBook("remediation.xlsx", "book['Remediation'].cell(2, 2).value = 'mallory@acme.io'")
        },
        Case(
            "an administrator is gone afterwards",
            "has 3 active users and 2 invitations; remediation.record.json records 4 and 2", "gil@acme.io (ADMIN)",
            "not explained by this review"
        ) {
            try $0.editRecord("remediation.answer.json") { answer in
                var data = answer["data"] as? [String: [String: Any]] ?? [:]
                let users = data["listUsers"]?["activeUsers"] as? [[String: String]] ?? []
                data["listUsers"]?["activeUsers"] = users.filter { $0["uid"] != "gil" }
                answer["data"] = data
            }
        },
    ]

    @Test(arguments: remediation)
    func `a falsified remediation is found`(forgery: Case) throws { try expectFound("q4", forgery) }

    /// Reviews of every kind, and what their page can be made with.
    @Test(arguments: [
        "--format csv", "--excel --format csv,xlsx", "--all-workspaces", "--split-by domain", "--split-by who.csv",
        "--templates own", "--format html,md,vanta,entra", "--reviewer Grace --due 2030-01-01",
    ])
    func `an honest folder of any kind is verified`(options: String) throws {
        try rollcall.write("email,reviewer\nada.admin@acme.io,Grace Hopper\n", to: "who.csv")
        try rollcall.shell("mkdir own && echo 'body { color: black }' > own/style.css")
        let words = options.split(separator: " ").map(String.init)
        for folder in ["first", "second"] {
            let made = try rollcall.start(["review", "--sandbox", "--out", folder, "--review-id", folder] + words)
                .wait()
            try #require(made.status == 0, "\(made.errors)")
            let run = try rollcall.run("verify", folder)
            #expect(run.status == 0, "\(run.all)")
            #expect(run.all.flat.contains("follows from answer.json and history.json, byte by byte"), "\(run.all)")
        }
        guard options.contains("own") else { return }
        let folder = Resealing(rollcall: rollcall, folder: "second")
        try folder.reseal { try $0.replace("black", by: "white", in: "template-style.css") }
        let run = try rollcall.run("verify", "second")
        #expect(run.status == 1 && run.all.contains("review.html differs"), "\(run.all)")
    }

    @Test func `a falsified predecessor beside the folder is found`() throws {
        try Resealing(rollcall: rollcall, folder: "q3").reseal { folder in
            try folder.replace("Grace Hopper", by: "Eve", in: "evidence.json")
        }
        let run = try rollcall.run("verify", "exported", "--previous", "q3")
        #expect(run.status == 1, "\(run.all)")
        #expect(run.all.flat.contains("does not contain review 2026-Q3"), "\(run.all)")
        #expect(try rollcall.run("verify", "q3").status == 1)
    }

    /// A byte anywhere in a sealed file, drawn from a seed.
    @Test(arguments: 0..<24)
    func `a byte that is another one is found`(seed: Int) throws {
        let folder = Resealing(rollcall: rollcall, folder: "exported")
        let names = [
            "answer.json", "entra.csv", "evidence.json", "history.json", "review.csv", "review.html", "review.json",
            "review.xlsx", "review.md", "vanta.csv", "review-admin.xlsx", "review-analyst.xlsx",
        ]
        let name = names[seed % names.count]
        try folder.reseal { folder in
            var bytes = try folder.bytes(name)
            var number = UInt64(seed + 1) &* 0x9e37_79b9_7f4a_7c15
            number ^= number >> 29
            bytes[Int(number % UInt64(bytes.count))] ^= 1
            try folder.write(bytes, to: name)
        }
        let run = try rollcall.run("verify", "exported")
        #expect(run.status == 1, "\(name): \(run.all)")
        #expect(run.signal == nil)
    }

    @Test func `a folder of an earlier version says what it lacks`() throws {
        try Resealing(rollcall: rollcall, folder: "exported").reseal { folder in
            try folder.remove("history.json")
            try folder.editRecord("evidence.json") { $0["schemaVersion"] = 1 }
        }
        let run = try rollcall.run("verify", "exported")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.all.flat.contains("the folder is of an earlier version and has no history.json"), "\(run.all)")
    }
}

extension String {
    /// On one line: findings are wrapped.
    fileprivate var flat: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
