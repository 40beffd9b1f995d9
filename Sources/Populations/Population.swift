import Domain

/// The accounts of one response of `listUsers`, as texts in the bytes of the response.
///
/// An account takes 28 bytes in addition to the response, compared to some 300 in a ``Roster``. Texts are converted to
/// strings on access.
///
/// ```swift
/// for index in 0..<population.users { population.withUser(index) { print($0.email.string) } }
/// ```
public struct Population: Sendable {
    private let bytes: PopulationBytes
    private let active: [Entry]
    private let invited: [Entry]
    /// Every account type that occurs, in order of occurrence.
    public let accountTypes: [AccountType]
    /// Every status of an invitation that occurs, in order of occurrence.
    public let statuses: [InviteStatus]

    /// The positions of the texts of one account.
    struct Entry: Sendable {
        var uid, email, name: Span
        var accountType: UInt16
        var status: UInt16
    }

    struct Span: Sendable {
        var start: UInt32
        var count: UInt32
    }

    init(_ builder: PopulationBuilder) {
        bytes = PopulationBytes(builder)
        active = builder.active
        invited = builder.invited
        accountTypes = builder.accountTypes.values.map(AccountType.init(rawValue:))
        statuses = builder.statuses.values.map(InviteStatus.init(rawValue:))
    }

    /// The number of active users.
    public var users: Int { active.count }
    /// The number of invitations.
    public var invites: Int { invited.count }

    /// The texts of one account; valid only during the call.
    public struct Account {
        /// Opaque; empty for an invitation.
        public var uid: Text
        /// In the API's spelling.
        public var email: Text
        /// The display name; empty for an invitation.
        public var name: Text
        /// The index of the account type in ``Population/accountTypes``.
        public var accountType: Int
        /// The index of the status of an invitation in ``Population/statuses``; 0 for a user.
        public var status: Int
    }

    /// Text in valid UTF-8.
    public struct Text {
        /// The bytes.
        public let bytes: UnsafeRawBufferPointer
        /// The text as a string.
        public var string: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Passes an active user to `body`; counted from 0, in the order of the response.
    public func withUser<Value>(_ index: Int, _ body: (Account) throws -> Value) rethrows -> Value {
        try body(account(active[index]))
    }

    /// Passes an invitation to `body`; counted from 0, in the order of the response.
    public func withInvite<Value>(_ index: Int, _ body: (Account) throws -> Value) rethrows -> Value {
        try body(account(invited[index]))
    }

    private func account(_ entry: Entry) -> Account {
        Account(
            uid: text(entry.uid), email: text(entry.email), name: text(entry.name),
            accountType: Int(entry.accountType), status: Int(entry.status))
    }

    private func text(_ span: Span) -> Text { Text(bytes: bytes[span.start, span.count]) }
}

/// The bytes that contain the texts of a population: those of the response, and texts that were copied.
private final class PopulationBytes: Sendable {
    private let owner: (any AnyObject & Sendable)?
    // Not written after initialisation.
    nonisolated(unsafe) private let base: UnsafeRawPointer?
    nonisolated(unsafe) private let spelled: UnsafeMutableRawBufferPointer

    init(_ builder: PopulationBuilder) {
        owner = builder.owner
        base = builder.base.baseAddress
        spelled = .allocate(byteCount: builder.spelled.count, alignment: 1)
        spelled.copyBytes(from: builder.spelled)
    }

    deinit { spelled.deallocate() }

    subscript(start: UInt32, count: UInt32) -> UnsafeRawBufferPointer {
        if start & PopulationBuilder.spelledMark == 0 {
            return UnsafeRawBufferPointer(start: base.map { $0 + Int(start) }, count: Int(count))
        }
        let place = Int(start & ~PopulationBuilder.spelledMark)
        return UnsafeRawBufferPointer(rebasing: spelled[place..<(place + Int(count))])
    }
}
