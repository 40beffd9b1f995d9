import Foundation
import JSONReading
import Testing

@testable import WorkspaceAPI

@Suite struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT
    private let now = Date(timeIntervalSince1970: 784_111_777)

    @Test(arguments: [
        ("0", 0), (" 120 ", 120), ("0120", 120), ("86400", 86_400), ("86401", 86_400),
        ("99999999999999999999999", 86_400),
        ("Sun, 06 Nov 1994 08:50:07 GMT", 30), ("Sunday, 06-Nov-94 08:50:07 GMT", 30),
        ("Sun Nov  6 08:50:07 1994", 30), ("Sun Nov 16 08:50:07 1994", 86_400),
        ("Sun, 06 Nov 1994 08:49:00 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        // 94 years ahead would be too far: it is 1993.
        ("Saturday, 06-Nov-93 08:50:07 GMT", 0),
    ])
    func `seconds and the three date forms`(text: String, seconds: Int) {
        #expect(RetryAfter.parse(text, now: now) == .seconds(seconds))
    }

    @Test func `a fraction of a second counts`() {
        #expect(RetryAfter.parse("1.5", now: now) == .seconds(1.5))
        #expect(RetryAfter.seconds(.string("0.25")) == .seconds(0.25))
        #expect(RetryAfter.seconds(.number(2.5)) == .seconds(2.5))
        #expect(
            RetryAfter.seconds(.integer(3)) == .seconds(3) && RetryAfter.seconds(.integer(.max)) == .seconds(86_400))
        #expect(RetryAfter.seconds(.number(-1)) == nil && RetryAfter.seconds(.integer(-1)) == nil)
    }

    @Test(
        arguments: [
            nil, "", " ", "-5", "+5", "1.5.2", "1e3", "soon", "5 s", "٣", "Sun, 06 Foo 1994 08:50:07 GMT",
            "Sun, 06 Nov 1994 08:50 GMT", "Sun, 06 Nov 1994 25:00:00 GMT", "Sun, 06 Nov 1994 08:50:07 CET",
        ] as [String?])
    func `anything else means nothing`(text: String?) {
        #expect(RetryAfter.parse(text, now: now) == nil)
    }
}
