import Domain
import Foundation
@testable import Planning
import Testing

/// How the rows of several sheets and files are brought together.
@Suite struct ReviewMatchSheetTests {
    /// Six users, an invitation for the first of them, and two users with one address.
    private static let accounts: [ReviewedAccount] =
        (0..<6).map { account("u\($0)", type: $0 < 3 ? .admin : AccountType(rawValue: "DEVELOPER")) }
        + [account("u0", invite: "SENT"), account("twin", uid: "t1"), account("twin", uid: "t2")]

    private static func account(
        _ name: String, uid: String? = nil, type: AccountType = .admin, invite: String? = nil
    ) -> ReviewedAccount {
        ReviewedAccount(
            kind: invite == nil ? .user : .invite, uid: invite == nil ? uid ?? "uid-" + name : "",
            email: name + "@acme.io", name: invite == nil ? name.uppercased() : "", accountType: type,
            status: invite.map(InviteStatus.init(rawValue:)), firstSeen: .distantPast)
    }

    private static func key(_ index: Int) -> String { "r0000000000000000000" + "\(index)" }

    /// A row about an account of the review; the cells may be changed, or left out with nil.
    private static func row(
        _ index: Int, _ decision: String, sheet: String = "Active users", file: String = "a.xlsx", at line: Int? = nil,
        _ changes: [DecidedRow.Field: String?] = [:], faults: [DecidedRow.Fault] = []
    ) -> DecidedRow {
        let account = accounts[index]
        var cells: [DecidedRow.Field: String] = [
            .kind: account.kind.rawValue, .email: account.email, .uid: account.uid, .name: account.name,
            .accountType: account.accountType.rawValue, .decision: decision, .newAccountType: "", .review: "q4",
            .rowKey: key(index),
        ]
        for (field, text) in changes { cells[field] = text }
        return DecidedRow(
            file: file, place: "\(file), \(sheet)", row: line ?? index + 2, cells: cells, sheet: sheet,
            columns: [.decision: 5, .newAccountType: 6], faults: faults)
    }

    private static func match(
        _ rows: [DecidedRow], part: ((ReviewedAccount) -> String)? = nil
    ) -> (match: ReviewMatch, decided: [DecidedAccount], messages: [String]) {
        var match = ReviewMatch(
            review: "q4", population: accounts.enumerated().map { (key($0), $1) }, part: part)
        for row in rows { match.take(row) }
        let decided = match.finish()
        let messages = match.problems.map { problem in
            "\(problem.place)\(problem.row.map { ":\($0)" } ?? "")\(problem.cell.map { " \($0)" } ?? ""): "
                + problem.message
        }
        return (match, decided, messages)
    }

    @Test(
        arguments: [
            // Two rows about one user: decision and new type of each, and what is left.
            (["Revoke", ""], ["", ""], "Revoke "), (["", ""], ["Revoke", ""], "Revoke "),
            (["Revoke", ""], ["revoked", ""], "Revoke "), (["Change role", ""], ["", "ADMIN"], "Change role ADMIN"),
            (["", "admin"], ["Change role", "ADMIN"], "Change role ADMIN"),
            (["Not reviewed", ""], ["Approve", ""], "Approve "),
            (["Revoke", ""], ["Approve", ""], nil), (["Change role", "ADMIN"], ["Change role", "BUSINESS"], nil),
            (["Change role", "ADMIN"], ["", "BUSINESS"], nil), (["Revoke", ""], ["Cancel", ""], nil),
        ] as [([String], [String], String?)])
    func `rows about one account complete each other, and must not differ`(
        one: [String], other: [String], result: String?
    ) {
        for (sheet, file) in [("Active users", "a.xlsx"), ("Privileged", "a.xlsx"), ("Active users", "b.xlsx")] {
            let found = Self.match([
                Self.row(1, one[0], at: 3, [.newAccountType: one[1]]),
                Self.row(1, other[0], sheet: sheet, file: file, at: 9, [.newAccountType: other[1]]),
            ])
            if let result {
                #expect(found.messages.isEmpty)
                #expect(found.decided.map { $0.row[.decision] + " " + $0.row[.newAccountType] } == [result])
            } else {
                #expect(found.messages.count == 1)
                #expect(found.messages[0].hasPrefix("\(file), \(sheet):9 "), "\(found.messages)")
                #expect(found.messages[0].hasSuffix("in row 3 of a.xlsx, Active users"), "\(found.messages)")
            }
        }
    }

    @Test func `entries are completed from the other rows`() {
        let found = Self.match([
            Self.row(1, "", [.justification: "left", .ticket: "IAM-1"]),
            Self.row(1, "Revoke", sheet: "Privileged", [.justification: "asked twice"]),
        ])
        #expect(found.decided.map(\.row.place) == ["a.xlsx, Privileged"])
        #expect(found.decided.map { $0.row[.justification] + $0.row[.ticket] } == ["asked twiceIAM-1"])
    }

