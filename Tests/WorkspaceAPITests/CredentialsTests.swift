import Domain
import Testing

@testable import WorkspaceAPI

@Suite struct CredentialsTests {
    @Test func `a key and its secret travel in two headers`() throws {
        let credentials = try Credentials(key: " k ", secret: "s")
        #expect(credentials.headers.map { "\($0.name)=\($0.value)" } == ["X-API-KEY=k", "X-API-SECRET=s"])
    }

    @Test func `tokens travel as bearer`() throws {
        let workspace = try Credentials(key: "unused", secret: "prdm_wsp_1")
        #expect(workspace.headers.map { "\($0.name)=\($0.value)" } == ["Authorization=Bearer prdm_wsp_1"])
        let company = try Credentials(key: nil, secret: "prdm_cmp_1", workspaceUID: "w")
        #expect(
            company.headers.map { "\($0.name)=\($0.value)" } == [
                "Authorization=Bearer prdm_cmp_1", "X-Paradime-Workspace=w",
            ])
    }

    @Test(
        arguments: [
            (nil, "s", nil, InvalidCredentials.missing(.key)), ("k", nil, nil, .missing(.secret)),
            ("k", "  ", nil, .missing(.secret)), (nil, "prdm_cmp_1", nil, .missing(.workspaceUID)),
            ("k", "s\nX-Evil: 1", nil, .unsendable(.secret)), ("k\r", "s", nil, .unsendable(.key)),
            ("k", "sécret", nil, .unsendable(.secret)), (nil, "prdm_cmp_1", "w\u{0}", .unsendable(.workspaceUID)),
        ] as [(String?, String?, String?, InvalidCredentials)])
    func `what is missing or cannot be sent is named`(
        key: String?, secret: String?, uid: String?, expected: InvalidCredentials
    ) {
        #expect(throws: expected) { try Credentials(key: key, secret: secret, workspaceUID: uid) }
        #expect(!expected.description.contains("Evil"))
    }

    @Test func `nothing shows the secret`() throws {
        let credentials = try Credentials(key: "key-1234", secret: "s3cret-value")
        let endpoint = try Endpoint("https://api.example.com")
        let client = WorkspaceClient(
            endpoint: endpoint, credentials: credentials, transport: ScriptedTransport([]))
        let proxy = try Proxy("http://u:s3cret-value@p:1", variable: "X")
        let found = FoundCredentials(endpoint: endpoint, credentials: credentials)
        for value in [credentials, client, proxy, found, [credentials] as [Credentials]] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for shown in [dumped, "\(value)", String(reflecting: value)] {
                #expect(!shown.contains("s3cret"))
                #expect(!shown.contains("key-1234"))
            }
        }
    }

    @Test func `a company token is good for another workspace, and nothing else is`() throws {
        let endpoint = try Endpoint("https://api.example.com")
        let company = FoundCredentials(
            endpoint: endpoint, credentials: try Credentials(key: nil, secret: "prdm_cmp_1", workspaceUID: "w"))
        #expect(try company.workspace("v")?.workspaceName == "https://api.example.com#v")
        #expect(throws: InvalidCredentials.unsendable(.workspaceUID)) { try company.workspace("v\u{0}") }
        let single = FoundCredentials(endpoint: endpoint, credentials: try Credentials(key: "k", secret: "s"))
        #expect(try single.workspace("v") == nil)
    }
}
