import Foundation
import Testing

@testable import Runs

/// The number of concurrent requests and the limit on open files.
@Suite struct PaceTests {
    @Test(arguments: [
        (limit: 4096, wanted: 256, given: 256), (544, 256, 256), (543, 256, 255), (256, 256, 112), (40, 256, 4),
        (40, 3, 3), (36, 8, 2), (34, 8, 1), (32, 8, 1), (3, 8, 1), (0, 1, 1), (Int.max, 256, 256),
    ])
    func `concurrency is what the limit on open files leaves room for, and at least one`(
        limit: Int, wanted: Int, given: Int
    ) {
        var pace = Pace()
        pace.concurrency = wanted
        let fitted = pace.fitting(openFiles: limit)
        #expect(fitted.pace.concurrency == given)
        #expect((fitted.warning != nil) == (given < wanted))
    }

    @Test func `the warning gives the limit, the number used and the command that raises the limit`() {
        var pace = Pace()
        pace.concurrency = 256
        #expect(
            pace.fitting(openFiles: 40).warning
                == "the limit of 40 open files allows 4 concurrent requests, not 256; to raise it: "
                + "ulimit -n 544")
        // What the warning asks for is enough.
        #expect(pace.fitting(openFiles: 544).warning == nil)
    }

    @Test func `the rest of the pace stays as it is`() {
        let pace = Pace(rate: RateLimit(perSecond: 3), concurrency: 100, batch: 7, maxAttempts: 2, timeout: 4)
        let fitted = pace.fitting(openFiles: 50).pace
        #expect(fitted.rate.perSecond == 3 && fitted.batch == 7 && fitted.maxAttempts == 2 && fitted.timeout == 4)
    }

    @Test func `the system is asked`() {
        #expect(OpenFileLimit.current > 3)
    }
}
