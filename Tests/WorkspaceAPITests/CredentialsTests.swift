import Foundation
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
        let found = FoundCredentials(endpoint: endpoint, credentials: credentials, warnings: [])
        for value in [credentials, client, proxy, found, [credentials] as [Credentials]] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for shown in [dumped, "\(value)", String(reflecting: value)] {
                #expect(!shown.contains("s3cret"))
                #expect(!shown.contains("key-1234"))
            }
        }
    }

    @Test func `dotenv`() {
        let text = """
            \u{feff}# comment
            export A=1\r
              B = two words # said
            C='it # stays \\n'
            D="a \\"b\\"\\nc" # x
            E=a#b
            F=
            nonsense s3cret
            G="open
            A=2
            """
        let parsed = Dotenv(text)
        #expect(
            parsed.values == [
                "A": "2", "B": "two words", "C": "it # stays \\n", "D": "a \"b\"\nc", "E": "a#b", "F": "",
            ])
        #expect(parsed.unreadableLines == [8, 9])
    }
}

@Suite struct CredentialSourceTests {
    private let full = [
        "PARADIME_API_ENDPOINT": "https://api.example.com/graphql", "PARADIME_API_KEY": "k", "PARADIME_API_SECRET": "s",
    ]

    @Test func `the environment comes before the profile, the profile before the file`() throws {
        try withHome("PARADIME_API_KEY=file\nPARADIME_API_SECRET=file\nPARADIME_API_ENDPOINT=https://file") { home in
            let found = try CredentialSource(
                environment: ["PARADIME_API_KEY": "env", "PARADIME_API_SECRET": ""],
                profile: ["PARADIME_API_KEY": "profile", "PARADIME_API_SECRET": "profile"], homeFolder: home
            ).find()
            #expect(found.credentials == (try Credentials(key: "env", secret: "profile")))
            #expect(found.endpoint.host == "file")
            #expect(found.warnings == [])
        }
    }

    @Test(arguments: ["PARADIME_API_ENDPOINT", "PARADIME_API_KEY", "PARADIME_API_SECRET"])
    func `a missing variable is named, with the places`(name: String) {
        let source = CredentialSource(environment: full.filter { $0.key != name }, homeFolder: "/nowhere")
        let error = #expect(throws: CredentialFailure.self) { try source.find() }
        #expect(
            error?.description == "\(name) is not set; looked in the environment and /nowhere/.paradime/credentials")
    }

    @Test func `a file that others can read is warned about, and so is a line that means nothing`() throws {
        try withHome("oops s3cret", mode: 0o644) { home in
            let found = try CredentialSource(environment: full, homeFolder: home).find()
            let file = home + "/.paradime/credentials"
            #expect(
                found.warnings == [
                    "\(file):1: this line is not NAME=value and is passed over",
                    "\(file) can be read by other people on this machine; run: chmod 600 \(file)",
                ])
        }
    }

    @Test func `an endpoint that cannot be used is an error about the variable`() {
        var environment = full
        environment["PARADIME_API_ENDPOINT"] = "http://u:s3cret@api.example.com"
        let source = CredentialSource(environment: environment, homeFolder: "/nowhere")
        #expect(throws: CredentialFailure.endpoint(.containsCredentials)) { try source.find() }
    }

    private func withHome(_ text: String, mode: Int = 0o600, _ body: (String) throws -> Void) throws {
        let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let folder = home.appending(path: ".paradime")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let file = folder.appending(path: "credentials")
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        try body(home.path)
    }
}
