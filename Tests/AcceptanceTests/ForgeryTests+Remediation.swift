import Foundation

extension ForgeryTests {
    /// What is done to a review whose decisions were applied.
    static let remediation: [Case] = [
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
            try $0.removeGil()
        },
        Case(
            "an administrator is gone afterwards, and from the record",
            "remediation.html differs from what follows"
        ) {
            try $0.removeGil()
            try $0.editRecord("remediation.record.json") { record in
                var after = record["after"] as? [String: Any] ?? [:]
                after["users"] = 3
                record["after"] = after
            }
        },
        Case.unprovable("the whole remediation is deleted") { folder in
            for name in try folder.names() where name.hasPrefix("remediation") { try folder.delete(name) }
        },
        Case.unprovable("everything is approved, in the completed file as well") { try $0.become("approved") },
        Case("the remediation is by an earlier version", "its record does not state its provenance") {
            try $0.editRecord("remediation.record.json") { $0["provenance"] = nil }
        },
        Case("the remediation is by earlier rules", "its record does not state the current rules for decisions") {
            try $0.editRecord("remediation.record.json") { $0["reviewRules"] = 2 }
        },
        Case("the remediation is in no chain", "its record does not state what precedes it in the chain") {
            try $0.editRecord("remediation.record.json") { $0["previousSHA256"] = nil }
        },
        Case(
            "the response afterwards is dropped", "compared with a response that is not in the folder",
            "remediation.html differs"
        ) { folder in
            try folder.delete("remediation.answer.json")
            try folder.dropSum(of: "remediation.answer.json", in: "remediation.SHA256SUMS")
            try folder.editRecord("remediation.record.json") { $0["after"] = nil }
        },
        Case("the run was before the response", "remediation.SHA256SUMS: 2020-01-01", "is before the response of") {
            try $0.editRecord("remediation.record.json") { $0["startedAt"] = "2020-01-01T00:00:00.000Z" }
        },
    ]

    /// What is done to the undo list of a review in which an account type was changed.
    static let undo: [Case] = [
        Case("the undo list is about another account", "remediation.undo.csv differs", "column email: \"eve@acme.io\"")
        {
            try $0.editRows("remediation.undo.csv") { column, rows in rows[0][column("email")] = "eve@acme.io" }
        },
        Case("the undo list is dropped", "remediation.undo.csv is missing or unreadable") { folder in
            try folder.delete("remediation.undo.csv")
            try folder.dropSum(of: "remediation.undo.csv", in: "remediation.SHA256SUMS")
        },
        Case("the undo list has another end of line", "remediation.undo.csv differs") { folder in
            let text = String(decoding: try folder.bytes("remediation.undo.csv"), as: UTF8.self)
            try folder.write(
                Data(text.replacingOccurrences(of: "\r\n", with: "\n").utf8), to: "remediation.undo.csv")
        },
        Case(
            "the record has members that no check reads",
            "remediation.record.json states provenance.api.dates and provenance.user, which this version"
        ) {
            try $0.editRecord("remediation.record.json") { record in
                // A name with a full stop is none of the members of another one.
                record["provenance.user"] = "Alan Turing"
                var provenance = record["provenance"] as? [String: Any] ?? [:]
                var api = provenance["api"] as? [String: Any] ?? [:]
                api["dates"] = api.removeValue(forKey: "date")
                provenance["api"] = api
                record["provenance"] = provenance
            }
        },
        Case.unprovable("the undo list restores another account type") {
            try $0.editRows("remediation.undo.csv") { column, rows in rows[0][column("accountType")] = "ADMIN" }
        },
    ]
}

extension Resealing {
    /// Removes an administrator from the response afterwards.
    fileprivate func removeGil() throws {
        try editRecord("remediation.answer.json") { answer in
            var data = answer["data"] as? [String: [String: Any]] ?? [:]
            let users = data["listUsers"]?["activeUsers"] as? [[String: String]] ?? []
            data["listUsers"]?["activeUsers"] = users.filter { $0["uid"] != "gil" }
            answer["data"] = data
        }
    }
}
