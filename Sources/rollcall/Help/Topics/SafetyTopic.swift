import Domain

/// `rollcall help safety`
enum SafetyTopic {
    static var content: (abstract: String, blocks: [HelpPage.Block]) {
        ("Safety limits and recovery", before + guards + after)
    }

    private static let before: [HelpPage.Block] = [
        .text(
            "rollcall checks the whole list first, for contradictions and against the workspace. The plan shows what "
                + "happens to every row and is sent only after confirmation: at a terminal rollcall asks, elsewhere --yes "
                + "is required. --dry-run shows the plan and sends nothing. --save-plan saves it; 'rollcall apply' later "
                + "sends exactly this plan, or nothing if the workspace has changed."),
        .text(
            "The API cannot enable a user again and cannot cancel an invitation. Changes of account types can be undone: the "
                + "run writes an undo list for 'rollcall set-role'."),
    ]

    private static var guards: [HelpPage.Block] {
        let own = (
            "--self EMAIL",
            "The account that owns these credentials keeps its access and privileges, unless --allow-self is given. It "
                + "has to be an active user."
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
                "The limits apply to the workspace as it would be after the run. Every command that sends checks them before "
                    + "its first request: invite, set-role, disable, apply, runs resume and runs retry. A refusal names the "
                    + "rows and the numbers. Changes that grant access or privileges are sent first; before an ADMIN is "
                    + "removed, the workspace is listed again."),
            .text(
                "Limits can be set on the command line, in the environment and in a profile; a saved plan or a run keeps the "
                    + "limits that were confirmed with it. The strictest value applies: an option can tighten a profile's "
                    + "limit but not relax it. The default applies only if the limit is not set anywhere. All account types "
                    + "except \(ordinary) are privileged, unless privilegedTypes is set."),
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
                "Sends no new rows, waits for requests in flight and records their results. A second Ctrl-C, at least "
                    + "half a second later, ends the process immediately. Signals that the caller ignores, as nohup does, "
                    + "stay ignored."
            ),
            (
                "a killed process",
                "Every row is recorded before its request is sent. 'rollcall runs resume N' lists the workspace, checks "
                    + "unconfirmed rows and sends the rest. The input file is not needed."
            ),
            (
                "an inconclusive response",
                "After a lost response, a 5xx or an error without a code, the request may have taken effect. rollcall lists "
                    + "the workspace and re-sends the row only with proof that it had no effect. Rows that stay unconfirmed "
                    + "are re-sent only with --resend-unknown."
            ),
            (
                "a rate limit",
                "The whole run waits as long as the API asks, at most --max-wait, and halves its rate for a while."
            ),
            (
                "a failed row",
                "A row that the API refuses has failed; the other rows continue. The same error for ten consecutive rows "
                    + "stops the run (--max-failures); these rows stay in its plan."
            ),
            (
                "an implausible user list",
                "A user list that is truncated, or empty although earlier snapshots had users, stops the command. Use "
                    + "--allow-empty if an empty list is correct."
            ),
            (
                "two runs at once",
                "A second run for the same workspace with the same ledger is refused. The message names the active run."
            ),
        ]),
        .text("'rollcall runs' lists all runs. 'rollcall help exit-status' explains the exit statuses for scripts."),
    ]
}
