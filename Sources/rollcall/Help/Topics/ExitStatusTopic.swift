import TerminalIO

extension ExitStatus {
    /// Each status, and when it is given.
    static var terms: [(term: String, meaning: String)] {
        allCases.map { ("\($0.rawValue)", $0.meaning.prefix(1).uppercased() + $0.meaning.dropFirst() + ".") }
    }

    /// `rollcall help exit-status`
    static var topic: (abstract: String, blocks: [HelpPage.Block]) {
        (
            "What the exit status of a command says",
            [
                .terms(terms),
                .heading("In a script"),
                .text(
                    "Status 1 is no failure of the run: all rows have an outcome, and the results file names those that "
                        + "need attention. Rows that failed are sent again by 'rollcall runs retry', rows without an "
                        + "answer by 'rollcall runs resume'."),
                .lines([
                    "rollcall invite people.csv --sandbox --yes --quiet",
                    "case $? in",
                    "  0) echo \"everybody is invited\" ;;",
                    "  1) echo \"look at the results file\" ;;",
                    "  *) echo \"not invited; the reason is on standard error\" ;;",
                    "esac",
                ]),
            ]
        )
    }
}
