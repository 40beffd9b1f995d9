import Domain

/// The accounts of one answer of `listUsers`, as texts that lie in the answer's own bytes.
///
/// A million accounts take 28 bytes each beside the answer, where a ``Roster`` takes some 300. Texts become strings
/// when somebody asks for them.
///
/// ```swift
/// for index in 0..<population.users { population.withUser(index) { print($0.email.string) } }
/// ```
public struct Population: Sendable {
    private let bytes: PopulationBytes
    private let active: [Entry]
    private let invited: [Entry]
    /// Every account type that occurs, in the order in which they came.
    public let accountTypes: [AccountType]
    /// Every status of an invite that occurs, in the order in which they came.
    public let statuses: [InviteStatus]

    /// Where one account's texts lie.
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

    /// How many active users there are.
    public var users: Int { active.count }
    /// How many invites there are.
    public var invites: Int { invited.count }

    /// One account's texts, which live as long as the call.
    public struct Account {
        /// Opaque; empty for an invite.
        public var uid: Text
        /// As the API spells it.
        public var email: Text
        /// The display name; empty for an invite.
        public var name: Text
        /// The place of the account type in ``Population/accountTypes``.
        public var accountType: Int
        /// The place of the invite's status in ``Population/statuses``; 0 for a user.
        public var status: Int
    }

    /// Text in UTF-8, which has been checked.
    public struct Text {
        /// The bytes.
        public let bytes: UnsafeRawBufferPointer
        /// The text as a string of its own.
        public var string: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Hands over an active user; counted from 0, in the answer's order.
    public func withUser<Value>(_ index: Int, _ body: (Account) throws -> Value) rethrows -> Value {
        try body(account(active[index]))
    }

    /// Hands over an invite; counted from 0, in the answer's order.
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

/// The bytes that a population's texts lie in: the answer's, and those that had to be spelled anew.
private final class PopulationBytes: Sendable {
    private let owner: (any AnyObject & Sendable)?
    // Written by nobody from the time the population is here.
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
