import Foundation
import Testing

/// Time stamps of the chain of evidence, by an authority of openssl on this machine.
@Suite(.waiting) struct TimestampTests {
    private let rollcall: Rollcall
    private let running: Running
    private let url: String

    init() throws {
        rollcall = try Rollcall()
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "tsa_server.py")
        running = try Running(
            [program.path, "tsa"], of: URL(fileURLWithPath: "/usr/bin/python3"), folder: rollcall.folder,
            environment: ["PATH": rollcall.environment["PATH"] ?? ""], input: nil)
        url = "http://127.0.0.1:\(try running.firstLine())/"
    }

    private func withServer(_ body: () throws -> Void) throws {
        defer {
            running.signal(SIGKILL)
            running.process.waitUntilExit()
        }
        try body()
    }

    private func review(_ options: String...) throws -> Finished {
        try rollcall.start(["review", "--sandbox", "--out", "rev", "--format", "csv"] + options).wait()
    }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: rollcall.folder.appendingPathComponent(name).path)
    }

    @Test func `openssl itself accepts the time stamp, and verify states its time`() throws {
        try withServer {
            try rollcall.shell("ssh-keygen -q -t ed25519 -N '' -f key && echo \"ada@acme.io $(cat key.pub)\" > allowed")
            let run = try review("--timestamp", url + "good", "--sign", "key")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.errors.contains("Time stamp: rev/SHA256SUMS.tsr (2"), "\(run.errors)")
            let accepted = try rollcall.shell(
                "openssl ts -verify -data rev/SHA256SUMS -in rev/SHA256SUMS.tsr -CAfile tsa/ca.pem 2>&1")
            #expect(accepted.contains("Verification: OK"), "\(accepted)")
            let headers = try rollcall.read("tsa/requests").lowercased()
            #expect(headers.contains("content-type: application/timestamp-query"))
            #expect(!headers.contains("x-api") && !headers.contains("authorization"))
            let verified = try rollcall.run(
                "verify", "rev", "--tsa-ca", "tsa/ca.pem", "--allowed-signers", "allowed")
            #expect(verified.status == 0, "\(verified.all)")
            #expect(verified.output.contains("SHA256SUMS: existed at 2"), "\(verified.output)")
            #expect(verified.output.replacing(#/\s+/#, with: " ").contains("Z (time stamp) by"), "\(verified.output)")
            let unknown = try rollcall.run("verify", "rev")
            #expect(unknown.status == 0 && unknown.output.contains("to check whose it is"), "\(unknown.output)")
            let other = try rollcall.run("verify", "rev", "--tsa-ca", "tsa/other.pem")
            #expect(other.status == 1 && other.output.contains("is not by an authority of"), "\(other.output)")
            // Of another review, and nonsense.
            try rollcall.shell("mv rev one && mv one/SHA256SUMS.tsr .")
            try #require(review().status == 0)
            try rollcall.shell("cp SHA256SUMS.tsr rev")
            let foreign = try rollcall.run("verify", "rev")
            #expect(foreign.status == 1 && foreign.output.contains("message imprint mismatch"), "\(foreign.output)")
            try rollcall.write("nonsense", to: "rev/SHA256SUMS.tsr")
            #expect(try rollcall.run("verify", "rev").status == 1)
            try rollcall.shell("rm rev/SHA256SUMS.tsr")
            #expect(try rollcall.run("verify", "rev", "--tsa-ca", "tsa/ca.pem").status == 1)
        }
    }

    @Test(arguments: [
        ("garbage", "is not a valid time stamp"), ("rejects", "is not a valid time stamp: no time stamp token"),
        ("nonce", "nonce mismatch"), ("expired", "certificate has expired"), ("status", "sent no time stamp: HTTP 503"),
        ("closed", "sent no time stamp"), ("slow", "no response within 1 s"),
    ])
    func `without a valid time stamp the evidence stays, and the printed command gets one`(
        mood: String, words: String
    ) throws {
        try withServer {
            rollcall.environment["ROLLCALL_TIMEOUT"] = "1"
            let run = try review("--timestamp", url + mood)
            #expect(run.status == 1, "\(run.errors)")
            #expect(run.errors.contains(words), "\(run.errors)")
            #expect(!exists("rev/SHA256SUMS.tsr"))
            #expect(try rollcall.run("verify", "rev").status == 0)
            let command = try #require(run.errors.firstMatch(of: #/rollcall (review seal .*)/#)?.output.1)
            guard mood == "garbage" else { return }
            rollcall.environment["ROLLCALL_TIMEOUT"] = nil
            let again = try rollcall.start(line: "\"$ROLLCALL\" " + command.replacing("garbage", with: "good")).wait()
            #expect(again.status == 0, "\(command): \(again.errors)")
            #expect(try rollcall.run("verify", "rev", "--tsa-ca", "tsa/ca.pem").status == 0)
        }
    }

    @Test func `a certificate that has expired since does not matter`() throws {
        try withServer {
            let run = try review("--timestamp", url + "brief")
            try #require(run.status == 0, "\(run.errors)")
            while try rollcall.shell("openssl x509 -in tsa/brief.pem -noout -checkend 0 >/dev/null && echo valid") != ""
            {
                usleep(200_000)
            }
            #expect(try rollcall.run("verify", "rev", "--tsa-ca", "tsa/ca.pem").status == 0)
        }
    }

    @Test(arguments: ["ftp://example.com", "nonsense", "http://user:word@example.com"])
    func `an address that is none is refused`(address: String) throws {
        try withServer {
            let option = try review("--timestamp", address)
            #expect(option.status == 64, "\(option.errors)")
            rollcall.environment["ROLLCALL_TIMESTAMP_URL"] = address
            let setting = try review()
            #expect(setting.status == 2, "\(setting.errors)")
            #expect(!exists("rev"))
        }
    }

    @Test(arguments: [(3600, "behind"), (-3600, "ahead of"), (30, nil)])
    func `clocks that differ are reported, when the review is written and when it is verified`(
        seconds: Int, words: String?
    ) throws {
        try withServer {
            let server = try WorkspaceServer(rollcall, users: ["ada@acme.io ADMIN"])
            try server.setClock(ahead: seconds)
            let run = try rollcall.run("review", "--out", "rev", "--format", "csv")
            #expect(run.status == 0, "\(run.errors)")
            let verified = try rollcall.run("verify", "rev")
            #expect(verified.status == 0, "\(verified.all)")
            for text in [run.errors, verified.output].map({ $0.replacing(#/\s+/#, with: " ") }) {
                #expect(text.contains("The local clock was ") == (words != nil), "\(text)")
                if let words { #expect(text.contains(" \(words) that of 127.0.0.1"), "\(text)") }
            }
        }
    }
}
