import Foundation
import Testing

/// Signatures of the chain of evidence, with keys that are made for the test.
@Suite(.waiting) struct SigningTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// Makes a key, and `allowed` with its owner.
    private func makeKey(_ name: String = "key", type: String = "ed25519", passphrase: String = "") throws {
        try rollcall.shell("ssh-keygen -q -t \(type) -N '\(passphrase)' -C '' -f \(name)")
        try rollcall.shell("echo \"ada@acme.io namespaces=\\\"rollcall\\\" $(cat \(name).pub)\" > allowed")
    }

    private func review(_ options: String...) throws -> Finished {
        try rollcall.start(["review", "--sandbox", "--out", "rev", "--format", "csv"] + options).wait()
    }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: rollcall.folder.appendingPathComponent(name).path)
    }

    @Test(arguments: ["ed25519", "rsa", "ecdsa"])
    func `ssh-keygen itself accepts the signature, and verify names the signer`(type: String) throws {
        try makeKey(type: type)
        let run = try review("--sign", "key")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("Signed: rev/SHA256SUMS.sig (\(type.uppercased()) key SHA256:"), "\(run.errors)")
        let accepted = try rollcall.shell(
            "ssh-keygen -Y verify -f allowed -I ada@acme.io -n rollcall -s rev/SHA256SUMS.sig < rev/SHA256SUMS; echo $?"
        )
        #expect(accepted.hasSuffix("0\n"))
        #expect(try rollcall.shell("cd rev && sha256sum -c --quiet SHA256SUMS && echo same") == "same\n")
        let verified = try rollcall.run("verify", "rev", "--allowed-signers", "allowed")
        #expect(verified.status == 0, "\(verified.all)")
        #expect(verified.output.contains("SHA256SUMS: signed by ada@acme.io with \(type.uppercased()) key SHA256:"))
        let unknown = try rollcall.run("verify", "rev")
        #expect(unknown.status == 0, "\(unknown.all)")
        #expect(unknown.output.contains("to check who signed, name the allowed signers"), "\(unknown.output)")
    }

    @Test func `every link of a review is signed, and a resume signs what it adds`() throws {
        let server = try WorkspaceServer(
            rollcall,
            users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@acme.io BUSINESS"])
        try makeKey()
        let export = try rollcall.run(
            "review", "--out", "rev", "--reviewer", "Grace Hopper", "--approver", "Alan Turing", "--sign", "key")
        #expect(export.status == 0, "\(export.errors)")
        let first = try rollcall.applyReview(
            ["default=Approve::ok", "bob@acme.io=Revoke", "cleo@acme.io=Change role:BUSINESS"], maxRemovals: "50%",
            ["--first", "1", "--sign", "key"])
        #expect(exists("rev/remediation.SHA256SUMS.sig"), "\(first.errors)")
        let before = try rollcall.read("rev/remediation.SHA256SUMS.sig")
        // Without its key, it sends nothing.
        try rollcall.shell("mv key hidden")
        let refused = try rollcall.run("runs", "resume", "last", "--yes")
        #expect(refused.status == 2, "\(refused.errors)")
        #expect(refused.errors.contains("nothing was sent"), "\(refused.errors)")
        try rollcall.shell("mv hidden key")
        let resumed = try rollcall.run("runs", "resume", "last", "--yes", "--max-removals", "50%")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try rollcall.read("rev/remediation.SHA256SUMS.sig") == before)
        #expect(exists("rev/remediation-2.SHA256SUMS.sig"), "\(resumed.errors)")
        #expect(try server.types()["bob@acme.io"] == nil)
        let closed = try rollcall.run("review", "close", "rev", "--sign", "key", "--output", "json")
        #expect(closed.status == 0, "\(closed.errors)")
        #expect(closed.output.contains("closing.SHA256SUMS\",\"signedWith\":\"ED25519 key SHA256:"), "\(closed.output)")
        let verified = try rollcall.run("verify", "rev", "--allowed-signers", "allowed")
        #expect(verified.status == 0, "\(verified.all)")
        #expect(verified.output.matches(of: #/signed by ada@acme\.io/#).count == 4, "\(verified.output)")
        for name in ["evidence.json", "remediation.record.json", "closing.record.json"] {
            try expectProvenance(name)
        }
    }

    private func expectProvenance(_ name: String) throws {
        struct Record: Decodable {
            struct Provenance: Decodable {
                struct Program: Decodable { var version: String, libraries: [String] }
                struct API: Decodable { var host: String, credentials: String?, date: String? }
                var user: String, host: String, program: Program, api: API?
            }
            var provenance: Provenance
        }
        let text = try rollcall.read("rev/" + name)
        let provenance = try JSONDecoder().decode(Record.self, from: Data(text.utf8)).provenance
        #expect(provenance.user == NSUserName() && !provenance.host.isEmpty)
        #expect(provenance.program.libraries.contains { $0.hasPrefix("SQLite ") })
        #expect(provenance.api?.host == "127.0.0.1" && provenance.api?.date != nil)
        #expect(provenance.api?.credentials?.count == 16)
        #expect(!text.contains("\"secret\""))
    }

    @Test func `a public key signs by ssh-agent`() throws {
        try makeKey()
        let run = try rollcall.start(
            line:
                "ssh-agent sh -c 'ssh-add -q key && rm key && \"$ROLLCALL\" review --sandbox --out rev --sign key.pub'"
        ).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.run("verify", "rev", "--allowed-signers", "allowed").status == 0)
    }

    @Test func `SSH_ASKPASS can give the passphrase, and without it and a terminal nothing is written`() throws {
        try makeKey(passphrase: "open sesame")
        let line = "setsid -w \"$ROLLCALL\" review --sandbox --out rev --sign key"
        let refused = try rollcall.start(line: line).wait()
        #expect(refused.status == 2, "\(refused.errors)")
        #expect(refused.errors.contains("ssh-keygen could not sign with"), "\(refused.errors)")
        #expect(!exists("rev"))
        try rollcall.shell("printf '#!/bin/sh\\necho open sesame\\n' > ask && chmod +x ask")
        let run = try rollcall.start(line: "SSH_ASKPASS=$PWD/ask SSH_ASKPASS_REQUIRE=force \(line)").wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(exists("rev/SHA256SUMS.sig"))
        #expect(!run.all.contains("sesame"))
    }

    @Test(arguments: [
        ("key", "", "ssh-keygen is not installed (package openssh-client)"),
        ("nowhere", nil, "No such file or directory"), ("rubbish", nil, "ssh-keygen could not sign with"),
    ])
    func `a key that cannot sign is refused before anything is written`(
        key: String, path: String?, words: String
    ) throws {
        try makeKey()
        try rollcall.write("no key\n", to: "rubbish")
        if let path { rollcall.environment["PATH"] = rollcall.folder.path + path }
        let run = try review("--sign", key)
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains(words) && run.errors.contains("nothing was written"), "\(run.errors)")
        #expect(!exists("rev"))
    }

    /// What happens to the folder or to `allowed`, and what verify says then.
    static let faults: [(shell: String, options: [String], words: String)] = [
        ("sort -r -o rev/SHA256SUMS rev/SHA256SUMS", [], "the signature is not one of this file"),
        ("sign rollcall < other > rev/SHA256SUMS.sig", [], "the signature is not one of this file"),
        ("sign git < rev/SHA256SUMS > rev/SHA256SUMS.sig", [], "namespace does not match"),
        ("echo nonsense > rev/SHA256SUMS.sig", [], "is not a signature of ssh-keygen"),
        ("rm rev/SHA256SUMS.sig", [], "SHA256SUMS is not signed"),
        (
            "ssh-keygen -q -t ed25519 -N '' -f b && sed -i \"s# ssh.*# $(cut -d' ' -f1,2 b.pub)#\" allowed", [],
            "does not authorise"
        ),
        ("sed -i 's/namespaces/valid-before=\"20200101\",namespaces/' allowed", [], "key has expired"),
        ("sed -i 's/namespaces/valid-after=\"20990101\",namespaces/' allowed", [], "key is not yet valid"),
        ("sed -i 's/\"rollcall\"/\"git\"/' allowed", [], "not permitted for use in signature namespace"),
        ("true", ["--revoked-keys", "key.pub"], "revoked"),
        (": > allowed", [], "does not authorise"),
        ("echo 'nonsense \u{1b}[2J' > allowed", [], "does not authorise"),
    ]

    @Test(arguments: faults.indices)
    func `a signature that does not hold fails`(number: Int) throws {
        let fault = Self.faults[number]
        try makeKey()
        try rollcall.write("another file", to: "other")
        try #require(review("--sign", "key").status == 0)
        try rollcall.shell("sign() { ssh-keygen -q -Y sign -f key -n \"$1\"; }; \(fault.shell)")
        let run = try rollcall.start(["verify", "rev", "--allowed-signers", "allowed"] + fault.options).wait()
        #expect(run.status == 1, "\(run.all)")
        #expect(run.output.contains(fault.words), "\(run.output)")
        #expect(!run.all.contains("\u{1b}"))
    }

    @Test func `a signer of the past stays authorised for the past`() throws {
        try makeKey()
        try #require(review("--sign", "key").status == 0)
        try rollcall.shell(
            "sed -i 's/namespaces/valid-after=\"20200101\",valid-before=\"20990101\",namespaces/' allowed")
        #expect(try rollcall.run("verify", "rev", "--allowed-signers", "allowed").status == 0)
        let missing = try rollcall.run("verify", "rev", "--allowed-signers", "nowhere")
        #expect(missing.status == 2 && missing.errors.contains("nowhere is not a readable file"), "\(missing.errors)")
    }

    @Test func `the allowed signers of git are used, but not those of a repository`() throws {
        try makeKey()
        try #require(review("--sign", "key").status == 0)
        try rollcall.shell("git init -q . && git config gpg.ssh.allowedSignersFile \"$PWD/allowed\"")
        #expect(try rollcall.run("verify", "rev").output.contains("name the allowed signers"))
        try rollcall.shell("HOME=$PWD git config --global gpg.ssh.allowedSignersFile '~/allowed'")
        let run = try rollcall.run("verify", "rev")
        #expect(run.status == 0, "\(run.all)")
        #expect(
            run.output.replacing(#/\s+/#, with: " ").contains(
                "by \(rollcall.folder.path)/allowed (gpg.ssh.allowedSignersFile of git)"), "\(run.output)")
    }

    @Test func `review seal signs what is not signed, but nothing that was changed`() throws {
        try makeKey()
        try #require(review().status == 0)
        #expect(try rollcall.run("review", "seal", "rev").status == 2)
        let sealed = try rollcall.run("review", "seal", "rev", "--sign", "key", "--output", "json")
        #expect(sealed.status == 0, "\(sealed.errors)")
        #expect(try rollcall.validate(sealed.output, against: "output-review-seal") == "valid")
        let signature = try rollcall.read("rev/SHA256SUMS.sig")
        #expect(try rollcall.run("review", "seal", "rev", "--sign", "key").status == 0)
        #expect(try rollcall.read("rev/SHA256SUMS.sig") == signature)
        try rollcall.shell("rm rev/SHA256SUMS.sig && echo >> rev/review.csv")
        let refused = try rollcall.run("review", "seal", "rev", "--sign", "key")
        #expect(refused.status == 2, "\(refused.errors)")
        #expect(!exists("rev/SHA256SUMS.sig"))
    }

    @Test func `the reviews of all workspaces are signed, each and together`() throws {
        try makeKey()
        let run = try review("--all-workspaces", "--sign", "key")
        #expect(run.status == 0, "\(run.errors)")
        let verified = try rollcall.run("verify", "rev", "--allowed-signers", "allowed")
        #expect(verified.status == 0, "\(verified.all)")
        #expect(verified.output.matches(of: #/signed by ada@acme\.io/#).count > 2, "\(verified.output)")
    }

    @Test func `a seal of nothing is not evidence`() throws {
        try #require(review().status == 0)
        try rollcall.write("x", to: "rev/closing.SHA256SUMS.sig")
        let run = try rollcall.run("verify", "rev")
        #expect(run.status == 1 && run.output.contains("closing.SHA256SUMS.sig is not in SHA256SUMS"), "\(run.output)")
    }
}
