import Testing

@testable import Sandbox

@Suite struct FaultPlanTests {
    private typealias Entry = FaultPlan.Entry

    @Test func `every kind can be ordered, for mutations or for all requests`() throws {
        for fault in Fault.allCases {
            let once = try FaultPlan(parsing: "\(fault.rawValue)=0.25")
            #expect(once.entries == [Entry(fault: fault, rate: 0.25, includesQueries: false)])
            let all = try FaultPlan(parsing: "\(fault.rawValue)@all=1")
            #expect(all.entries == [Entry(fault: fault, rate: 1, includesQueries: true)])
        }
    }

    @Test func `several are separated by commas or given one by one`() throws {
        let entries = [
            Entry(fault: .lost, rate: 0.5, includesQueries: false),
            Entry(fault: .internalError, rate: 0, includesQueries: true),
            Entry(fault: .tooMany, rate: 0.5, includesQueries: false),
        ]
        #expect(try FaultPlan(parsing: "lost=0.5,500@all=0,429=.5").entries == entries)
        let sum = try FaultPlan(parsing: "lost=0.5,500@all=0").adding(FaultPlan(parsing: "429=0.5"))
        #expect(sum.entries == entries)
    }

    @Test(
        arguments: [
            "", "lost", "lost=", "=0.5", "lost=0.5=0.5", "lost=half", "lost=-0.1", "lost=1.1", "lost=nan", "lost=inf",
            "lost=50%", "lost=0,5", "Lost=0.5", "501=0.5", "lost@=0.5", "lost@queries=0.5", "lost@all@all=0.5",
            "lost=0.5@all", "lost=0.5,", ",lost=0.5", "lost=0.5, 500=0.1", "lost=0.6,500=0.5",
        ])
    func `anything else is refused, with the forms and the kinds`(text: String) {
        #expect {
            try FaultPlan(parsing: text)
        } throws: { error in
            "\(error)".hasSuffix(
                "is not a fault; use KIND=RATE or KIND@all=RATE with a rate from 0 to 1 (the sum at most 1), where "
                    + "KIND is one of 500, 502, 503, 429, reset, lost, slow, notok, error, cut, html, stale")
        }
    }

    @Test func `plans that add up to more than one are refused`() throws {
        let half = try FaultPlan(parsing: "lost=0.5")
        #expect(throws: InvalidOption.self) { try half.adding(FaultPlan(parsing: "500=0.6")) }
    }

    @Test func `a plan of certainties always draws, and an empty one never`() throws {
        let plan = try FaultPlan(parsing: "lost=0.1,lost=0.2,lost=0.7")
        var generator = SplitMix(seed: 1)
        for _ in 0..<1_000 {
            #expect(plan.draw(isMutation: true, from: &generator) == .lost)
            #expect(FaultPlan.none.draw(isMutation: true, from: &generator) == nil)
        }
    }

    /// So that a run can be repeated whatever listings come between its mutations' draws.
    @Test func `the sequence depends on the seed and the number of requests alone`() throws {
        let plan = try FaultPlan(parsing: "lost=0.3,500@all=0.3")
        var (first, second) = (SplitMix(seed: 5), SplitMix(seed: 5))
        let faults = (0..<200).map { _ in plan.draw(isMutation: true, from: &first) }
        for (index, fault) in faults.enumerated() {
            let isMutation = index % 3 != 0
            let drawn = plan.draw(isMutation: isMutation, from: &second)
            #expect(drawn == (isMutation || fault == .internalError ? fault : nil))
        }
        #expect(Set(faults) == [.lost, .internalError, nil])
    }
}
