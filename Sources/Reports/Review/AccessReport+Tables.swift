import Domain

extension AccessReport {
    /// The people, with a column for each workspace.
    ///
    /// - Parameters:
    ///   - workspaces: the workspaces, in the order of the source.
    ///   - unreviewed: the indices of the workspaces that were not reviewed.
    ///   - count: the number of people; only writers use it.
    public static func people(
        _ source: some AccessSource, _ workspaces: [Domain.Workspace], unreviewed: Set<Int>, count: Int
    ) -> Table {
        var columns = [
            Column("email", "Email", width: 32, help: "The address, as in the first workspace that lists the person."),
            Column("name", "Name", width: 20, help: "The display name."),
            Column(
                "workspaces", "Workspaces", width: 11, help: "The number of workspaces in which the person is active."),
            Column(
                "privilegedIn", "Privileged in", width: 12,
                help: "The number of these workspaces with a privileged account type."),
            Column(
                "invitedIn", "Invited in", width: 10,
                help: "The number of workspaces with a pending or expired invitation."),
        ]
        var taken = Set(columns.map(\.key))
        for (workspace, label) in zip(workspaces, labels(of: workspaces)) {
            columns.append(
                Column(
                    slug(of: workspace.name, besides: &taken), label, width: 26,
                    // More columns do not fit on paper.
                    isPrinted: workspaces.count <= 4,
                    help: "The account type in this workspace (uid \(workspace.uid)); empty for no access, "
                        + "\"not reviewed\" if the workspace was not reviewed."))
        }
        return Table(
            id: "people", title: "People",
            note: "All people with access to any workspace; those with privileged access in most workspaces first.",
            role: .population, columns: columns, count: count
        ) { body in
            try source.people { person in
                var cells: [Cell] = [
                    .text(person.email), Cell(person.name), .number(person.workspaces), .number(person.privileged),
                    .number(person.invites),
                ]
                // An empty cell would mean that the person has no access there.
                cells += workspaces.indices.map { unreviewed.contains($0) ? .text("not reviewed") : .empty }
                for account in person.accounts {
                    let place = cells.count - workspaces.count + account.workspace
                    let before = cells[place].text
                    cells[place] = .text(before.isEmpty ? words(account) : before + "; " + words(account))
                }
                try body(cells)
            }
        }
    }

    /// The workspaces, with the folders of their reviews.
    static func workspaces(_ workspaces: [Workspace]) -> Table {
        Table(
            id: "workspaces", title: "Workspaces",
            note: "Each workspace has its own evidence folder beside this summary.",
            role: .annex,
            columns: [
                Column("name", "Workspace", width: 28, help: "The name in the API."),
                Column("uid", "Uid", width: 20, isTechnical: true, help: "The uid in the API."),
                Column("users", "Active users", width: 12, help: "The number in the API response."),
                Column("invites", "Invites", width: 10, help: "The number of invitations in the API response."),
                Column("privileged", "Privileged", width: 11, help: "Active users with a privileged account type."),
                Column("takenAt", "Response received (UTC)", width: 20, help: "When the response was complete."),
                Column("folder", "Folder", width: 24, help: "The name of the evidence folder."),
                Column(
                    "manifestSHA256", "SHA-256 of SHA256SUMS", width: 30,
                    help: "The hash that links the folder to this summary."),
                Column(
                    "failure", "Not reviewed because", width: 30,
                    help: "Why the workspace was not reviewed; empty if it was."),
            ], count: workspaces.count
        ) { body in
            for workspace in workspaces {
                var cells: [Cell] = [.text(workspace.workspace.name), .text(workspace.workspace.uid)]
                switch workspace.result {
                case .reviewed(let reviewed):
                    cells += [
                        .number(reviewed.snapshot.active), .number(reviewed.snapshot.invited),
                        .number(reviewed.privileged), .time(reviewed.snapshot.takenAt), .text(reviewed.folder),
                        .text(reviewed.manifestSHA256), .empty,
                    ]
                case .failed(let reason): cells += [.empty, .empty, .empty, .empty, .empty, .empty, .text(reason)]
                }
                try body(cells)
            }
        }
    }

    /// The names of the workspaces, with the uid if several have the same name: `Finance (ws1)`.
    static func labels(of workspaces: [Domain.Workspace]) -> [String] {
        let names = Dictionary(workspaces.map { ($0.name, 1) }, uniquingKeysWith: +)
        return workspaces.map { names[$0.name] == 1 ? $0.name : "\($0.name) (\($0.uid))" }
    }

    /// `Acme Finance` → `acme-finance`; with a number if that is taken.
    public static func slug(of name: String, besides taken: inout Set<String>) -> String {
        FileSlug.make(name, orElse: "workspace", besides: &taken)
    }

    /// `ADMIN`, `invited: DEVELOPER`, `invite expired: DEVELOPER`. `verify` recalculates these texts and compares them
    /// with existing folders, so they must not change.
    private static func words(_ account: PersonAccess.Account) -> String {
        guard let status = account.status else { return account.accountType.rawValue }
        return (status.isExpired ? "invite expired: " : "invited: ") + account.accountType.rawValue
    }
}
