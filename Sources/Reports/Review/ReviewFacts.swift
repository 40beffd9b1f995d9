import Domain

/// Where a review's data comes from, and why it can be relied on.
enum ReviewFacts {
    static func groups(
        _ source: some ReviewSource, _ context: ReviewContext, users: Int, invites: Int
    ) -> [FactGroup] {
        [
            FactGroup(
                key: "review", title: "Review",
                facts: [
                    Fact("id", "Review", .text(context.id)),
                    Fact("part", "Part", Cell(context.part)),
                    Fact("period", "Period", .text(context.period)),
                    Fact("due", "Due", Cell(context.due)),
                    Fact("preparer", "Prepared by", Cell(context.preparer)),
                    Fact("reviewer", "Reviewer", Cell(context.reviewer)),
                    Fact("approver", "Approver", Cell(context.approver)),
                    Fact("companyDomains", "Company's domains", Cell(context.domains.joined(separator: ", "))),
                    Fact("privilegedTypes", "Privileged are", .text(context.privileged.words)),
                    Fact("previousReview", "Last review", Cell(source.previous?.id)),
                    Fact("previousTakenAt", "Last review taken (UTC)", Cell(source.previous?.takenAt)),
                ]),
            self.source(source, context),
            population(source, context, users: users, invites: invites),
        ]
    }

    static func source(_ source: some ReviewSource, _ context: ReviewContext) -> FactGroup {
        FactGroup(
            key: "source", title: "Source",
            facts: [
                Fact("workspace", "Workspace", .text(source.snapshot.workspace)),
                Fact("endpointHost", "Endpoint", .text(context.endpointHost)),
                Fact("query", "Query", .text("listUsers")),
                Fact("requestedAt", "Requested (UTC)", .time(source.snapshot.startedAt)),
                Fact("takenAt", "Answered (UTC)", .time(source.snapshot.takenAt)),
                Fact("snapshot", "Snapshot", .number(Int(source.snapshot.number))),
                Fact("rollcallVersion", "rollcall", .text(context.version)),
            ])
    }

    private static func population(
        _ source: some ReviewSource, _ context: ReviewContext, users: Int, invites: Int
    ) -> FactGroup {
        FactGroup(
            key: "population", title: "Population proof",
            facts: [
                Fact("usersInAnswer", "Active users in the answer", .number(source.snapshot.active)),
                Fact("usersInReport", "Active users in this report", .number(users)),
                Fact("invitesInAnswer", "Invites in the answer", .number(source.snapshot.invited)),
                Fact("invitesInReport", "Invites in this report", .number(invites)),
                Fact(
                    "completeness", "Completeness",
                    .text(
                        "One request, one answer, no pages: listUsers gives the whole workspace at once. Nothing was "
                            + "filtered, and the report is written from the answer by the program.")),
                Fact("answerSHA256", "SHA-256 of the answer", .text(source.snapshot.rawSHA256)),
                Fact("queryText", "Query as it was sent", .text(context.query)),
                Fact("querySHA256", "SHA-256 of the query", .text(context.querySHA256)),
                Fact(
                    "dates", "Dates",
                    .text(
                        "The source returns no created, last-login or invite dates. First seen, seen pending and seen "
                            + "expired come from this program's own snapshots.")),
                Fact("snapshotsSince", "Snapshots kept since (UTC)", .time(context.firstSnapshotAt)),
            ])
    }
}

extension PrivilegedTypes {
    /// Which types these are: `ADMIN, SECURITY_ADMIN`, or the rule.
    var words: String {
        names?.joined(separator: ", ")
            ?? "every account type except \(PrivilegedTypes.ordinary.sorted().listed("and"))"
    }
}
