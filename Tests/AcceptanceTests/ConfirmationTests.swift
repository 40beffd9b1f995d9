import Foundation
import Testing

/// What has to be confirmed, and how: the more is at stake, the more has to be typed.
@Suite(.waiting) struct ConfirmationTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    private func ends(_ drawn: String) -> String { String(drawn.suffix(400)) }

    @Test(arguments: [("y", true), ("n", false), ("", false), ("sandbox", false)])
    func `inviting asks for y`(answer: String, isSent: Bool) throws {
        try rollcall.write("email,role\na@acme.io,DEVELOPER\nb@acme.io,ANALYST\n", to: "people.csv")
        let drawn = try rollcall.onTerminal(answers: [answer], "invite people.csv --sandbox; echo STATUS $?")
        #expect(drawn.contains("PRACTICE: Invite 2 people to sandbox? [y/N] "), "\(ends(drawn))")
        #expect(drawn.contains("2 invited, nothing needs attention") == isSent)
        #expect(drawn.contains("Cancelled. Nothing was sent.") != isSent)
        #expect(!drawn.contains("error:"))
    }

    @Test(arguments: [("sandbox", true), ("y", false), ("Sandbox", false), ("", false)])
    func `removing access asks for the name of the workspace`(answer: String, isSent: Bool) throws {
        try rollcall.write("email\ngrace@acme.io\n", to: "leavers.csv")
        let drawn = try rollcall.onTerminal(answers: [answer], "disable leavers.csv --sandbox")
        #expect(drawn.contains("PRACTICE: Disable 1 user in sandbox? This cannot be undone."), "\(ends(drawn))")
        #expect(drawn.contains("1 disabled") == isSent)
        #expect(drawn.contains("Cancelled. Nothing was sent.") != isSent)
    }

    @Test func `a profile is named, and is what has to be typed`() throws {
        let sandbox = try SandboxProcess(rollcall)
        for name in ["ENDPOINT", "KEY", "SECRET"] { rollcall.environment["PARADIME_API_" + name] = nil }
        rollcall.environment["TOKEN"] = "sandbox-secret"
        try rollcall.run(
            "init", "--profile", "acme", "--endpoint", sandbox.url, "--key", "sandbox-key", "--secret-env", "TOKEN")
        try rollcall.write("email\ngrace@acme.io\n", to: "leavers.csv")
        let drawn = try rollcall.onTerminal(answers: ["acme"], "disable leavers.csv")
        #expect(drawn.contains("(profile acme)? This cannot be undone."), "\(ends(drawn))")
        #expect(drawn.contains("1 disabled"))
        #expect(try sandbox.requests("disableUser") == 1)
    }

    @Test func `without a terminal nothing is sent, and the code says why`() throws {
        try rollcall.write("email\ngrace@acme.io\n", to: "leavers.csv")
        let run = try rollcall.run("disable", "leavers.csv", "--sandbox", "--output", "json")
        #expect(run.status == 2)
        #expect(run.output.contains("\"code\":\"confirmationRequired\""))
        #expect(try rollcall.run("disable", "leavers.csv", "--sandbox", "--yes").status == 0)
    }
}
