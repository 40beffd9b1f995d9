import Domain
import Foundation
import Readers
import Reports
import Reviewing

extension EvidenceCheck {
    /// Compares the accounts in each report with the raw response.
    mutating func checkFiles(_ record: EvidenceRecord, _ accounts: [AccountLine]) {
        let parts = Set(record.split?.parts.map(\.file) ?? [])
        let others: Set = [
            EvidenceFolder.answerName, EvidenceFolder.assignmentsName, HistoryRecord.name, ReviewPeople.fileName,
            PeopleProof.saltsName,
            ReviewActivity.fileName,
        ]
        for file in record.files
        where !others.contains(file.name) && !parts.contains(file.name) && !EvidenceFolder.isTemplate(file.name) {
            if let form = Interchange(fileName: file.name) {
                checkInterchange(form, file, record, accounts)
                continue
            }
            let format = ReportFormat(path: file.name)
            // The Markdown summary lists no accounts; its hash has been checked.
            if format == .md { continue }
            let name = Terminal.plain(file.name)
            let stated = (file.rows["users"] ?? -1, file.rows["invites"] ?? -1)
            expect(
                stated == (record.users, record.invites),
                "the numbers of users and invitations recorded for \(name) match the response: \(record.users.grouped) and \(record.invites.grouped)",
                otherwise: "the numbers of users and invitations in \(name) differ from the response")
            let same = "\(name) contains exactly the \(accounts.count.counted("account")) of the response"
            // The CSV file is read nevertheless, by code that does not know how it was written. To read the others takes
            // much more memory.
            if recomputed.contains(file.name), [.json, .xlsx].contains(format) {
                note(.ok, same)
                continue
            }
            onFile("Reading \(name)")
            var stands = accounts
            let found: [AccountLine]?
            switch format {
            case .csv: found = accountsInCSV(file.name)
            case .json: found = accountsInJSON(file.name)
            case .xlsx:
                found = accountsInWorkbook(file.name)
                stands = accounts.inWorkbook
            // A page may come from custom templates; its hash and its counts have been checked.
            case .html, .md, nil: continue
            }
            guard let found else {
                note(.failed, "\(name) cannot be read")
                continue
            }
            expect(
                found.sorted() == stands, same,
                otherwise: "the accounts in \(name) differ from the response")
        }
    }

    /// Compares the number of privileged accounts in the reports with the response, using the types in the record.
    mutating func checkPrivileged(_ record: EvidenceRecord, _ accounts: [AccountLine]) {
        guard let types = record.privilegedTypes?.map(FileText.held) else { return }
        let count = accounts.count { types.contains($0.accountType) }
        let parts = Set(record.split?.parts.map(\.file) ?? [])
        let stated = record.files.filter { !parts.contains($0.name) }.compactMap { $0.rows["privileged"] }
        expect(
            stated.allSatisfy { $0 == count },
            "\(count.counted("account")) in the response \(count == 1 ? "has" : "have") a privileged type ("
                + Terminal.plain(types.joined(separator: ", "), limit: 500) + "), as reported",
            otherwise: "the number of privileged accounts in the reports differs from the response")
    }

    /// Checks the workbooks of a split review: each account must be in exactly one of them, and in the right one.
    mutating func checkParts(_ record: EvidenceRecord, _ accounts: [AccountLine]) {
        guard let split = record.split else { return }
        guard let rule = reviewed?.split(with: 0) else {
            return note(.failed, "the rule by which the review was split cannot be read")
        }
        var found: [AccountLine] = []
        for part in split.parts {
            let name = Terminal.plain(part.file)
            onFile("Reading \(name)")
            guard let lines = accountsInWorkbook(part.file) else {
                note(.failed, "\(name) cannot be read")
                continue
            }
            let strays = lines.filter { line in
                rule.part(uid: line.uid, email: line.email, accountType: AccountType(rawValue: line.accountType))
                    != FileText.held(part.name)
            }
            expect(
                strays.isEmpty, "\(name) has \(lines.count.counted("account")), all of its own part",
                otherwise: "\(name) has \(strays.count.counted("account")) of other parts")
            found += lines
        }
        expect(
            found.sorted() == accounts.inWorkbook,
            "together, the \(split.parts.count.counted("part")) contain each account of the response once",
            otherwise: "together, the parts do not match the accounts in the response")
    }

    private func accountsInCSV(_ name: String) -> [AccountLine]? {
        var places: [String: Int]?
        var lines: [AccountLine] = []
        let isRead = CSVReadBack.rows(of: path(name)) { row in
            guard let known = places else {
                places = Dictionary(
                    row.cells.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
                return
            }
            let cell = { (key: String) in known[key].map { row[$0] } ?? "" }
            lines.append(
                AccountLine(
                    kind: cell("kind"), uid: cell("uid"), email: cell("email"), name: cell("name"),
                    accountType: cell("accountType"), status: cell("status")))
        }
        return isRead && places != nil ? lines : nil
    }

    private func accountsInJSON(_ name: String) -> [AccountLine]? {
        struct Document: Decodable {
            struct Account: Decodable {
                var kind, email, accountType: String
                var uid, name, status: String?
            }
            var users, invites: [Account]
        }
        guard let data = OrdinaryFile.bytes(at: path(name)),
            let document = try? RecordJSON.decode(Document.self, from: data)
        else { return nil }
        return (document.users + document.invites).map { account in
            AccountLine(
                kind: account.kind, uid: account.uid ?? "", email: account.email, name: account.name ?? "",
                accountType: account.accountType, status: account.status ?? "")
        }
    }

    /// The accounts in the sheets with decision cells. The sheet of privileged accounts is an extract that repeats
    /// rows, so it is left out.
    private func accountsInWorkbook(_ name: String) -> [AccountLine]? {
        guard let book = try? WorkbookReader(path: path(name)) else { return nil }
        var lines: [AccountLine] = []
        for sheet in book.sheetNames where sheet.hasPrefix("Active users") || sheet.hasPrefix("Invites") {
            var places: [String: Int] = [:]
            do {
                try book.rows(of: sheet) { row in
                    guard !places.isEmpty else {
                        for column in 0..<row.width { places[row[column]] = column }
                        return
                    }
                    let cell = { (title: String) in places[title].map { row[$0] } ?? "" }
                    lines.append(
                        AccountLine(
                            kind: cell("Kind"), uid: cell("Uid"), email: cell("Email"), name: cell("Name"),
                            accountType: cell("Account type"), status: cell("Invite status")))
                }
            } catch {
                return nil
            }
        }
        return lines
    }
}
