import Foundation
import Testing

/// Answers that mean harm end in a sentence, in time, and without taking the machine's memory.
@Suite(.waiting) struct HostileAnswerTests {
    private let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        rollcall.environment["PARADIME_API_KEY"] = "key"
        rollcall.environment["PARADIME_API_SECRET"] = "secret"
        try rollcall.write("email,account type\nann@acme.io,DEVELOPER\n", to: "people.csv")
    }

    @Test(
        arguments: [
            (HostileServer.Mode.gigabyte, Int32(2), "exceeds 512000000 bytes"),
            (.announcedGigabyte, 2, "exceeds 512000000 bytes"),
            (.endlessHead, 69, "could not be reached"),
            (.gzipBomb, 2, "text that is not JSON"),
            (.deep, 2, "incomplete or malformed JSON"),
            (.nul, 2, "JSON in which data.listUsers.activeUsers[1].uid has a NUL character; it is not used"),
            (.redirect, 2, "redirect to localhost; check that this is the endpoint of the API"),
        ])
    func `a hostile list`(mode: HostileServer.Mode, status: Int32, sentence: String) throws {
        let server = try HostileServer(mode, for: rollcall)
        _ = server
        let run = try rollcall.run("invite", "people.csv", "--yes")
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(try rollcall.run("runs").output == "")
    }

    @Test func `traps in a list are text in every report, and nothing on the terminal`() throws {
        let server = try HostileServer(.traps, for: rollcall)
        _ = server
        let users = try rollcall.run("users")
        #expect(users.status == 0, "\(users.errors)")
        let review = try rollcall.run(
            "review", "--out", "evidence", "--format", "xlsx,html,csv,json,vanta,entra", "--split-by", "accountType")
        #expect(review.status == 0, "\(review.errors)")
        for text in [users.output, users.errors, review.output, review.errors] {
            #expect(!text.contains("\u{1b}") && !text.contains("\u{7}") && !text.contains("\u{202e}"))
        }
        let check = try rollcall.run("verify", "evidence")
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        for file in ["review.xlsx", "review.csv"] {
            let run = try rollcall.run("apply", "evidence/\(file)", "--dry-run")
            #expect(!run.errors.contains("was edited") && !run.errors.contains("cannot be read"), "\(run.errors)")
        }
        #expect(try !rollcall.read("evidence/review.html").contains("<script>alert"))
    }

    @Test func `a certificate that nobody vouches for ends the command before a secret leaves`() throws {
        try rollcall.shell(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout k.pem -out c.pem "
                + "-days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null")
        let free = "import socket; s = socket.socket(); s.bind((\"127.0.0.1\", 0)); print(s.getsockname()[1])"
        let printed = try rollcall.shell("python3 -c '\(free)'")
        let port = try #require(Int(printed.dropLast()))
        let server = try Running(
            ["s_server", "-accept", String(port), "-cert", "c.pem", "-key", "k.pem", "-quiet"],
            of: URL(fileURLWithPath: "/usr/bin/openssl"), folder: rollcall.folder,
            environment: ["PATH": rollcall.environment["PATH"] ?? ""], input: nil)
        defer { server.signal(SIGKILL) }
        try rollcall.shell("bash -c 'until : 2>/dev/null </dev/tcp/127.0.0.1/\(port); do sleep 0.05; done'")
        rollcall.environment["PARADIME_API_ENDPOINT"] = "https://localhost:\(port)/"
        let run = try rollcall.run("users")
        #expect(run.status == 69, "\(run.errors)")
        #expect(run.errors.contains("the certificate is self-signed; to trust it, set"), "\(run.errors)")
        #expect(try !server.outputSoFar().contains("secret"))
    }
}
