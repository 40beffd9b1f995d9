import Testing

@testable import WorkspaceAPI

@Suite struct EndpointTests {
    @Test(arguments: [
        ("https://api.example.com/api/v1/x/graphql", "api.example.com", 443),
        (" HTTPS://API.Example.com:8443 \n", "api.example.com", 8443), ("http://localhost:8080/x", "localhost", 8080),
        ("http://127.0.0.1/", "127.0.0.1", 80), ("http://127.255.0.9:1/", "127.255.0.9", 1),
        ("http://[::1]:8080/x", "::1", 8080), ("https://[2001:db8::1]/x", "2001:db8::1", 443),
        ("https://[2001:DB8:0:0:0:0:0:1]/x", "2001:db8::1", 443), ("http://[0:0::1]/", "::1", 80),
        ("http://LOCALHOST/", "localhost", 80), ("https://127.0.0.1.example.com/", "127.0.0.1.example.com", 443),
        ("https://localhost.example.com/", "localhost.example.com", 443), ("https://a_b.c-d.io", "a_b.c-d.io", 443),
    ])
    func `addresses that can be used`(text: String, host: String, port: Int) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
    }

    @Test(arguments: [
        ("", InvalidEndpoint.notAURL), ("api.example.com", .notAURL), ("https://a b.example.com", .notAURL),
        ("https://h:99999/", .notAURL), ("ftp://h/", .scheme), ("file:///etc", .scheme), ("https://", .noHost),
        ("https:///x", .noHost), ("https://u:p@h/", .containsCredentials), ("https://u@h/", .containsCredentials),
        ("http://api.example.com/", .notEncrypted(host: "api.example.com")),
        ("http://127.0.0.1.example.com/", .notEncrypted(host: "127.0.0.1.example.com")),
        ("http://localhost.example.com./", .host), ("http://api.localhost/", .notEncrypted(host: "api.localhost")),
        ("http://0.0.0.0/", .notEncrypted(host: "0.0.0.0")), ("http://[::]/", .notEncrypted(host: "::")),
        ("http://localhost.example.com/", .notEncrypted(host: "localhost.example.com")),
        ("http://128.0.0.1/", .notEncrypted(host: "128.0.0.1")),
    ])
    func `addresses that cannot`(text: String, expected: InvalidEndpoint) {
        #expect(throws: expected) { try Endpoint(text) }
    }

    /// What libcurl would reach is not what others read; the same with `https`, which would go through the proxy.
    @Test(arguments: [
        "localhost.", "127.1", "127.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0127.0.0.1",
        "127.0.0.01", "127.0.0.1.", "127.0.0.256", "127.0.0.1.2", "1.2.3.4.0x5", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]", "[::1%25lo]", "[::g]", "a..b", ".a", "loc%61lhost", "127%2e0.0.1", "a.0x", "a b", "a\\b",
    ])
    func `a host that can be read in two ways is refused`(host: String) {
        for scheme in ["http", "https"] {
            let error = #expect(throws: InvalidEndpoint.self) { try Endpoint("\(scheme)://\(host)/graphql") }
            #expect(error == .host || error == .notAURL, "\(host)")
        }
    }

    @Test func `libcurl gets the address that was checked`() throws {
        #expect(try Endpoint(" HTTPS://API.Example.com:8443/a/b?k=v ").url == "https://api.example.com:8443/a/b?k=v")
        #expect(try Endpoint("http://[0::1]:80").url == "http://[::1]:80")
    }

    @Test func `a query is not shown`() throws {
        #expect(try Endpoint("https://h:1/x?key=s3cret").description == "https://h:1/x")
    }
}

@Suite struct ProxyTests {
    /// As libcurl reads them; whom they except, libcurl decides.
    @Test(arguments: [
        ("", ""), ("*", "*"), ("other.io, *", "*"), ("API.example.com", "api.example.com"),
        (".example.com", ".example.com"),
        ("*.example.com", "example.com"), ("a.io b.io,,c.io", "a.io,b.io,c.io"), ("10.0.0.0/8", "10.0.0.0/8"),
        ("a.io:443,b.io:80", "a.io"), ("[2001:DB8:0::1]:443", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8:0::1", "2001:db8::1"), ("2001:db8::/64", "2001:db8::/64"), ("[2001:db8::1]:80", ""),
    ])
    func `exceptions in the words of libcurl`(text: String, expected: String) throws {
        let environment = ["HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": text]
        let proxy = try Proxy.chosen(for: Endpoint("https://api.example.com/x"), in: environment)
        #expect(proxy?.exceptions == expected)
        #expect(proxy?.setting == "HTTPS_PROXY is proxy:3128" + (expected.isEmpty ? "" : ", and NO_PROXY is set"))
    }

    @Test(arguments: ["http://localhost:1", "http://127.0.0.1:1", "https://[::1]:1"])
    func `this machine is never reached through a proxy`(endpoint: String) throws {
        #expect(try Proxy.chosen(for: Endpoint(endpoint), in: ["HTTPS_PROXY": "http://proxy:3128"]) == nil)
    }

    @Test func `the address, its credentials, and the lower-case name first`() throws {
        let endpoint = try Endpoint("https://api.example.com")
        let environment = ["https_proxy": "http://me:p%40ss@proxy:3128", "HTTPS_PROXY": "http://other:1"]
        let proxy = try #require(try Proxy.chosen(for: endpoint, in: environment))
        #expect(proxy.host == "proxy" && proxy.port == 3128 && proxy.user == "me" && proxy.password == "p@ss")
        #expect(try Proxy.chosen(for: endpoint, in: ["HTTPS_PROXY": "proxy:3128"])?.description == "proxy:3128")
        #expect(try Proxy.chosen(for: endpoint, in: ["HTTPS_PROXY": ""]) == nil)
        #expect(try Proxy.chosen(for: endpoint, in: [:]) == nil)
    }

    @Test(arguments: [
        ("http://", InvalidProxy.notAURL(variable: "HTTPS_PROXY")), ("a b", .notAURL(variable: "HTTPS_PROXY")),
        ("http://p:0", .notAURL(variable: "HTTPS_PROXY")),
        ("http://u%00:p@p:1", .notAURL(variable: "HTTPS_PROXY")),
        ("http://u:p%0a@p:1", .notAURL(variable: "HTTPS_PROXY")), ("socks5://p:1080", .scheme(variable: "HTTPS_PROXY")),
        ("https://p:1", .scheme(variable: "HTTPS_PROXY")),
    ])
    func `a setting that is no proxy`(text: String, expected: InvalidProxy) {
        #expect(throws: expected) {
            try Proxy.chosen(for: Endpoint("https://api.example.com"), in: ["HTTPS_PROXY": text])
        }
    }
}
