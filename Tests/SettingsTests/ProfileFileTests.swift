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
}
