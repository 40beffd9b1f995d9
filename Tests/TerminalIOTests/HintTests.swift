import Testing

@testable import TerminalIO

/// Commands to paste are about the ledger, the profile and the workspace of the command that prints them.
@Suite struct HintTests {
    @Test(
        arguments: [
            ([], []), (["--ledger", "a b.db"], ["--ledger 'a b.db'"]), (["--ledger=l.db"], ["--ledger l.db"]),
            (["--profile", "acme", "--sandbox"], ["--profile acme", "--sandbox"]),
            (["--ledger", "-l.db"], ["--ledger=-l.db"]), (["--", "--ledger", "l.db"], []),
        ])
    func `the options of a command that others need`(arguments: [String], options: [String]) {
        #expect(Console.sharedOptions(in: ["rollcall", "invite"] + arguments) == options)
    }

    @Test(
        arguments: [
            (["ROLLCALL_LEDGER": "a b.db", "ROLLCALL_RATE": "1/s"], [], ["ROLLCALL_LEDGER='a b.db'"]),
            (["ROLLCALL_LEDGER": "l.db"], ["--ledger x.db"], []),
            (["ROLLCALL_PROFILE": "p", "ROLLCALL_LEDGER": ""], ["--ledger x.db"], ["ROLLCALL_PROFILE=p"]),
            (["ROLLCALL_PROFILE": "p"], ["--profile q"], []),
            (
                ["ROLLCALL_PROFILE": "p", "ROLLCALL_LEDGER": "l", "ROLLCALL_CONFIG": "c.yaml"], [],
                ["ROLLCALL_CONFIG=c.yaml", "ROLLCALL_LEDGER=l", "ROLLCALL_PROFILE=p"]
            ), (["PARADIME_API_SECRET": "s3cret"], [], []),
        ])
    func `the variables that others need`(environment: [String: String], options: [String], variables: [String]) {
        #expect(Console.sharedVariables(in: environment, besides: options) == variables)
    }
}
