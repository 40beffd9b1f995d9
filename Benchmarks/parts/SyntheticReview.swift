import Domain
import Foundation

/// A workspace of any size, the same each time: four users to one invite, two in a hundred privileged, all of them seen
/// for the first time but for one in fifty. Accounts are made when they are asked for.
struct SyntheticReview: ReviewSource {
    let users: Int
    let invites: Int

    static let day = Date(timeIntervalSince1970: 1_769_850_000.25)

    init(rows: Int) {
        users = rows * 4 / 5
        invites = rows - users
    }

    var snapshot: Snapshot {
        Snapshot(
            number: 9, workspace: "api.acme.example/one", startedAt: Self.day, takenAt: Self.day, active: users,
            invited: invites, rawSHA256: String(repeating: "a1", count: 32))
    }

    var previous: ReviewRecord? {
        ReviewRecord(
            id: "2026-Q3", workspace: "api.acme.example/one", snapshot: 5, takenAt: Self.day.addingTimeInterval(-7e6),
            folder: "reviews/2026-Q3", manifestSHA256: String(repeating: "b2", count: 32))
    }

    /// The types in the order of the review, with the share of all accounts in thousandths.
    private static let types: [(type: AccountType, share: Int)] = [
        ("ADMIN", 5), ("SECURITY_ADMIN", 5), ("WORKSPACE_OWNER", 5), ("WORKSPACE_SETTINGS_ADMIN", 5),
        ("ANALYST", 300), ("BUSINESS", 200), ("CONTRACTOR", 80), ("DEVELOPER", 400),
    ].map { (AccountType(rawValue: $0.0), $0.1) }

    func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)] {
        let all = kind == .user ? users : invites
        var left = all
        return Self.types.enumerated().map { place, entry in
            let count = place == Self.types.count - 1 ? left : all * entry.share / 1000
            left -= count
            return (entry.type, count)
        }
    }

    func statuses() throws -> [(status: InviteStatus, count: Int)] {
        let expired = (invites + 9) / 10
        return [("EXPIRED", expired), ("SENT", invites - expired)].map { (InviteStatus(rawValue: $0.0), $0.1) }
    }

    func changeCounts() throws -> [AccountChange: Int] { [:] }
    func changes(_ body: (RosterChange) throws -> Void) throws {}

    func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws {
        var number = 0
        for (type, count) in try counts(of: kind) {
            for _ in 0..<count {
                try body(account(number, kind, type))
                number += 1
            }
        }
    }

    static let names = ["Ann Zimmer", "Zoë O'Brien", "Bartholomew X", "Grace Hopper", "Ada L., Jr."]
    private static let expired = InviteStatus(rawValue: "EXPIRED")
    private static let sent = InviteStatus(rawValue: "SENT")

    private func account(_ number: Int, _ kind: AccountKind, _ type: AccountType) -> ReviewedAccount {
        let isUser = kind == .user
        var account = ReviewedAccount(
            kind: kind, uid: isUser ? Self.uid(number) : "", email: Self.email(number, isUser ? "u" : "i"),
            name: isUser ? Self.names[number % Self.names.count] : "", accountType: type,
            status: isUser ? nil : number % 10 == 0 ? Self.expired : Self.sent,
            firstSeen: number % 50 == 0 ? Self.day : Self.day.addingTimeInterval(-9e6))
        account.change = number % 50 == 0 ? .new : .unchanged
        if !isUser { account.pendingSince = Self.day.addingTimeInterval(-9e6) }
        return account
    }

    /// 64 hexadecimal characters.
    static func uid(_ number: Int) -> String {
        var state = UInt64(number) &* 0x9e37_79b9_7f4a_7c15
        return String(unsafeUninitializedCapacity: 64) { bytes in
            for place in 0..<64 {
                if place % 16 == 0 { state = (state ^ (state >> 29)) &* 0xbf58_476d_1ce4_e5b9 }
                let digit = UInt8(truncatingIfNeeded: state >> UInt64(place % 16 * 4)) & 15
                bytes[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 64
        }
    }

    /// 28 characters: `person.u0000042@acme.example`.
    static func email(_ number: Int, _ kind: Character) -> String {
        var digits = String(number)
        digits = String(repeating: "0", count: max(0, 7 - digits.utf8.count)) + digits
        return "person.\(kind)\(digits)@acme.example"
    }
}