    @Test func `an extract without row keys is matched by uid or by an address of one account`() {
        let without: [DecidedRow.Field: String?] = [.rowKey: nil, .review: nil]
        let extract = { (index: Int, more: [DecidedRow.Field: String?]) in
            Self.row(index, "Revoke", sheet: "Privileged", without.merging(more) { $1 })
        }
        let bound = Self.row(5, "Approve")
        #expect(
            Self.match([bound, extract(1, [:]), extract(7, [:])]).decided.map(\.account.uid) == [
                "uid-u5", "uid-u1", "t1",
            ])
        #expect(
            Self.match([bound, extract(1, [.uid: nil])]).decided.map(\.account.uid) == ["uid-u5", "uid-u1"])
        #expect(Self.match([bound, extract(6, [:])]).decided.map(\.account.kind) == [.user, .invite])
        let refusals = [
            [bound, extract(7, [.uid: nil]), extract(8, [.uid: nil])],
            // The file is not bound to this review, or the sheet is not the extract.
            [extract(1, [:]), extract(2, [:])],
            [bound] + (0..<6).map { Self.row($0, "Revoke", sheet: "Mine", without) },
        ].map { Self.match($0).messages }
        for messages in refusals {
            #expect(messages.count == 1 && messages[0].contains("has decisions but no column Row key"), "\(messages)")
        }
        #expect(Self.match([bound] + (0..<6).map { Self.row($0, "", sheet: "Mine", without) }).messages.isEmpty)
    }

    @Test func `earlier rules do not see rows that earlier versions did not read`() {
        let unread = [
            Self.row(1, "Revoke", sheet: "Privileged", [.rowKey: nil]),
            Self.row(2, "Revoke", [.decision: nil], faults: [.noTitles]), Self.row(3, "Revoke", [.email: nil]),
        ]
        let all = (0..<9).map { Self.row($0, "Approve", [.status: $0 == 6 ? "SENT" : ""]) }
        for rules in [ReviewRules.lettersOnly, .wordsByKind] {
            var match = ReviewMatch(
                review: "q4", rules: rules, population: Self.accounts.enumerated().map { (Self.key($0), $1) }, part: nil
            )
            for row in unread + all { match.take(row) }
            #expect(match.finish().map(\.decision) == all.map { _ in .decision(.approve) })
            #expect(match.problems.isEmpty)
        }
    }

    @Test func `an entry without a decision is named, and the account stays undecided`() {
        let found = Self.match([
            Self.row(0, "", [.newAccountType: "ADMIN"]), Self.row(1, "", [.justification: "x", .ticket: "T"]),
            Self.row(2, "Not reviewed", [.exceptionUntil: "2026-12-31"]), Self.row(3, "", [.decidedAt: "2026-12-31"]),
            Self.row(4, "", [.reviewer: "Grace"]), Self.row(5, "Approve", [.justification: "x"]),
        ])
        #expect(found.messages.isEmpty)
        #expect(
            found.match.halfFilled.map(\.message) == [
                "\"u0@acme.io\" has a new account type but no decision",
                "\"u1@acme.io\" has a justification and a ticket but no decision",
                "\"u2@acme.io\" has the end of an exception but no decision",
                "\"u3@acme.io\" has a date of the decision but no decision",
            ])
        #expect(found.match.halfFilled.map(\.cell) == ["F2", "F3", "F4", "F5"])
        #expect(found.decided.count == 6)
    }

    @Test func `cells that cannot be read are named by cell, and merged cells once`() {
        let merged = DecidedRow.Fault.merged("F4:F6", .decision)
        let found = Self.match([
            Self.row(0, "=A1", faults: [.noResult(.decision)]),
            Self.row(1, "Change role", [.newAccountType: "#N/A"], faults: [.errorValue(.newAccountType)]),
            Self.row(3, "", faults: [merged]), Self.row(4, "", faults: [merged]),
            // Below the table.
            Self.row(5, "#N/A", [.email: "", .uid: "", .rowKey: ""], faults: [.errorValue(.decision), merged]),
        ])
        #expect(found.messages.count == 3)
        #expect(found.messages[0].hasPrefix("a.xlsx, Active users:2 F2: \"u0@acme.io\": Decision is a formula"))
        #expect(found.messages[1].hasPrefix("a.xlsx, Active users:3 G3: \"u1@acme.io\": New account type shows"))
        #expect(found.messages[2].hasPrefix("a.xlsx, Active users F4:F6: merged cells cover the column Decision"))
        #expect(found.decided.isEmpty && found.match.missing.count == 5)
    }

    @Test func `a damaged sheet is one problem`() {
        let all = Array(0..<6)
        let sheets: [([DecidedRow], String)] = [
            (
                all.map { Self.row($0, "Revoke", [.rowKey: ""]) },
                "has decisions but no row keys in the column Row key"
            ),
            (all.map { Self.row($0, "", [.decision: nil]) }, "has row keys but no column Decision"),
            (all.map { Self.row($0, "Revoke", [.email: nil]) }, "has row keys but no column Email"),
            (
                all.map {
                    DecidedRow(
                        file: "a.xlsx", place: "a.xlsx, Mine", row: $0, cells: [.rowKey: Self.key($0)], sheet: "Mine",
                        faults: [.noTitles])
                }, "has row keys but no row with the titles"
            ),
            (
                all.map { Self.row($0, "Revoke", faults: $0 == 0 ? [.mergedTitles("F1:G1")] : []) },
                "the titles in the merged cells F1:G1"
            ),
        ]
        for (rows, sentence) in sheets {
            let messages = Self.match(rows + [Self.row(7, "Approve", sheet: "Other")]).messages
            #expect(messages.count == 1 && messages.first?.contains(sentence) == true, "\(messages)")
        }
    }

    @Test func `totals and notes do not matter, and decisions about reviewed accounts do`() {
        let note = { (cells: [DecidedRow.Field: String]) in
            let empty = Dictionary(uniqueKeysWithValues: Self.row(0, "").cells.keys.map { ($0, String?.some("")) })
            return Self.row(5, "", at: 40, empty.merging(cells.mapValues { .some($0) }) { $1 })
        }
        let found = Self.match([
            Self.row(0, "Approve"), note([.email: "Total", .decision: "6"]), note([.rowKey: "6", .decision: "done"]),
            note([.email: "u1@acme.io"]), note([.email: "Questions to ada@acme.io"]),
            note([.email: "u1@acme.io", .decision: "Revoke"]), note([.email: "new@acme.io", .decision: "Revoke"]),
        ])
        #expect(
            found.messages == [
                "a.xlsx, Active users:40: \"u1@acme.io\" has a decision but no row key; enter it in the row of the account",
                "a.xlsx, Active users:40: \"new@acme.io\" was added: no account with this address was reviewed",
            ])
    }

    @Test(
        arguments: [
            ([DecidedRow.Field.email], "the column Email was"), ([.rowKey], "the column Row key was"),
            ([.email, .name], "the columns Email and Name were"), ([.uid], "the column Uid was"),
            ([.name], "the column Name was"),
        ] as [([DecidedRow.Field], String)])
    func `a column that was sorted without the others is one problem`(fields: [DecidedRow.Field], sentence: String) {
        let sorted = (0..<6).map { index in
            let other = Self.row(5 - index, "Revoke")
            return Self.row(index, "Revoke", Dictionary(uniqueKeysWithValues: fields.map { ($0, .some(other[$0])) }))
        }
        let found = Self.match(sorted)
        #expect(found.messages.count == 1, "\(found.messages)")
        #expect(
            found.messages.first?.contains(sentence + " sorted without the others: 6 rows have") == true,
            "\(found.messages)")
        #expect(found.decided.isEmpty)
        // An edit of another kind is named by itself.
        let edited = Self.match(sorted + [Self.row(7, "Approve", [.name: "Eve"])])
        #expect(edited.messages.count == 2 && edited.messages[1].contains("its name is"), "\(edited.messages)")
    }

    @Test func `two misplaced values are named row by row`() {
        let rows = [Self.row(0, "Approve", [.email: "u1@acme.io"]), Self.row(1, "Approve", [.email: "u0@acme.io"])]
        #expect(Self.match(rows).messages.count == 2)
    }

    @Test func `accounts that were not handed in are known, and the part is bound by the key`() {
        let part = { (account: ReviewedAccount) in account.accountType.rawValue }
        let some = Self.match(
            [Self.row(0, "Approve", [.part: "ADMIN"]), Self.row(4, "Approve", [.part: ""])], part: part)
        #expect(some.messages.isEmpty)
        #expect(some.match.missing == [1, 2, 3, 5, 6, 7, 8].map(Self.key))
        let moved = Self.match([Self.row(0, "Approve", [.part: "DEVELOPER"])], part: part)
        #expect(moved.messages.count == 1 && moved.messages[0].contains("its part is \"ADMIN\" in the review"))
        #expect(Self.match([Self.row(0, "Approve", [.part: "mine"])]).messages.isEmpty)
    }

    @Test func `a decision that is not understood is named by cell`() {
        let decided = DecidedAccount(row: Self.row(1, "Cancel"), account: Self.accounts[1])
        #expect(decided.objection?.cell == "F3")
        #expect(decided.objection?.message.hasPrefix("\"Cancel\" is not a clear decision about an active user") == true)
        #expect(DecidedAccount(row: Self.row(1, "Revoke"), account: Self.accounts[1]).objection == nil)
    }
}
