import Domain

/// `rollcall help safety`
enum SafetyTopic {
    static var content: (abstract: String, blocks: [HelpPage.Block]) {
        ("Safety limits and recovery", before + guards + after)
    }

    private static let before: [HelpPage.Block] = [
        .text(
            "The whole list is checked first, against itself and against the workspace. The plan says what becomes of every "
                + "row, and is sent only if you agree: on a terminal rollcall asks, elsewhere --yes is needed. --dry-run "
                + "shows the plan and sends nothing. --save-plan writes it to a file; 'rollcall apply' sends exactly that "
                + "plan later, or nothing if the workspace has moved on."),
        .text(
            "The API cannot enable a user again and cannot take an invite back. Role changes can be undone: they leave a "
                + "list that 'rollcall set-role' takes back."),
    ]

    private static var guards: [HelpPage.Block] {
        let own = (
            "--self EMAIL",
            "The account of these credentials keeps its access and privileges, unless --allow-self is given. An address "
                + "that no active user has is refused."
        )
        return [
            .heading("Safety limits and how to override them"),
            .terms(
                SafetyLimit.allCases.map { limit in
                    (
                        "\(limit.option) \(limit.facts.valueName)",
                        "\(limit.facts.refuses) Default: \(limit.standard.text)."
                    )
                } + [own]),
            .text(
                "The limits apply to the state that the workspace would be left in. They are checked before the first "
                    + "request of every command that sends: invite, set-role, disable, apply, runs resume and runs retry. A "
                    + "refusal names the rows and the numbers. Users who gain access or privileges go first; before anybody "
                    + "loses ADMIN, the workspace is listed once more."),
            .text(
                "A limit can be set on the command line, in the environment and in a profile, and a saved plan or a run keeps "
                    + "the limits that were agreed to. The strictest of them applies: an option can make the limit of a "
                    + "profile stricter, but not looser. The default applies only where none of them sets the limit. Every "
                    + "account type except \(ordinary) counts as privileged, unless privilegedTypes is set."),
        ]
    }

    private static var ordinary: String {
        PrivilegedTypes.ordinary.sorted().listed("and")
    }

    private static let after: [HelpPage.Block] = [
        .heading("When something goes wrong"),
        .terms([
            (
                "Ctrl-C",
                "No new rows are sent; requests in flight are waited for and written down. Ctrl-C again, half a second "
                    + "later or more, ends the process at once. A signal that the caller ignores, as nohup does, stays "
                    + "ignored."
            ),
            (
                "a killed process",
                "Every row was written down before its request left. 'rollcall runs resume N' lists the workspace, checks "
                    + "unconfirmed rows and sends the rest. The list itself is not needed for it."
            ),
            (
                "an answer that proves nothing",
                "A lost answer, a 5xx or an error without a code may hide an effect, so the row is not simply sent again: "
                    + "rollcall lists the workspace, and sends it again only with proof that it had no effect. Rows that "
                    + "stay unknown are sent again only with --resend-unknown."
            ),
            (
                "a busy API",
                "A rate limit makes the whole run wait for as long as the API asks, at most --max-wait, and halves its "
                    + "rate for a while."
            ),
            (
                "a bad row",
                "A row that is refused has failed, and the others go on. The same answer for ten rows in a row stops the "
                    + "run (--max-failures), and those rows stay in its plan."
            ),
            (
                "an odd list of users",
                "An answer that cannot be right (cut off, or empty where there were people) leads to no run and no report. "
                    + "--allow-empty is for the day when it is right."
            ),
            (
                "two runs at once",
                "The second one to the same workspace with the same ledger is refused, and told which run is at work."
            ),
        ]),
        .text("'rollcall runs' lists all runs. 'rollcall help exit-status' says how a script tells these ends apart."),
    ]
}
