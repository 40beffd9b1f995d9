@testable import Domain
import Foundation
import Testing

@Suite struct DecisionTextTests {
    private enum Account: CaseIterable {
        case user, pendingInvite, expiredInvite

        func reads(_ text: String) -> DecisionText {
            DecisionText(text, of: self == .user ? .user : .invite, isExpired: self == .expiredInvite)
        }
    }

    @Test func `the words that the workbook offers mean what they say`() {
        for account in Account.allCases {
            for decision in Decision.offered(for: account == .user ? .user : .invite) {
                #expect(account.reads(decision.rawValue) == .decision(decision))
            }
        }
    }

    @Test(
        arguments: [
            // As they are read about a user, a pending invite and an expired one.
            ("approved", [.decision(.approve), .decision(.approve), .decision(.approve)]),
            (" KEEP ", [.decision(.approve), .decision(.approve), .decision(.approve)]),
            ("Maintain", [.decision(.approve), .decision(.approve), .decision(.approve)]),
            ("Certify", [.decision(.approve), .decision(.approve), .decision(.approve)]),
            ("Accept", [.decision(.approve), .unclear, .unclear]),
            ("Accepted", [.decision(.approve), .unclear, .unclear]),
            ("Reject", [.decision(.revoke), .unclear, .unclear]),
            ("Rejected", [.decision(.revoke), .unclear, .unclear]),
            ("Deny", [.decision(.revoke), .decision(.revoke), .decision(.revoke)]),
            ("Remove access", [.decision(.revoke), .decision(.revoke), .decision(.revoke)]),
            ("remove-access", [.decision(.revoke), .decision(.revoke), .decision(.revoke)]),
            ("Deactivate", [.decision(.revoke), .decision(.revoke), .decision(.revoke)]),
            ("Revoked.", [.decision(.revoke), .decision(.revoke), .decision(.revoke)]),
            ("Remove", [.unclear, .decision(.remove), .decision(.remove)]),
            ("Delete", [.unclear, .decision(.remove), .decision(.remove)]),
            ("Cancel", [.unclear, .decision(.remove), .decision(.remove)]),
            ("Cancel invite", [.unclear, .decision(.remove), .decision(.remove)]),
            ("Resend", [.decision(.reinvite), .decision(.reinvite), .decision(.reinvite)]),
            ("re-invite", [.decision(.reinvite), .decision(.reinvite), .decision(.reinvite)]),
            ("Invite", [.unclear, .unclear, .decision(.reinvite)]),
            ("Modify", [.decision(.changeRole), .decision(.changeRole), .decision(.changeRole)]),
            ("Don\u{2019}t know", [.decision(.dontKnow), .decision(.dontKnow), .decision(.dontKnow)]),
            ("Not reviewed", [.notReviewed, .notReviewed, .notReviewed]),
            ("NotReviewed", [.notReviewed, .notReviewed, .notReviewed]),
            ("", [.notReviewed, .notReviewed, .notReviewed]),
            (" \u{a0}", [.notReviewed, .notReviewed, .notReviewed]),
        ] as [(String, [DecisionText])])
    func `a word is read by what it can mean for the account`(text: String, readings: [DecisionText]) {
        #expect(Account.allCases.map { $0.reads(text) } == readings)
    }

    @Test(
        arguments: [
            ("Remove", .decision(.remove)), ("removed", .decision(.remove)), ("Delete", .decision(.remove)),
            ("Cancel", .decision(.remove)), ("Invite", .decision(.reinvite)), ("Approve?", .decision(.approve)),
            ("(Revoke) 2026-01-31", .decision(.revoke)), ("Don't know", .decision(.dontKnow)),
            ("Accept", .unclear), ("retain", .unclear), ("Not reviewed", .unclear), ("", .notReviewed),
        ] as [(String, DecisionText)])
    func `a remediation of an earlier version is read as that version read it`(text: String, reading: DecisionText) {
        for status in [nil, "SENT", "EXPIRED"] {
            let account = ReviewedAccount(
                kind: status == nil ? .user : .invite, uid: "1", email: "a@acme.io", name: "", accountType: .admin,
                status: status.map(InviteStatus.init(rawValue:)), firstSeen: .distantPast)
            #expect(DecisionText(text, of: account, by: .lettersOnly) == reading)
        }
        for decision in Decision.allCases {
            #expect(DecisionText(lettersOf: decision.rawValue) == .decision(decision))
        }
    }

    @Test func `a record that names no rules is of the first ones, and an unknown number of none`() {
        #expect(
            [nil, 1, 2, 3, 4].map { ReviewRules(recorded: $0) } == [
                .lettersOnly, .lettersOnly, .wordsByKind, .everySheet, nil,
            ])
    }

    @Test(
        arguments: [
            // As they are read about a user, a pending invite and an expired one; earlier rules do not know them.
            ("Recertified", [.decision(.approve), .decision(.approve), .decision(.approve)]),
            ("Maintain access", [.decision(.approve), .decision(.approve), .decision(.approve)]),
            ("No change", [.decision(.approve), .decision(.approve), .decision(.approve)]),
            ("Decertify", [.decision(.revoke), .decision(.revoke), .decision(.revoke)]),
            ("Revoke account", [.decision(.revoke), .unclear, .unclear]),
            ("Declined", [.decision(.revoke), .unclear, .unclear]),
            ("Modify permissions", [.decision(.changeRole), .decision(.changeRole), .decision(.changeRole)]),
            ("Mitigated", [.decision(.exception), .decision(.exception), .decision(.exception)]),
            ("Withdrawn", [.unclear, .decision(.remove), .decision(.remove)]),
            ("Send again", [.unclear, .decision(.reinvite), .decision(.reinvite)]),
            ("NotNotified", [.notReviewed, .notReviewed, .notReviewed]),
            ("Pending", [.notReviewed, .unclear, .unclear]),
        ] as [(String, [DecisionText])])
    func `words of other products are read since the rules that have them`(text: String, readings: [DecisionText]) {
        #expect(Account.allCases.map { $0.reads(text) } == readings)
        let earlier = DecisionText(text, of: .user, isExpired: false, by: .wordsByKind)
        #expect(earlier == .unclear)
    }

    @Test(
        arguments: [
            "OK", "x", "No", "Yes", "Y", "N", "done", "ok to remove", "suspend", "reassign", "delegate", "freeze",
            "acknowledged", "terminate", "Aprove", "✓",
            ".",
            "-", "1", "Approve?", "Revoke???", "Revoke 2027-01-31", "Approve/Revoke", "Approve, Revoke", "(Revoke)",
            "not approved", "do not revoke", "Don't revoke", "=Revoke", "Revoke\u{0}", "Rеvoke",
        ])
    func `a text that can be read in two ways, or none, is no decision`(text: String) {
        for account in Account.allCases { #expect(account.reads(text) == .unclear, "\(account)") }
    }
}
