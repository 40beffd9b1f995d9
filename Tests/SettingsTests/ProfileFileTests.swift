import Domain
import Foundation
import Testing

@testable import Settings

@Suite struct ProfileFileTests {
    private func added(_ text: String) -> String? {
        ProfileFile.adding(["Member=DEVELOPER"], to: .accountTypes, of: "acme", in: text)
    }

    @Test(
        arguments: [
            (
                "profiles:\n  acme:\n    rate: 1/s # slow\n",
                "profiles:\n  acme:\n    accountTypes: [\"Member=DEVELOPER\"]\n    rate: 1/s # slow\n"
            ),
            ("profiles:\n  acme:\n", "profiles:\n  acme:\n    accountTypes: [\"Member=DEVELOPER\"]\n"),
            (
                "profile: acme\nprofiles: # all\n\n  other:\n    rate: 1/s\n  acme: # mine\n    # why\n      rate: 2/s\n",
                "profile: acme\nprofiles: # all\n\n  other:\n    rate: 1/s\n  acme: # mine\n      accountTypes: "
                    + "[\"Member=DEVELOPER\"]\n    # why\n      rate: 2/s\n"
            ),
            (
                "profiles:\n  acme:\n    accountTypes: [A=ADMIN]\n",
                "profiles:\n  acme:\n    accountTypes: [A=ADMIN, \"Member=DEVELOPER\"]\n"
            ),
        ])
    func `a line is put into the profile, and every other byte stays`(text: String, edited: String) {
        #expect(added(text) == edited)
    }

    @Test(
        arguments: [
            "", "profiles: {acme: {rate: 1/s}}\n", "profiles:\n  other:\n    rate: 1/s\n",
            "profiles:\n  acme:\n    accountTypes:\n      - A=ADMIN\n",
            "profiles:\n  acme:\n    accountTypes: [A=ADMIN] # mine\n", "acme:\n",
        ])
    func `what is not certain is left to its owner`(text: String) {
        #expect(added(text) == nil)
    }

    @Test func `a file behind a symbolic link is replaced, with its permissions, and the link stays`() throws {
        let home = try Home()
        try home.write("profiles:\n  acme:\n    rate: 1/s\n", to: "dotfiles/config.yaml", mode: 0o640)
        try FileManager.default.createDirectory(
            atPath: home.path + "/.config/rollcall", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: home.file, withDestinationPath: home.path + "/dotfiles/config.yaml")
        try ProfileFile(home.file).add(["Member=DEVELOPER"], to: .accountTypes, of: "acme")
        #expect(try home.settings(profile: "acme")[.accountTypes]?.text == "Member=DEVELOPER")
        #expect(FileStatus(path: home.file, followsLinks: false)?.kind == .link)
        #expect(FileStatus(path: home.file)?.permissions == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.path + "/dotfiles") == ["config.yaml"])
    }
}
