import Testing

@testable import Domain

@Suite struct WrittenAddressTests {
    @Test(
        arguments: [
            ("lena.vogt@acme.io", "lena.vogt@acme.io", []), (" lena@acme.io\u{200b}", "lena@acme.io", []),
            ("'lena@acme.io", "lena@acme.io", [.textMark]), ("“lena@acme.io”", "lena@acme.io", [.quotes]),
            ("\"lena@acme.io\"", "lena@acme.io", [.quotes]), ("„lena@acme.io“", "lena@acme.io", [.quotes]),
            ("mailto:lena@acme.io", "lena@acme.io", [.link]),
            ("MAILTO:lena@acme.io?subject=x", "lena@acme.io", [.link]),
            ("[lena@acme.io](mailto:lena@acme.io)", "lena@acme.io", [.link]),
            ("Lena Vogt <lena@acme.io>", "lena@acme.io", [.name]), ("<lena@acme.io>", "lena@acme.io", [.name]),
            ("\"Vogt, Lena\" <lena@acme.io>;", "lena@acme.io", [.mark, .name]),
            ("lena@acme.io <lena@acme.io>", "lena@acme.io", [.name]),
            ("lena@acme.io;", "lena@acme.io", [.mark]), ("lena@acme.io.", "lena@acme.io", [.mark]),
            ("lena＠acme.io", "lena@acme.io", [.width]), ("ｌｅｎａ@acme。io", "lena@acme.io", [.width]),
            ("lena@müller.example", "lena@xn--mller-kva.example", [.domain]),
            ("lena@mu\u{308}ller.example", "lena@xn--mller-kva.example", [.domain]),
            ("o'brien@acme.io", "o'brien@acme.io", []), ("jörg@acme.io", "jörg@acme.io", []),
            ("lena+dbt@acme.io", "lena+dbt@acme.io", []), ("иван@acme.io", "иван@acme.io", []),
            ("_lena@acme.io", "_lena@acme.io", []), ("r&d=x@acme.io", "r&d=x@acme.io", []),
        ] as [(String, String, [WrittenAddress.Change])])
    func `a cell is brought into the form that mail uses`(
        cell: String, address: String, changes: [WrittenAddress.Change]
    ) throws {
        let written = try WrittenAddress(cell)
        #expect(written.address.text == address)
        #expect(written.changes == changes)
    }

    @Test(
        arguments: [
            "• lena@acme.io", "•lena@acme.io", "✓lena@acme.io", "❌ lena@acme.io", "❌lena@acme.io", "→lena@acme.io",
            "#lena@acme.io", "–lena@acme.io", "-lena@acme.io", "len\u{ad}a@acme.io", "len\u{200b}a@acme.io",
            "lena@ac\u{ad}me.io", "lena@ac\u{200b}me.io", "lеna@acme.io", "lena@аcme.io", "ﬁona@acme.io",
            "lena²@acme.io",
            "a@x.io b@x.io", "a@x.io <b@x.io>", "a@x.io ::: b@x.io", "a@x.io/b@x.io", "lena@acme", "@acme.io", "N/A",
            "-",
            "null", "lena!@acme.io", "lena%acme.io@x.io", "x#EXT#@acme.io", "lena(work)@acme.io", "*lena@acme.io",
            "[l@acme.io](mailto:boss@acme.io)", "сара@acme.io", "а.b@acme.io", "igor.1९@acme.io", "x@аррӏе.com",
        ])
    func `what is not certainly one address is rejected`(cell: String) {
        #expect(throws: InvalidEmail.self) { try WrittenAddress(cell) }
    }

    @Test(arguments: ["lena!@acme.io", "#lena@acme.io", "lеna@acme.io", "x#EXT#@acme.io", "-lena@acme.io"])
    func `somebody may say that such addresses are meant`(cell: String) throws {
        #expect(throws: InvalidEmail.self) { try WrittenAddress(cell) }
        #expect(try WrittenAddress(cell, allowsUnusual: true).address.text == cell)
    }

    @Test func `the name of a guest's account is not proposed as an address`() {
        let guest = "jan_x.example#EXT#@acme.onmicrosoft.com"
        #expect(throws: InvalidEmail.guestName) { try WrittenAddress(guest) }
        #expect(!InvalidEmail.guestName.sentence(about: guest).contains("--allow-unusual-addresses"))
    }

    @Test(
        arguments: [
            ("Workspace admin", "WORKSPACE_ADMIN"), ("'DEVELOPER", "DEVELOPER"), (" business ", "BUSINESS"),
            ("workspace-admin", "WORKSPACE_ADMIN"), ("", ""), ("-", ""), ("Workspace, Admin", nil),
            ("Billing; Admin", nil),
            ("❌ Admin", nil), ("Developer / Analyst", nil), ("Admin?", nil), ("N/A", nil), ("Admin+", nil),
            ("- ADMIN", nil), ("ADMIN -", nil), ("admın", "admın"),
        ] as [(String, String?)])
    func `an account type is one word`(cell: String, word: String?) {
        #expect(AccountType.word(cell) == word)
    }
}
