import Foundation
import Testing

@testable import Reports

@Suite struct TimestampTests {
    /// Seconds since 1970: ends of years and days, leap days, and moments on both sides of what is worked out here.
    static let edges: [Double] = [
        0, -1, -0.5, 951_782_400, 1_045_416_063.999, 1_045_416_064, 1_045_416_064.001, 1_078_099_199.999, 1_709_164_800,
        1_769_850_000.25, 4_107_542_399.999, 12_978_307_199.999, 12_978_307_200, -62_135_596_800, 253_402_300_799,
    ]

    @Test func `a moment is written as Foundation writes it`() {
        var random = Seeded(state: 3)
        let within = (0..<20_000).map { number in
            let seconds = Double(random.below(13_000_000_000))
            switch number % 4 {
            case 0: return seconds
            case 1: return seconds + Double(random.below(1000)) / 1000
            case 2: return seconds + Double(random.below(1_000_000)) / 1_000_000
            default: return (seconds + 1).nextDown
            }
        }
        for date in (Self.edges + within).map(Date.init(timeIntervalSince1970:)) {
            for form in [Timestamp.Form.milliseconds, .seconds, .plain] {
                let text = String { Timestamp.append(date, as: form, to: &$0) }
                let expected = Timestamp.foundationText(date, form)
                if text != expected { Issue.record("\(date.timeIntervalSince1970): \(text), not \(expected)") }
            }
        }
        #expect(Timestamp.text(Date(timeIntervalSince1970: 1_769_850_000.25)) == "2026-01-31T09:00:00.250Z")
        #expect(
            Timestamp.text(Date(timeIntervalSince1970: 1_769_850_000.25), toSeconds: true) == "2026-01-31T09:00:00Z")
    }
}
