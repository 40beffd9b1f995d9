import Foundation
import Testing

extension ForgeryTests {
    /// What is done to a review consistently in all of its files, which is possible by hand if they are texts.
    static let texts: [Case] = [
        Case(
            "a quarter is presented as a later one", "the response is of 20",
            "before the period 2099-Q1 (2099-01-01 to",
            "it shows nothing about it", "NO In the period: "
        ) { try $0.replaceEverywhere("2026-Q4", by: "2099-Q1") },
        Case.unprovable("a quarter is presented as an earlier one") {
            try $0.replaceEverywhere("2026-Q4", by: "2026-Q3")
        },
        Case.unprovable("all times are those of another year") { folder in
            try folder.replaceEverywhere(folder.month, by: "2099-01-")
        },
        Case(
            "all times but that of the API are those of another year",
            "by the clock of 127.0.0.1 the response is of 20", "by evidence.json of 2099-01-",
            "the program would have reported that in the review"
        ) { folder in
            let month = try folder.month
            try folder.replaceEverywhere(month, by: "2099-01-")
            try folder.replace(
                try Regex(#""date" : "2099-01-"#), by: #""date" : "\#(month)"#, in: "evidence.json")
        },
        Case("the previous review was closed later", "the previous review was closed at 2099-01-01") { folder in
            let closing = ["closedAt": "2099-01-01T00:00:00.000Z", "manifestSHA256": String(repeating: "0", count: 64)]
            try folder.editRecord("evidence.json") { record in
                var previous = record["previous"] as? [String: Any] ?? [:]
                previous["closing"] = closing
                record["previous"] = previous
            }
        },
        Case.unprovable("a format is dropped from everything") { folder in
            try folder.remove("review.md")
            try folder.replace(#","md"]"#, by: "]", in: "history.json")
        },
        Case("the history is dropped, by an earlier version", "history.json was removed", "states its provenance") {
            try $0.remove("history.json")
            try $0.editRecord("evidence.json") { $0["schemaVersion"] = 1 }
        },
        Case(
            "the history is dropped, by a version that does not exist", "no version writes schemaVersion 0",
            "evidence.json is of version 0.2.0"
        ) {
            try $0.remove("history.json")
            try $0.editRecord("evidence.json") { record in
                record["schemaVersion"] = 0
                record["rollcallVersion"] = "0.2.0"
                record["provenance"] = nil
            }
        },
        Case("the history and its traces are dropped", "claims to be of an earlier version than the previous review") {
            try $0.dropHistory()
        },
    ]
}

extension Resealing {
    /// Year and month of the response, `2026-11-`.
    fileprivate var month: String {
        get throws {
            struct Record: Decodable { var takenAt: String }
            return try String(JSONDecoder().decode(Record.self, from: bytes("evidence.json")).takenAt.prefix(8))
        }
    }

    /// Turns the folder into one of a version without history, as far as the folder alone shows.
    func dropHistory() throws {
        try remove("history.json")
        try editRecord("evidence.json") { record in
            record["schemaVersion"] = 1
            record["provenance"] = nil
            var previous = record["previous"] as? [String: Any]
            previous?["lastLink"] = nil
            record["previous"] = previous
        }
    }

    /// Replaces a text in all files.
    fileprivate func replaceEverywhere(_ text: String, by other: String) throws {
        for name in try names() where !name.hasSuffix("SHA256SUMS") && name != "answer.json" {
            if String(decoding: try bytes(name), as: UTF8.self).contains(text) {
                try replace(text, by: other, in: name)
            }
        }
    }
}
