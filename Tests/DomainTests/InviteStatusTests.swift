import Domain
import Testing

@Suite struct InviteStatusTests {
    @Test(arguments: [
        ("EXPIRED", true), ("expired", true), ("Expired", true), ("SENT", false), ("ACTIVE", false), ("", false),
        ("EXPIRED ", false), ("EXPIRE", false), ("EXP\u{131}RED", false), ("EXPIRED\u{301}", false),
    ])
    func `an invite has expired if its status says so, in any case`(text: String, isExpired: Bool) {
        #expect(InviteStatus(rawValue: text).isExpired == isExpired)
    }
}
