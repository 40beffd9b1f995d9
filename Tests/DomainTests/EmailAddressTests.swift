import Domain
import Foundation
import Testing

@Suite struct EmailAddressTests {
    @Test(
        arguments: [
            ("bob@acme.io", "bob@acme.io"),
            ("  Bob@Acme.IO\u{a0}", "bob@acme.io"),
            ("\u{feff}bob@acme.io\u{200b}", "bob@acme.io"),
            ("o'brien+sales=eu@mail.acme.io", "o'brien+sales=eu@mail.acme.io"),
            ("-bob@acme.io", "-bob@acme.io"),
            ("bob@bücher.example", "bob@xn--bcher-kva.example"),
            ("bob@BÜCHER.example", "bob@xn--bcher-kva.example"),
            ("jos\u{65}\u{301}@acme.io", "jos\u{e9}@acme.io"),
            ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
        ])
    func `is taken, and has one key however it is spelled`(raw: String, key: String) throws {
        #expect(try EmailAddress(raw).key == key)
    }

    @Test(
        arguments: [
            ("", InvalidEmail.empty), (" \u{200b} ", .empty),
            ("bob", .notAnAddress), ("bob@", .notADomain), ("@acme.io", .notAnAddress),
            ("bob@@acme.io", .notAnAddress), ("bob@acme@io", .notAnAddress),
            ("bob smith@acme.io", .notAnAddress), ("bob\u{0}@acme.io", .notAnAddress),
            ("bob\u{1b}[31m@acme.io", .notAnAddress), ("b\u{202e}ob@acme.io", .notAnAddress),
            (".bob@acme.io", .notAnAddress), ("bob.@acme.io", .notAnAddress), ("b..ob@acme.io", .notAnAddress),
            ("\"bob\"@acme.io", .notAnAddress),
            ("bob@acme", .notADomain), ("bob@.io", .notADomain), ("bob@acme..io", .notADomain),
            ("bob@-acme.io", .notADomain), ("bob@127.0.0.1", .notADomain), ("bob@[127.0.0.1]", .notADomain),
            ("bob@acme.io, eve@acme.io", .severalAddresses), ("Bob <bob@acme.io>", .severalAddresses),
            (String(repeating: "b", count: 65) + "@acme.io", .notAnAddress),
            (String(repeating: "b", count: 250) + "@acme.io", .tooLong),
        ])
    func `is refused, with the reason`(raw: String, reason: InvalidEmail) {
        #expect(throws: reason) { try EmailAddress(raw) }
    }

    @Test func `a hostile cell is shown without its control characters`() {
        let sentence = InvalidEmail.notAnAddress.sentence(about: "\u{1b}]0;pwned\u{7}bob")
        #expect(sentence == "\"\\u{1b}]0;pwned\\u{7}bob\" is not an email address")
    }

    @Test func `an address that the API gave is compared by its key even if it is not one`() {
        #expect(EmailAddress.key(of: " SVC-Account ") == "svc-account")
        #expect(EmailAddress.key(of: "Bob@Acme.io") == "bob@acme.io")
    }

    @Test(arguments: [
        "xn--mnchen-3ya.de", "münchen.de", "MÜNCHEN.DE", "mu\u{308}nchen.de", "MU\u{308}NCHEN.de", "münchen.de.",
        "@München.de", " münchen.de ", "münchen。de", "ｍüｎｃｈｅｎ．ｄｅ", "ｍüｎｃｈｅｎ．ｄｅ．", "XN--MNCHEN-3YA.DE",
        "xn--MNCHEN-3ya.de.", "＠münchen.de",
    ])
    func `a domain has one form however it is spelled`(text: String) throws {
        #expect(EmailAddress.canonicalDomain(text) == "xn--mnchen-3ya.de")
        let name = text.trimmingCharacters(in: CharacterSet(charactersIn: " @＠.．"))
        #expect(try EmailAddress("bob@" + name).isInside(["xn--mnchen-3ya.de"]))
        #expect(EmailAddress.key(of: "Bob@" + name) == "bob@xn--mnchen-3ya.de")
    }

    @Test(arguments: [
        ("@Acme.io", "acme.io"), (".acme.io", "acme.io"), ("ａｃｍｅ．ｉｏ", "acme.io"), ("straße.de", "xn--strae-oqa.de"),
        ("βόλος.com", "xn--nxasmm1c.com"), ("例子.广告", "xn--fsqu00a.xn--4rr70v"),
    ])
    func `domains`(text: String, domain: String) { #expect(EmailAddress.canonicalDomain(text) == domain) }

    @Test(arguments: [
        "", "@", ".", "acme", "a..io", "a b.io", "-a.io", "a@b.io", "127.0.0.1", "a/b.io", "ü..de", "\u{0}.io",
    ])
    func `no domains`(text: String) { #expect(EmailAddress.canonicalDomain(text) == nil) }

    @Test func `the domain is the part that mail goes to`() throws {
        #expect(try EmailAddress("bob@Bücher.example").domain == "xn--bcher-kva.example")
    }
}

@Suite struct AccountTypeTests {
    @Test(arguments: ["Workspace admin", "workspace-admin", "WORKSPACE_ADMIN", " workspace  admin "])
    func `spellings of one type are equal`(text: String) {
        #expect(AccountType.normalised(text) == "WORKSPACE_ADMIN")
    }

    @Test(arguments: [
        ("ADMIN", true), ("BILLING_ADMIN", true), ("OWNER", true), ("DEVELOPER", false), ("ANALYST", false),
    ])
    func `administrators and owners are privileged, known or not`(type: String, isPrivileged: Bool) {
        #expect(PrivilegedTypes.standard.contains(AccountType(rawValue: type)) == isPrivileged)
    }
}

@Suite struct DiagnosticTests {
    @Test func `reads as a compiler's`() {
        let diagnostic = Diagnostic(
            .error, file: "people.csv", at: SourceLocation(line: 17, column: 2), "\"bob@\" is not an email address")
        #expect(diagnostic.description == "people.csv:17:2: error: \"bob@\" is not an email address")
    }

    @Test func `a file's name cannot steer the terminal`() {
        let diagnostic = Diagnostic(.warning, file: "a\u{1b}[2J.csv", at: SourceLocation(line: 1), "odd")
        #expect(diagnostic.description == "a\\u{1b}[2J.csv:1: warning: odd")
    }

    @Test(arguments: [
        "Bob@Acme.io", " Bob@Acme.io ", "svc account", "", "BOB@BÜCHER.example", "JOSE\u{301}@acme.io", "\u{200b}A@b.c",
        "İ@acme.io", "no\u{0}pe", "\u{1f98a}",
    ])
    func `a key is the same, spelled from a string or from bytes`(address: String) {
        var bytes: [UInt8] = []
        Array(address.utf8).withUnsafeBytes { EmailAddress.appendKey(of: $0, to: &bytes) }
        #expect(String(decoding: bytes, as: UTF8.self) == EmailAddress.key(of: address))
        // And the same as the checked address has, where it is one.
        if let checked = try? EmailAddress(address) { #expect(checked.key == EmailAddress.key(of: address)) }
    }
}
