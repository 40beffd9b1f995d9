import Testing

@testable import Sandbox

/// On a clock of the tests' own: time is what the request says it is.
@Suite struct RateLimitTests {
    private static let list = "{ listUsers { ok } }"
    private let start = ContinuousClock.now

    private func status(_ desk: Desk, at seconds: Double, _ query: String = list) -> Int {
        desk.ask(query, now: start + .seconds(seconds)).status
    }

    @Test func `one period's requests are let through at once, the next is told when to come back`() throws {
        let desk = try Desk(rateLimit: "3/s")
        #expect((0..<4).map { _ in status(desk, at: 0) } == [200, 200, 200, 429])
        let answer = desk.ask(Self.list, now: start)
        #expect(answer.messages == ["Too many requests"])
        #expect(answer.reply.retryAfter == "1")
    }

    @Test(
        arguments: [
            ("1/s", "1", 0.999, 1.0), ("4/s", "1", 0.249, 0.25), ("1/m", "60", 59.9, 60), ("7/m", "9", 8.5, 8.6),
            ("1/h", "3600", 3599.9, 3600), ("1000/h", "4", 3.5, 3.6),
        ])
    func `a token comes back after its share of the period`(
        rate: String, retryAfter: String, tooEarly: Double, inTime: Double
    ) throws {
        let count = try Rate(parsing: rate).count
        let desk = try Desk(rateLimit: rate)
        for _ in 0..<count { #expect(status(desk, at: 0) == 200) }
        #expect(desk.ask(Self.list, now: start).reply.retryAfter == retryAfter)
        #expect(status(desk, at: tooEarly) == 429)
        #expect(status(desk, at: inTime) == 200)
        #expect(status(desk, at: inTime) == 429)
    }

    /// A client that believes `Retry-After` is not sent away twice.
    @Test(arguments: ["1/s", "3/s", "7/s", "1/m", "7/m", "100/m", "1/h", "7/h", "999/h"])
    func `whoever waits as long as told is let through`(rate: String) throws {
        let desk = try Desk(rateLimit: rate)
        var now = start
        for _ in 0..<(3 * (try Rate(parsing: rate).count)) {
            let answer = desk.ask(Self.list, now: now)
            guard answer.status == 429 else { continue }
            now += .seconds(try #require(answer.reply.retryAfter.flatMap(Int.init)))
            #expect(desk.ask(Self.list, now: now).status == 200)
        }
    }

    @Test func `tokens do not pile up while nobody asks`() throws {
        let desk = try Desk(rateLimit: "2/s")
        #expect(status(desk, at: 0) == 200)
        #expect((0..<3).map { _ in status(desk, at: 10_000) } == [200, 200, 429])
    }

    @Test func `a refused request has no effect, a malformed one counts, one without credentials does not`() throws {
        let desk = try Desk(rateLimit: "2/s")
        let invite = "mutation { inviteUser(email: \"a@acme.io\", accountType: ADMIN) { ok } }"
        #expect(desk.ask(invite, as: [:], now: start).status == 401)
        #expect(status(desk, at: 0, "{") == 400)
        #expect(status(desk, at: 0) == 200)
        #expect(status(desk, at: 0, invite) == 429)
        #expect(desk.state.invites.isEmpty)
        #expect(
            Answer(desk.endpoint.get("/__sandbox/requests")).text
                == #"{"credentialsRefused": 1, "faults": {}, "operations": {"listUsers": 1}, "rateLimited": 1}"#)
    }
}
