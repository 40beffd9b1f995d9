import Foundation
import Testing

/// Bad input ends in a clear sentence and exit 2, before anything is sent.
@Suite(.waiting) struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]?
        var sentence: String
        var testDescription: String { name }
    }

    static let files = [
        Case(name: "missing.csv", bytes: nil, sentence: "missing.csv"),
        Case(name: "empty.csv", bytes: [], sentence: "empty"),
        Case(name: "no-email.csv", bytes: Array("name,role\nBob,DEVELOPER\n".utf8), sentence: "email"),
        Case(
            name: "latin1.csv", bytes: Array("email,role\nj".utf8) + [0xf6] + Array("rg@acme.io,DEVELOPER\n".utf8),
            sentence: "save it again as UTF-8"),
        Case(
            name: "latin1-name.csv",
            bytes: Array("name,email,role\nJ".utf8) + [0xf6] + Array("rg,j@acme.io,DEVELOPER\n".utf8),
            sentence: "\"Jörg\" with --encoding windows-1252"),
        Case(name: "book.csv", bytes: [0x50, 0x4b, 3, 4] + [UInt8](repeating: 0, count: 60), sentence: "CSV"),
        Case(name: "no-type.csv", bytes: Array("email\nbob@acme.io\n".utf8), sentence: "--account-type"),
    ]

    @Test(arguments: files)
    func `a file that is no list`(file: Case) throws {
        let rollcall = try Rollcall()
        if let bytes = file.bytes { try Data(bytes).write(to: rollcall.folder.appendingPathComponent(file.name)) }
        let run = try rollcall.run("invite", file.name, "--sandbox", "--yes")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains("rollcall: error: \(file.name) "), "\(run.errors)")
        #expect(run.errors.contains(file.sentence), "\(run.errors)")
    }

    @Test func `a folder`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run("invite", ".", "--sandbox", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("folder"))
    }

    @Test func `an unknown encoding`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("email,role\nbob@acme.io,DEVELOPER\n", to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--sandbox", "--yes", "--encoding", "klingon")
        #expect(run.status == 2)
        #expect(run.errors.contains("klingon"))
    }

    @Test func `no credentials`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("email,role\nbob@acme.io,DEVELOPER\n", to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("PARADIME_API_ENDPOINT"))
    }

    @Test(
        arguments: [
            ("not a url", 2), ("http://api.example.com/graphql", 2), ("http://127.0.0.1:1/", 69),
        ] as [(String, Int32)])
    func `an endpoint that is none`(endpoint: String, status: Int32) throws {
        let rollcall = try Rollcall()
        rollcall.environment["PARADIME_API_ENDPOINT"] = endpoint
        rollcall.environment["PARADIME_API_KEY"] = "k"
        rollcall.environment["PARADIME_API_SECRET"] = "s"
        try rollcall.write("email,role\nbob@acme.io,DEVELOPER\n", to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains("rollcall: error: "))
    }

    @Test func `an endpoint that answers with a login page`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox("--fault", "html@all=1")
        try rollcall.write("email,role\nbob@acme.io,DEVELOPER\n", to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains("HTML"), "\(run.errors)")
    }

    @Test func `a wrong option is wrong usage`() throws {
        let rollcall = try Rollcall()
        #expect(try rollcall.run("invite", "p.csv", "--bogus").status == 64)
        for rate in ["fast", "0/s", "1e-300/h", "1e9/s", "nan", "inf"] {
            #expect(try rollcall.run("invite", "p.csv", "--rate", rate).status == 64, "\(rate)")
        }
    }

    @Test(arguments: ["p.csv", "none/r.csv", "folder.csv"])
    func `results with nowhere to go send nothing`(results: String) throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        let text = "email,role\nbob@acme.io,DEVELOPER\n"
        try rollcall.write(text, to: "p.csv")
        try FileManager.default.createDirectory(
            at: rollcall.folder.appendingPathComponent("folder.csv"), withIntermediateDirectories: false)
        let run = try rollcall.run("invite", "p.csv", "--yes", "--results", results)
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains(results), "\(run.errors)")
        #expect(try sandbox.invites().isEmpty)
        #expect(try rollcall.read("p.csv") == text)
    }
}
