import Domain

extension Population {
    /// The same accounts, as strings.
    public var roster: Roster {
        Roster(
            active: (0..<users).map { index in
                withUser(index) { user in
                    ActiveUser(
                        uid: user.uid.string, email: user.email.string, name: user.name.string,
                        accountType: accountTypes[user.accountType])
                }
            },
            invited: (0..<invites).map { index in
                withInvite(index) { invite in
                    InvitedUser(
                        email: invite.email.string, accountType: accountTypes[invite.accountType],
                        status: statuses[invite.status])
                }
            })
    }

    /// Creates a population from a roster.
    ///
    /// nil if there are too many account types or statuses.
    public init?(_ roster: Roster) {
        var builder = PopulationBuilder()
        for user in roster.active {
            Self.withBytes([user.uid, user.email, user.name, user.accountType.rawValue]) { texts in
                builder.addUser(uid: texts[0], email: texts[1], name: texts[2], accountType: texts[3])
            }
        }
        for invite in roster.invited {
            Self.withBytes([invite.email, invite.accountType.rawValue, invite.status.rawValue]) { texts in
                builder.addInvite(email: texts[0], accountType: texts[1], status: texts[2])
            }
        }
        guard let population = builder.finish() else { return nil }
        self = population
    }

    private static func withBytes(_ texts: [String], _ body: ([UnsafeRawBufferPointer]) -> Void) {
        let copies = texts.map { Array($0.utf8) }
        func open(_ index: Int, _ found: [UnsafeRawBufferPointer]) {
            guard index < copies.count else { return body(found) }
            copies[index].withUnsafeBytes { open(index + 1, found + [$0]) }
        }
        open(0, [])
    }
}
