import Foundation
import Testing

/// What has to hold after a run was killed and taken up again, whenever that was.
private struct Promise {
    let rollcall: Rollcall
    let sandbox: SandboxProcess
    let addresses: [String]

    init(_ count: Int, faults: [String] = []) throws {
        rollcall = try Rollcall()
        sandbox = try SandboxProcess(rollcall, arguments: faults)
        addresses = (1...count).map { "person\($0)@acme.io" }
        // What a dead process sent may be in progress for as long as it would have waited for an answer.
        rollcall.environment["ROLLCALL_TIMEOUT"] = "1"
        let lines = ["email,account type"] + addresses.map { $0 + ",DEVELOPER" }
        try rollcall.write(lines.joined(separator: "\n"), to: "people.csv")
    }

    static let invite = ["invite", "people.csv", "--yes", "--rate", "none", "--max-attempts", "50"]

    /// Takes the run up again, or begins it where it was not confirmed yet.
    func goOn() throws -> Running {
        // A plan that was killed before it was confirmed has taken a number with it.
        let run = try rollcall.run("runs", "list").output.split(separator: "\n").first { $0.hasSuffix("people.csv") }
        guard let number = run?.prefix(while: \.isNumber) else { return try rollcall.start(Self.invite) }
        return try rollcall.start(["runs", "resume", String(number)] + Self.invite.dropFirst(2))
    }

    /// Every address was invited exactly once, and has exactly one row with one outcome.
    func check(_ note: Comment) throws {
        let invites = try sandbox.invites()
        #expect(invites.count == addresses.count, note)
        #expect(invites.values.allSatisfy { $0 == 1 }, note)
        let rows = try rollcall.rows("people.results.csv")
        #expect(rows.map { $0[2] } == addresses, note)
        #expect(rows.allSatisfy { $0[5] == "succeeded" || $0[5] == "skipped" }, note)
        #expect(try rollcall.shell("ls -A | grep partial") == "", note)
        let input = URL(fileURLWithPath: rollcall.folder.path + "/people.csv")
        #expect(FileManager.default.fileExists(atPath: input.path), note)
    }
}

@Suite(.waiting) struct CrashTests {
    @Test func `a run that is stopped dead at any place keeps its promises`() async throws {
        // Until a process gets to its end: there are as many places as the run passes, however many that is.
        let last = try await withThrowingTaskGroup(of: Int?.self) { group in
            var next = 1
            var last: Int?
            func add() {
                let place = next
                next += 1
                group.addTask { try Self.crash(at: place) ? nil : place }
            }
            for _ in 0..<6 { add() }
            while let ended = try await group.next() {
                if let ended { last = min(last ?? ended, ended) }
                if last == nil { add() }
            }
            return try #require(last)
        }
        // Each row passes five places at least; fewer means that the harness has gone blind.
        #expect(last > 30)
    }

    /// - Returns: whether there is such a place.
    private static func crash(at place: Int) throws -> Bool {
        let promise = try Promise(4)
        promise.rollcall.environment["ROLLCALL_CRASH_AT"] = String(place)
        let first = try promise.rollcall.start(Promise.invite).wait()
        promise.rollcall.environment["ROLLCALL_CRASH_AT"] = nil
        guard first.signal == SIGKILL else {
            #expect(first.status == 0)
            return false
        }
        let second = try promise.goOn().wait()
        #expect(second.status == 0, "\(first.errors)\(second.errors)")
        try promise.check("\(first.errors)\(second.errors)")
        return true
    }

    @Test func `a resume that is stopped dead keeps its promises, too`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Inside the first claim, in the middle of sending, and then at places of the resume.
            for (first, second) in [(14, 2), (14, 5), (20, 3), (20, 9), (26, 4), (26, 12)] {
                group.addTask {
                    let promise = try Promise(4)
                    promise.rollcall.environment["ROLLCALL_CRASH_AT"] = String(first)
                    try promise.rollcall.start(Promise.invite).wait()
                    promise.rollcall.environment["ROLLCALL_CRASH_AT"] = String(second)
                    try promise.goOn().wait()
                    promise.rollcall.environment["ROLLCALL_CRASH_AT"] = nil
                    let end = try promise.goOn().wait()
                    #expect(end.status == 0, "\(first), \(second): \(end.errors)")
                    try promise.check("\(first), \(second)")
                }
            }
            try await group.waitForAll()
        }
    }

    /// `make soak` sets these; the names say what they are.
    private static let rows = Int(ProcessInfo.processInfo.environment["SOAK_ROWS"] ?? "") ?? 600
    private static let kills = Int(ProcessInfo.processInfo.environment["SOAK_KILLS"] ?? "") ?? 8

    @Test func `an API that loses a tenth of the answers, and a run killed at random moments`() throws {
        let promise = try Promise(Self.rows, faults: ["--fault", "lost=0.1", "--fault", "500=0.02"])
        var random = SystemRandomNumberGenerator()
        var kills = 0
        while kills < Self.kills {
            let running = try promise.goOn()
            // From before the first request to the middle of the sending.
            usleep(UInt32.random(in: 50_000...3_000_000, using: &random))
            running.signal(SIGKILL)
            guard try running.wait().signal == SIGKILL else { break }
            kills += 1
        }
        let end = try promise.goOn().wait()
        #expect(end.status == 0, "\(end.errors)")
        try promise.check("\(kills) kills: \(end.errors)")
        if Self.rows > 1000 { print("\(Self.rows) rows, \(kills) kills: \(end.errors)") }
    }
}
