import Domain
import Foundation
import Reports

extension EvidenceCheck {
    /// Compares a file in the format of another product with the raw response, in the columns that follow from it.
    mutating func checkInterchange(
        _ form: Interchange, _ file: EvidenceRecord.File, _ record: EvidenceRecord, _ accounts: [AccountLine]
    ) {
        let due = accounts.filter { line in form.kinds.contains { $0.rawValue == line.kind } }
        // The counts come from the file, and their sum could overflow.
        let isPossible = file.rows.values.allSatisfy((0...due.count).contains)
        expect(
            isPossible && file.rows.values.reduce(0, +) == due.count,
            "\(file.name) has \(due.count.counted("account"))",
            otherwise: "the number of accounts in \(file.name) differs from the response")
        guard let rows = rows(of: file.name) else { return note(.failed, "\(file.name) cannot be read") }
        let proof = form.proof(in: record)
        let found = rows.map { row in proof.columns.map { row[$0] ?? "" } }
        let wanted = due.map { proof.cells(ReviewedAccount($0)).map(FileText.held) }
        let left = form.kinds == AccountKind.allCases ? "" : " that belong in this file"
        expect(
            Self.counted(found) == Self.counted(wanted),
            "\(file.name) contains exactly the \(due.count.counted("account")) of the response\(left)",
            otherwise: "the accounts in \(file.name) differ from the response")
    }

    /// Compares the decisions in the Entra file, row by row, with those of the remediation.
    mutating func checkEntra(_ record: RemediationRecord, _ names: RemediationRecord.Names, _ rows: [Row]) {
        let name = names.report(Interchange.entra)
        guard record.files.contains(where: { $0.name == name }) else { return }
        let plain = Terminal.plain(name)
        guard let found = self.rows(of: name) else { return note(.failed, "\(plain) cannot be read") }
        let wanted = rows.map { row in
            [
                row["uid"] ?? "", row["email"] ?? "", EntraResult.word(for: Decision(rawValue: row["decision"] ?? "")),
                row["reviewer"] ?? "",
            ]
        }
        let columns = ["PrincipalId", "PrincipalUPN", "ReviewResult", "ReviewerName"]
        expect(
            found.map { row in columns.map { row[$0] ?? "" } } == wanted,
            "\(plain) contains the \(wanted.count.counted("decision")) of \(Terminal.plain(names.report(.csv)))",
            otherwise: "the decisions in \(plain) differ from \(Terminal.plain(names.report(.csv)))")
    }

    /// How often each row occurs, for comparison regardless of order.
    private static func counted(_ rows: [[String]]) -> [[String]: Int] {
        Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
    }
}

extension ReviewedAccount {
    /// Creates an account without history.
    fileprivate init(_ line: AccountLine) {
        self.init(
            kind: AccountKind(rawValue: line.kind) ?? .user, uid: line.uid, email: line.email, name: line.name,
            accountType: AccountType(rawValue: line.accountType),
            status: line.status.isEmpty ? nil : InviteStatus(rawValue: line.status), firstSeen: .distantPast)
    }
}
