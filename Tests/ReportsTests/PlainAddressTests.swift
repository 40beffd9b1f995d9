import Domain
import Testing

@Suite struct PlainAddressTests {
    static let domains = ["acme.io", "eu.example", "x-1.de"]

    /// Addresses of all kinds, most of them wrong in one place.
    static let addresses: [String] = {
        let known = [
            "a@acme.io", "A.B+c@ACME.io", "a@eu.acme.io", "a@evilacme.io", "a@acme.io.evil.example", "a@.acme.io",
            "@acme.io",
            "acme.io", "", "a@acme", "a@x-1.de", "a@-x.de", "a@x-.de", "a@b..acme.io", "a..b@acme.io", ".a@acme.io",
            "a.@acme.io", " a@acme.io", "a@acme.io ", "a@b@acme.io", "a,b@acme.io", "a@acme.io.", "a@1.2", "a@acme.1o",
            "é@acme.io", "a@\u{301}acme.io", "a@acme.io\u{301}", "a@bücher.de", "a\u{0}@acme.io", "o'b_c-d@acme.io",
            "a/b@acme.io", "a\u{200b}@acme.io", "<a@acme.io>",
            String(repeating: "x", count: 64) + "@acme.io", String(repeating: "x", count: 65) + "@acme.io",
            "a@" + String(repeating: "y", count: 63) + ".acme.io",
            "a@" + String(repeating: "y", count: 64) + ".acme.io",
            "a@" + String(repeating: "y.", count: 124) + "acme.io",
            "a@" + String(repeating: "y.", count: 121) + "acme.io",
        ]
        let pieces = [
            "a", "B", "9", ".", "-", "_", "+", "'", "@", "acme.io", "eu.example", "x-1.de", " ", "é", ",", "/",
        ]
        var random = Seeded(state: 11)
        return known
            + (0..<20_000).map { _ in
                (0...random.below(7)).map { _ in pieces[random.below(pieces.count)] }.joined()
            }
    }()

    @Test func `what it answers is what the whole check would answer`() {
        var answered = 0
        for address in Self.addresses {
            guard let isInside = PlainAddress.isInside(address, Self.domains) else { continue }
            answered += 1
            // The blank is removed, but an address with it is checked in whole.
            let whole = try? EmailAddress(" " + address)
            if (whole?.isInside(Self.domains) == true) != isInside { Issue.record("\(address)") }
            // A valid address outside, and not merely something that is no address.
            if whole == nil { Issue.record("\(address) is no address") }
            let short = try? EmailAddress(address)
            if short?.text != whole?.text || short?.key != whole?.key { Issue.record("\(address) is read differently") }
        }
        #expect(answered > 100)
    }

    @Test(arguments: ["ann.b@acme.io", "A+x@EU.Example", "o'b_c-d@mail.acme.io", "x@acme.com"])
    func `the usual addresses are answered for`(address: String) {
        #expect(PlainAddress.isInside(address, Self.domains) == !address.hasSuffix(".com"))
    }
}
