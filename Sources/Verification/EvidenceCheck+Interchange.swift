import Domain
import Foundation
import Reports

extension EvidenceCheck {
    /// A file in another product's form against the raw answer, as far as the answer says what stands in it.
    mutating func checkInterchange(
        _ form: Interchange, _ file: EvidenceRecord.File, _ record: EvidenceRecord, _ accounts: [AccountLine]
    ) {
        let due = accounts.filter { line in form.kinds.contains { $0.rawValue == line.kind } }
        // A count beyond all others cannot be added up.
        let isPossible = file.rows.values.allSatisfy((0...due.count).contains)
        expect(
            isPossible && file.rows.values.reduce(0, +) == due.count,
            "\(file.name) was written with \(due.count.counted("account"))",
            otherwise: "\(file.name) was written with other counts than the answer has")
        guard let rows = rows(of: file.name) else { return note(.failed, "\(file.name) cannot be read back") }
        let proof = form.proof(in: record)
        let found = rows.map { row in proof.columns.map { row[$0] ?? "" } }
        let wanted = due.map { proof.cells(ReviewedAccount($0)).map(FileText.held) }
        let left = form.kinds == AccountKind.allCases ? "" : " that belong in it"
        expect(
            Self.counted(found) == Self.counted(wanted),
            "\(file.name), read back, has the \(due.count.counted("account")) of the answer\(left), and no other",
            otherwise: "\(file.name), read back, does not have the accounts of the answer")
    }

    /// The decisions in Entra's words, row by row beside those of the remediation.
    mutating func checkEntra(_ record: RemediationRecord, _ names: RemediationRecord.Names, _ rows: [Row]) {
        let name = names.report(Interchange.entra)
        guard record.files.contains(where: { $0.name == name }) else { return }
        let plain = Terminal.plain(name)
        guard let found = self.rows(of: name) else { return note(.failed, "\(plain) cannot be read back") }
        let wanted = rows.map { row in
            [
                row["uid"] ?? "", row["email"] ?? "", EntraResult.word(for: Decision(rawValue: row["decision"] ?? "")),
                row["reviewer"] ?? "",
            ]
        }
        let columns = ["PrincipalId", "PrincipalUPN", "ReviewResult", "ReviewerName"]
        expect(
            found.map { row in columns.map { row[$0] ?? "" } } == wanted,
            "\(plain) has the \(wanted.count.counted("decision")) of \(Terminal.plain(names.report(.csv)))",
            otherwise: "\(plain) does not have the decisions of \(Terminal.plain(names.report(.csv)))")
    }

    /// Rows in any order, each as often as it is there.
    private static func counted(_ rows: [[String]]) -> [[String]: Int] {
        Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
    }
}

extension ReviewedAccount {
    /// An account without a history.
    fileprivate init(_ line: AccountLine) {
        self.init(
            kind: AccountKind(rawValue: line.kind) ?? .user, uid: line.uid, email: line.email, name: line.name,
            accountType: AccountType(rawValue: line.accountType),
            status: line.status.isEmpty ? nil : InviteStatus(rawValue: line.status), firstSeen: .distantPast)
    }
}
