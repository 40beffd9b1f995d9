import Domain
import Foundation
import Testing

@testable import Reports

/// What a review says about activity.
@Suite struct ReviewActivityTests {
    private static let listedAt = FakeReview.day

    private static func time(_ days: Double, hasZone: Bool = true) -> EventTime? {
        let text = Timestamp.text(listedAt.addingTimeInterval(-days * 86_400), toSeconds: true)
        return EventTime(hasZone ? text : String(text.dropLast()))
    }

    /// The events of a log, and how many users it flags: u0 is the one in question.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var isFlagged: Bool
        /// The events of u0, and of others, by their age in days.
        var own: [Double] = []
        var others: [(actor: String?, age: Double)] = [("u1@acme.io", 1), ("u1@acme.io", 91)]
        var isUnreadable = false
        /// The age of an event that names a user only by an id, in days.
        var idAge: Double?
        var hasZone = true
        /// When u0 was first seen, and when the first snapshot was taken, in days before the listing.
        var firstSeen = 0.0
        var firstSnapshot = 0.0
    }

    private static let cases = [
        Case(testDescription: "nothing recorded", isFlagged: true),
        Case(testDescription: "recorded long ago", isFlagged: true, own: [90.1]),
        Case(testDescription: "recorded 90 days ago", isFlagged: false, own: [90]),
        Case(testDescription: "recorded", isFlagged: false, own: [3, 100]),
        Case(testDescription: "an event at an unknown time", isFlagged: false, own: [100], isUnreadable: true),
        Case(
            testDescription: "the log is too short", isFlagged: false, others: [("u1@acme.io", 1), (nil, 89.9)]),
        Case(
            testDescription: "the log is just long enough", isFlagged: true, others: [("u1@acme.io", 1), (nil, 90)]),
        Case(
            testDescription: "the log may be too short without a time zone", isFlagged: false,
            others: [("u1@acme.io", 1), (nil, 90.4)], hasZone: false),
        Case(
            testDescription: "the log is long enough in every time zone", isFlagged: true,
            others: [("u1@acme.io", 1), (nil, 92)], hasZone: false),
        Case(testDescription: "the log is empty", isFlagged: false, others: []),
        Case(
            testDescription: "the log names nobody", isFlagged: false, others: [(nil, 1), (nil, 91)]),
        Case(
            testDescription: "the log names only others", isFlagged: false,
            others: [("x@x.io", 1), ("x@x.io", 91)]),
        Case(
            testDescription: "the log ended before", isFlagged: false, others: [("u1@acme.io", 95), (nil, 100)]),
        Case(testDescription: "recent events name only an id", isFlagged: false, idAge: 5),
        Case(testDescription: "old events name only an id", isFlagged: true, idAge: 95),
        Case(testDescription: "a new account", isFlagged: false, firstSeen: 10, firstSnapshot: 200),
        Case(testDescription: "an old account", isFlagged: true, firstSeen: 91, firstSnapshot: 200),
        Case(testDescription: "an account in the first snapshot", isFlagged: true, firstSeen: 10, firstSnapshot: 10),
    ]

    private func review(_ test: Case) throws -> (FakeReview, ReviewActivity, Date) {
        var activity = Activity()
        let add = { (activity: inout Activity, actor: String?, time: EventTime?) in
            activity.add(.init(actor: actor, type: "T", time: time), receivedAt: Self.listedAt)
        }
        for (actor, age) in test.others { add(&activity, actor, Self.time(age, hasZone: test.hasZone)) }
        for age in test.own { add(&activity, "u0@acme.io", Self.time(age, hasZone: test.hasZone)) }
        if let age = test.idAge {
            var event = Activity.Event(actor: nil, type: "T", time: Self.time(age))
            event.hasActorID = true
            activity.add(event, receivedAt: Self.listedAt)
        }
        if test.isUnreadable { add(&activity, "u0@acme.io", nil) }
        var source = FakeReview()
        source.users[0].firstSeen = Self.listedAt.addingTimeInterval(-test.firstSeen * 86_400)
        let first = Self.listedAt.addingTimeInterval(-test.firstSnapshot * 86_400)
        let found = try ReviewActivity(
            activity, sha256: String(repeating: "0", count: 64), receivedAt: Self.listedAt, workspace: nil, of: source)
        return (source, found, first)
    }

    @Test(arguments: cases)
    func `an account is flagged only if the log shows it`(test: Case) throws {
        let (source, activity, first) = try review(test)
        let accounts = AccountActivities(activity, firstSnapshotAt: first)
        #expect(accounts.flags(of: source.users[0]) == (test.isFlagged ? ["no activity recorded in 90 days"] : []))
        #expect(source.invites.allSatisfy { accounts.flags(of: $0).isEmpty })
    }

    @Test func `only the most frequent types are shown, and the counts add up`() throws {
        var activity = Activity()
        for number in 0..<60 { activity.types["type \(number)"] = 100 - number }
        activity.types["=cmd\u{1b}[2J" + String(repeating: "x", count: 500)] = 1000
        activity.types[""] = 2
        let tally = try ReviewActivity(
            activity, sha256: "", receivedAt: Self.listedAt, workspace: nil, of: FakeReview()
        ).tally
        #expect(tally.counts.count == 51)
        #expect(tally.total == activity.types.values.reduce(0, +))
        let first = try #require(tally.counts.first?.label)
        #expect(first.hasPrefix("=cmd") && first.count < 150 && !first.contains("\u{1b}"))
        #expect(tally.counts.last?.label == "(12 other types)")
    }

    @Test func `a report has columns and facts of activity only with a log`() throws {
        var context = ReviewContext(
            id: "2026-Q4", period: "2026-Q4", due: nil, reviewer: "Grace", approver: "Ada", preparer: "Pat",
            domains: ["acme.io"], endpointHost: "api.acme.io", query: "query { listUsers }", querySHA256: "00",
            version: "0.1.0", firstSnapshotAt: Self.listedAt)
        let without = try ReviewReport.make(FakeReview(), context)
        context.activityState = .recorded(try review(Self.cases[1]).1)
        let with = try ReviewReport.make(FakeReview(), context)
        for (old, new) in zip(without.tables, with.tables) where old.role == .population {
            #expect(new.columns.map(\.key) == old.columns.map(\.key) + ["lastActivity", "events"])
        }
        #expect(with.facts.map(\.key) == without.facts.map(\.key) + ["activity"])
        #expect(with.tallies.map(\.key) == without.tallies.map(\.key) + ["eventsByType"])
        // Every figure goes with how far back the log reaches.
        let helps = with.tables.flatMap(\.columns).filter { ["lastActivity", "events"].contains($0.key) }.map(\.help)
        #expect(!helps.isEmpty && helps.allSatisfy { $0.contains("the audit log has 3 events, from 20") })
    }
}
