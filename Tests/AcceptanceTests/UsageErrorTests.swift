import Testing

/// A command line that is wrong is answered with what was probably meant, and where help is.
@Suite(.waiting) struct UsageErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var arguments: String
        var lines: [String]
        var testDescription: String { arguments }

        init(_ arguments: String, _ lines: String...) {
            self.arguments = arguments
            self.lines = lines
        }
    }

    static let cases = [
        Case("reveiw", "Unknown command 'rollcall reveiw'. Did you mean 'rollcall review'?", "See 'rollcall --help'."),
        Case(
            "runs shwo 3", "Unknown command 'rollcall runs shwo'. Did you mean 'rollcall runs show'?",
            "See 'rollcall runs --help'."),
        Case("show 3", "Unknown command 'rollcall show'. Did you mean 'rollcall runs show'?", "See 'rollcall --help'."),
        Case("runs 3", "A run needs a command. Did you mean 'rollcall runs show 3'?", "See 'rollcall runs --help'."),
        Case("-v", "Unknown option '-v'.", "Did you mean '--version', or '--log-level debug' to log requests?"),
        Case("frobnicate", "Unknown command 'rollcall frobnicate'.", "See 'rollcall --help'."),
        Case(
            "invite a.csv --drry-run", "Unknown option '--drry-run'. Did you mean '--dry-run'?",
            "See 'rollcall invite --help'."),
        Case(
            "review --format csv,xslx", "--format does not take 'csv,xslx'. Did you mean 'xlsx'?"),
        Case(
            "runs --color=alwys", "--color does not take 'alwys'. Did you mean 'always'?",
            "--color takes auto, always, never.", "See 'rollcall runs list --help'."),
        Case(
            "invite a.csv --log-level loud", "--log-level does not take 'loud'.",
            "--log-level takes off, debug, trace.",
            "See 'rollcall invite --help'."),
        Case("invite", "Missing expected argument '<file>'", "<file>  The list of people; - reads standard input."),
        Case("review --due 2026-02-30", "--due 2026-02-30 is not a date such as 2026-12-15."),
        Case("invite a.csv --rate fast", "The value 'fast' is invalid for '--rate <N/s>'"),
        Case("invite a.csv --rate \u{1b}[2J", "The value '\\u{1b}[2J' is invalid for '--rate <N/s>'"),
        Case(
            "--sandbox users", "Unknown option '--sandbox'",
            "Options go behind the command, as in 'rollcall users --sandbox'."),
        Case("help csvv", "there is no help on 'csvv'. Did you mean 'csv'?", "See 'rollcall help'."),
        Case("help runs shwo", "there is no help on 'runs shwo'. Did you mean 'show'?", "See 'rollcall help'."),
    ]

    @Test(arguments: cases)
    func `a wrong command line`(wrong: Case) throws {
        let program = try Rollcall()
        let run = try program.start(wrong.arguments.split(separator: " ").map(String.init)).wait()
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("rollcall: error: " + wrong.lines.joined(separator: "\n") + "\n"), "\(run.errors)")
        #expect(!run.errors.contains("Usage: "))
    }

    @Test func `an account type that there is none of`() throws {
        let program = try Rollcall()
        let run = try program.run("invite", "a.csv", "--account-type", "DEVELOPPER")
        #expect(run.status == 64)
        #expect(run.errors.contains("Did you mean 'DEVELOPER'?"), "\(run.errors)")
    }

    @Test func `an account type in another spelling`() throws {
        let program = try Rollcall()
        try program.write("email\nbob@acme.io\n", to: "a.csv")
        let run = try program.run("invite", "a.csv", "--sandbox", "--dry-run", "--account-type", "Workspace admin")
        #expect(run.status == 0)
        #expect(run.all.contains("1 WORKSPACE_ADMIN"), "\(run.all)")
    }
}
