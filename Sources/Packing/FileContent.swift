import Domain
import Foundation
import Reports
import Reviewing

/// What the files of an evidence folder contain.
enum FileContent {
    /// A few words about a file, by its name.
    static func words(for path: String) -> String {
        let parts = path.split(separator: "/")
        if parts.dropLast().contains(Substring(EvidenceFolder.attachmentsName)) { return "attached to the review" }
        let name = parts.last.map(String.init) ?? path
        if let known = fixed[name] { return known }
        for (ending, words) in [(".sig", "signature (ssh-keygen -Y)"), (".tsr", "time stamp (RFC 3161)")]
        where name.hasSuffix(ending) {
            return words + " of " + name.dropLast(ending.count)
        }
        if EvidenceLink(manifest: name) != nil { return "checksums, for sha256sum -c" }
        if name.contains(".decisions-") { return "completed by a reviewer, as it was applied" }
        for (ending, words) in endings where name.hasSuffix(ending) { return words }
        for (stem, words) in stems where name.hasPrefix(stem) { return words }
        if EvidenceFolder.isTemplate(name) { return "template of the web page" }
        return ""
    }

    private static let fixed = [
        EvidenceFolder.answerName: "the API's unchanged response",
        EvidenceFolder.assignmentsName: "who was to decide about whom",
        EvidenceRecord.name: "record of the review: query, times, numbers, hashes",
        HistoryRecord.name: "earlier states of each account, from the ledger",
        RedactionRecord.name: "what this copy leaves out", PeopleProof.saltsName: "random texts that its hashes cover",
        ReviewPeople.fileName: "the company's own list of people",
        ReviewActivity.fileName: "the API's unchanged response with the audit log",
        CompanyRecord.name: "record of the reviews of all workspaces",
        Interchange.vanta.fileName: "active users, for Vanta",
        Interchange.entra.fileName: "the reviewed accounts, in the columns of Entra's review history",
    ]

    private static let endings = [
        (".answer.json", "the API's unchanged response afterwards"), (".record.json", "record: times, numbers, hashes"),
        (".undo.csv", "list to undo changes of account types"),
    ]

    private static let stems = [
        ("review", "the reviewed accounts"), ("supplement", "accounts that were added to the review"),
        ("remediation", "the decisions, with what became of each"), ("closing", "closing statement"),
        ("access", "each person's access to all workspaces"),
    ]
}
