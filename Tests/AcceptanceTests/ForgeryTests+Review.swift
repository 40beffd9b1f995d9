import Foundation
import Hashing

extension ForgeryTests {
    /// What is done to an exported review.
    static let review: [Case] = [
        Case("the page is a headline", "review.html differs from what follows", "line ") {
            try $0.write(Data("<h1>Access review 2026-Q4: all is well</h1>\n".utf8), to: "review.html")
        },
        Case("a person is cut out of the page", "review.html differs", "is missing: ", "dan@other.example") {
            try $0.replace(try Regex("<tr>(?:(?!</tr>).)*dan@other.example.*</tr>\n"), by: "", in: "review.html")
        },
        Case("the record states an approval", "evidence.json states approvals.1, which this version of rollcall") {
            try $0.editRecord("evidence.json") { $0["approvals"] = ["Alan Turing"] }
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
        Case.unprovable("a person is left out of everything") { try $0.become("without-gil") },
    ]
}
