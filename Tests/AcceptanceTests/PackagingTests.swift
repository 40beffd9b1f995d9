import Domain
import Foundation
import Testing

/// The files in `Packaging/` name each other's files, folders and variables; nothing compiles them.
@Suite struct PackagingTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Rollcall.repository.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func `the package has every field that the control file asks for`() throws {
        let script = try Self.text("Packaging/build-deb")
        let names = try Self.text("Packaging/control.in").matches(of: #/@([A-Z_]+)@/#).map(\.output.1)
        #expect(names.count == 5)
        for name in names { #expect(script.contains("s/@\(name)@/"), "\(name)") }
    }

    @Test func `the workflow installs the package of this version, and only after it checked it`() throws {
        let version = programVersion
        let workflow = try Self.text("samples/quarterly-review.github-actions.yml")
        let revision = try #require(try Self.text("Packaging/build-deb").firstMatch(of: #/tr - '~'\)-(\d+)\n/#)).output
            .1
        #expect(workflow.contains("ROLLCALL_VERSION: \(version)\n"))
        #expect(workflow.contains("rollcall_${ROLLCALL_VERSION}-\(revision)_amd64.deb"))
        let check = try #require(workflow.range(of: "sha256sum --check --strict")).lowerBound
        #expect(try #require(workflow.range(of: "\"./$package\"")).lowerBound > check)
        #expect(!workflow.contains("make release"))
    }

    @Test func `the image has its ledger in its volume, and is checked with its own base images`() throws {
        let file = try Self.text("Packaging/Containerfile")
        let check = try Self.text("Packaging/check-container")
        let volume = try #require(file.firstMatch(of: #/\nVOLUME (\S+)\n/#)).output.1
        #expect(file.contains(" XDG_STATE_HOME=\(volume)\n"))
        #expect(file.contains(" -m 700 \(volume) "))
        for base in file.matches(of: #/\nFROM (\S+)/#).map(\.output.1) {
            #expect(check.contains("-t \(base) "), "\(base)")
        }
        // A build argument stays in the history of the image.
        #expect(!file.contains(#/\n *(ARG|ENV) .*(KEY|SECRET|TOKEN|PASSWORD)/#))
    }

    @Test func `the build of the image gets files that exist`() throws {
        let lines = try Self.text("Packaging/Containerfile.dockerignore").split(separator: "\n")
        let sent = lines.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
        #expect(lines.contains("*") && sent.contains("Sources"))
        for name in sent where name != "Package.resolved" {
            let path = Rollcall.repository.appendingPathComponent(name).path
            #expect(FileManager.default.fileExists(atPath: path), "\(name)")
        }
    }
}
