import Domain
import Foundation
import Hashing
import Testing

@testable import Reports

@Suite struct RowKeysTests {
    private func account(_ text: String, occurrence: Int, status: String?) -> ReviewedAccount {
        var account = ReviewedAccount(
            kind: status == nil ? .user : .invite, uid: text, email: text + "@acme.io", name: "",
            accountType: AccountType(rawValue: "A" + text), status: status.map(InviteStatus.init(rawValue:)),
            firstSeen: FakeReview.day)
        account.occurrence = occurrence
        return account
    }

    /// A filled-in review of an earlier version has to be understood: the key is what it always was.
    @Test func `a key is the hash of lengths and texts`() {
        let keys = RowKeys(review: "2026-Q4", answerSHA256: String(repeating: "a", count: 64))
        for (place, text) in HostileTexts.all.enumerated() {
            let status = place % 3 == 0 ? nil : text
            let account = account(text, occurrence: place % 17, status: status)
            var bytes = Data()
            for part in [
                "rollcall review row 1", "2026-Q4", String(repeating: "a", count: 64),
                status == nil ? "user" : "invite",
                text, text + "@acme.io", "A" + text, status ?? "", String(place % 17),
            ] {
                withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
                bytes.append(contentsOf: part.utf8)
            }
            let digits = SHA256Text.of(bytes).prefix(20)
            #expect(keys.key(of: account) == "r" + digits)
        }
    }

    @Test func `flags are those of the account, whoever came before it`() {
        let types = ["ADMIN", "ANALYST", "WORKSPACE_OWNER", "GUEST", "ADMIN\u{301}", "", "ANALYST", "é OWNER", "ADMIN"]
        let flags = AccountFlags(domains: [], at: FakeReview.day)
        for (place, type) in types.enumerated() {
            var account = account("x", occurrence: 1, status: place % 2 == 0 ? "EXPIRED" : nil)
            account.accountType = AccountType(rawValue: type)
            #expect(flags.cell(account) == AccountFlags(domains: [], at: FakeReview.day).cell(account))
            #expect(flags.isPrivileged(account) == (type != "ANALYST"), "\(type)")
        }
    }
}
