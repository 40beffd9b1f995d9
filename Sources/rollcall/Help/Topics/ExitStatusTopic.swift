import TerminalIO

extension ExitStatus {
    /// Each status, and when it is given.
    static var terms: [(term: String, meaning: String)] {
        allCases.map { ("\($0.rawValue)", $0.meaning.prefix(1).uppercased() + $0.meaning.dropFirst() + ".") }
    }

    /// `rollcall help exit-status`
    static var topic: (abstract: String, blocks: [HelpPage.Block]) {
        (
            "Exit statuses",
            [
                .terms(terms),
                .heading("In a script"),
                .text(
                    "Status 1 does not mean that the run failed: every row has an outcome, and the results file shows which rows need "
                        + "attention. 'rollcall runs retry' retries failed rows, 'rollcall runs resume' checks and sends "
                        + "unconfirmed and unsent rows."),
                .lines([
                    "rollcall invite people.csv --sandbox --yes --quiet",
                    "case $? in",
                    "  0) echo \"all invited\" ;;",
                    "  1) echo \"check the results file\" ;;",
                    "  *) echo \"not invited; see standard error\" ;;",
                    "esac",
                ]),
            ]
        )
    }
}
