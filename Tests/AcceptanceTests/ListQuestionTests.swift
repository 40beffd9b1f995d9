import Foundation
import Testing

/// What is asked about the words of a list, at a terminal.
@Suite struct ListQuestionTests {
    private func invite(_ rollcall: Rollcall, answers: [String], _ options: String = "") throws -> String {
        try rollcall.onTerminal(answers: answers, "invite people.csv --sandbox \(options)")
    }

    @Test func `each word is asked about once, and the answers can be kept`() throws {
        let rollcall = try Rollcall()
        try rollcall.write(
            "Email,Role\na@acme.io,Member\nb@acme.io,member\nc@acme.io,Guest\nd@acme.io,Viewer\n", to: "people.csv")
        try rollcall.write("# mine\nprofile: acme\nprofiles:\n  acme:\n    rate: 20/s\n", to: "config.yaml")
        rollcall.environment["ROLLCALL_CONFIG"] = rollcall.folder.path + "/config.yaml"
        let drawn = try invite(rollcall, answers: ["boss", "developer", "", "Business", "y", "y"])
        #expect(drawn.components(separatedBy: "\"Member\" (2 rows)").count == 3)
        #expect(drawn.contains("\"boss\" is not an account type"))
        #expect(drawn.contains("send              3  2 DEVELOPER, 1 BUSINESS"))
        #expect(drawn.contains("Guest  line 4"))
        #expect(
            try rollcall.rows("people.practice.results.csv").map { $0[5] } == [
                "succeeded", "succeeded", "rejected", "succeeded",
            ])
        #expect(
            try rollcall.read("config.yaml") == "# mine\nprofile: acme\nprofiles:\n  acme:\n"
                + "    accountTypes: [\"Member=DEVELOPER\", \"Viewer=BUSINESS\"]\n    rate: 20/s\n")
        // The next time nobody is asked about them.
        try rollcall.write("Email,Role\ne@acme.io,MEMBER\n", to: "people.csv")
        #expect(try invite(rollcall, answers: ["y"]).contains("send              1  1 DEVELOPER"))
    }

    @Test func `somebody who is in by one row and out by another is neither sent nor forgotten`() throws {
        let rollcall = try Rollcall()
        try rollcall.write(
            "Email,Role,Status\na@acme.io,ADMIN,Terminated\nA@acme.io,ANALYST,Active\nb@acme.io,ANALYST,Active\n",
            to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--sandbox", "--yes", "--only", "Status=Active")
        #expect(run.status == 1)
        #expect(try rollcall.rows("people.practice.results.csv").map { $0[5] } == ["skipped", "rejected", "succeeded"])
        #expect(run.errors.contains("people.csv:3:1: error: A@acme.io is left out in line 2"))
        #expect(run.errors.contains("every person with at least one included row: --any-row"))
        let again = try rollcall.run(
            "invite", "people.csv", "--sandbox", "--yes", "--only", "Status=Active", "--any-row", "--results",
            "again.csv")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try rollcall.rows("again.csv").map { $0[5] } == ["skipped", "succeeded", "skipped"])
    }

    @Test func `with --yes nobody is asked`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("Email,Role\na@acme.io,Member\nb@acme.io,DEVELOPER\n", to: "people.csv")
        let drawn = try invite(rollcall, answers: [], "--yes")
        #expect(drawn.contains("1 word is not an account type"))
        #expect(!drawn.contains("Which account type does each word stand for"))
    }
}
