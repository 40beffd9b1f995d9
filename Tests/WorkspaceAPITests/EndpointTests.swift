import Testing

@testable import WorkspaceAPI

@Suite struct EndpointTests {
    @Test(arguments: [
        ("https://api.example.com/api/v1/x/graphql", "api.example.com", 443),
        (" HTTPS://API.Example.com:8443 \n", "api.example.com", 8443), ("http://localhost:8080/x", "localhost", 8080),
        ("http://127.0.0.1/", "127.0.0.1", 80), ("http://127.255.0.9:1/", "127.255.0.9", 1),
        ("http://[::1]:8080/x", "::1", 8080), ("https://[2001:db8::1]/x", "2001:db8::1", 443),
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
        ("http://127.0.0.1.2/", .notEncrypted(host: "127.0.0.1.2")),
        ("http://localhost.example.com/", .notEncrypted(host: "localhost.example.com")),
        ("http://128.0.0.1/", .notEncrypted(host: "128.0.0.1")),
    ])
    func `addresses that cannot`(text: String, expected: InvalidEndpoint) {
        #expect(throws: expected) { try Endpoint(text) }
    }

    @Test func `a query is not shown`() throws {
        #expect(try Endpoint("https://h:1/x?key=s3cret").description == "https://h:1/x")
    }
}

@Suite struct ProxyTests {
    @Test(arguments: [
        ("*", true), ("api.example.com", true), ("API.example.COM", true), ("example.com", true),
        (".example.com", true), ("*.example.com", true), ("other.io, example.com", true),
        ("other.io example.com", true),
        ("api.example.com:443", true), ("example.com:443", true), ("api.example.com:80", false), ("", false),
        (".", false), ("ample.com", false), ("pi.example.com", false), ("www.api.example.com", false), ("com:", false),
    ])
    func `hosts that are reached directly`(exceptions: String, isDirect: Bool) throws {
        let environment = ["HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": exceptions]
        let proxy = try Proxy.chosen(for: Endpoint("https://api.example.com/x"), in: environment)
        #expect((proxy == nil) == isDirect)
    }

    @Test(arguments: ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443"])
    func `an IPv6 host is excepted`(exceptions: String) throws {
        let environment = ["HTTPS_PROXY": "http://proxy:3128", "no_proxy": exceptions]
        #expect(try Proxy.chosen(for: Endpoint("https://[2001:db8::1]/"), in: environment) == nil)
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
        ("http://p:0", .notAURL(variable: "HTTPS_PROXY")), ("socks5://p:1080", .scheme(variable: "HTTPS_PROXY")),
        ("https://p:1", .scheme(variable: "HTTPS_PROXY")),
    ])
    func `a setting that is no proxy`(text: String, expected: InvalidProxy) {
        #expect(throws: expected) {
            try Proxy.chosen(for: Endpoint("https://api.example.com"), in: ["HTTPS_PROXY": text])
        }
    }
}
