import Testing

@testable import Domain

/// One workspace has one name, however its endpoint is written.
@Suite struct WorkspaceIdentityTests {
    private func name(_ address: String, uid: String? = nil) -> String {
        WorkspaceIdentity.name(of: address, uid: uid) { "hash of \($0)" }
    }

    @Test(
        arguments: [
            ("https://api.acme.io:443/a/", "https://api.acme.io/a"),
            ("HTTPS://API.Acme.io./a", "https://api.acme.io/a"),
            ("https://api.acme.io/./b/../a//", "https://api.acme.io/a"),
            ("https://api.acme.io/%61%2f", "https://api.acme.io/a%2F"),
            ("https://api.acme.io", "https://api.acme.io"), ("https://api.acme.io/?", "https://api.acme.io"),
            ("https://api.acme.io:8443/A", "https://api.acme.io:8443/A"),
            ("http://127.0.0.1:80/a", "http://localhost/a"),
            ("http://[::1]:8080/a/", "http://localhost:8080/a"), ("http://localhost:8080/a", "http://localhost:8080/a"),
            ("https://[2001:DB8:0:0::1]/a", "https://[2001:db8::1]/a"),
        ])
    func `an address has one form`(address: String, expected: String) { #expect(name(address) == expected) }

    @Test(
        arguments: [
            ("https://api.acme.io/a", "https://api.acme.io/A"), ("https://api.acme.io/a", "https://api.acme.io/a/b"),
            ("https://api.acme.io/a?ws=A", "https://api.acme.io/a?ws=B"),
            ("https://api.acme.io/a?ws=A", "https://api.acme.io/a"),
            ("http://localhost:1/a", "http://localhost:2/a"), ("http://localhost/a", "https://localhost/a"),
            ("http://127.0.0.2/a", "http://127.0.0.1/a"),
        ])
    func `what may be two workspaces has two names`(one: String, other: String) { #expect(name(one) != name(other)) }

    @Test func `the values of a query are not in the name, and their order does not matter`() {
        #expect(name("https://a.io/?ws=A&key=s3cret") == name("https://a.io?key=s3cret&ws=%41"))
        let hashed = WorkspaceIdentity.name(of: "https://a.io/?key=s3cret") { _ in "0123456789abcdef" }
        #expect(hashed == "https://a.io?key=~0123456789ab")
    }

    @Test(
        arguments: [
            ("https://api.acme.io:443/a/", "https://api.acme.io/a"), ("http://127.0.0.1:9/", "http://localhost:9"),
            ("https://api.acme.io/a/#uid/1", "https://api.acme.io/a#uid/1"), ("sandbox", "sandbox"),
            ("sandbox#abc", "sandbox#abc"), ("https://a.io?ws=~0123", "https://a.io?ws=~0123"),
        ])
    func `the names of earlier versions become today's`(earlier: String, now: String) {
        #expect(WorkspaceIdentity.name(formerly: earlier) == now)
    }

    @Test(
        arguments: [
            ("https://a.io/b", "https://a.io/b?ws=~1", true), ("https://a.io/b#u", "https://a.io/b?ws=~1#u", true),
            ("https://a.io/b", "https://a.io/b", false), ("https://a.io/c", "https://a.io/b?ws=~1", false),
            ("https://a.io/b#v", "https://a.io/b?ws=~1#u", false),
        ])
    func `a name without the query of another is told`(earlier: String, name: String, isIt: Bool) {
        #expect(WorkspaceIdentity.isWithoutQuery(earlier, of: name) == isIt)
    }
}
