import Domain

/// The facts of a review: its people and dates, the source of its data, and the completeness check.
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
                    Fact("reviewer", "Proposed reviewer", Cell(context.reviewer)),
                    Fact("approver", "Approver", Cell(context.approver)),
                    Fact("companyDomains", "Company domains", Cell(context.domains.joined(separator: ", "))),
                    Fact("privilegedTypes", "Privileged account types", .text(context.privileged.words)),
                    Fact("previousReview", "Previous review", Cell(source.previous?.id)),
                    Fact("previousTakenAt", "Previous review listed (UTC)", Cell(source.previous?.takenAt)),
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
                Fact("takenAt", "Response received (UTC)", .time(source.snapshot.takenAt)),
                Fact("snapshot", "Snapshot", .number(Int(source.snapshot.number))),
                Fact("rollcallVersion", "rollcall", .text(context.version)),
            ])
    }

    private static func population(
        _ source: some ReviewSource, _ context: ReviewContext, users: Int, invites: Int
    ) -> FactGroup {
        FactGroup(
            key: "population", title: "Completeness check",
            facts: [
                Fact("usersInAnswer", "Active users in the response", .number(source.snapshot.active)),
                Fact("usersInReport", "Active users in this report", .number(users)),
                Fact("invitesInAnswer", "Invitations in the response", .number(source.snapshot.invited)),
                Fact("invitesInReport", "Invitations in this report", .number(invites)),
                Fact(
                    "completeness", "Completeness",
                    .text(
                        "listUsers returns the whole workspace in one response, without paging. rollcall writes this "
                            + "report from that response and filters nothing.")),
                Fact("answerSHA256", "SHA-256 of the response", .text(source.snapshot.rawSHA256)),
                Fact("queryText", "Query as sent", .text(context.query)),
                Fact("querySHA256", "SHA-256 of the query", .text(context.querySHA256)),
                Fact(
                    "dates", "Dates",
                    .text(
                        "The API returns no creation, last-login or invitation dates. All \"first seen\" dates come "
                            + "from the snapshots of rollcall.")),
                Fact("snapshotsSince", "First snapshot (UTC)", .time(context.firstSnapshotAt)),
            ])
    }
}

extension PrivilegedTypes {
    /// The types in words: `ADMIN, SECURITY_ADMIN`, or the default rule.
    var words: String {
        names?.joined(separator: ", ")
            ?? "every account type except \(PrivilegedTypes.ordinary.sorted().listed("and"))"
    }
}
