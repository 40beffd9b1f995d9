/// Everybody in one answer of `listUsers`, as texts that lie in the answer's own bytes.
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
    fileprivate struct Entry: Sendable {
        var uid, email, name: Span
        var accountType: UInt16
        var status: UInt16
    }

    fileprivate struct Span: Sendable {
        var start: UInt32
        var count: UInt32
    }

    fileprivate init(_ builder: PopulationBuilder) {
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

    /// The same people as strings of their own.
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

/// Puts a population together, account by account.
public struct PopulationBuilder {
    fileprivate let owner: (any AnyObject & Sendable)?
    fileprivate let base: UnsafeRawBufferPointer
    fileprivate var spelled: [UInt8] = []
    fileprivate var active: [Population.Entry] = []
    fileprivate var invited: [Population.Entry] = []
    fileprivate var accountTypes = Words()
    fileprivate var statuses = Words()
    private var isTooLarge = false

    /// On the offset of a text that is not the answer's own.
    fileprivate static let spelledMark: UInt32 = 1 << 31

    /// Texts that lie within `bytes` are not copied.
    ///
    /// - Parameters:
    ///   - bytes: the answer, at most 2 GB.
    ///   - owner: what keeps them where they are.
    public init(
        within bytes: UnsafeRawBufferPointer = .init(start: nil, count: 0), of owner: (any AnyObject & Sendable)? = nil
    ) {
        base = bytes
        self.owner = owner
    }

    /// Adds an active user.
    public mutating func addUser(
        uid: UnsafeRawBufferPointer, email: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer,
        accountType: UnsafeRawBufferPointer
    ) {
        let entry = Population.Entry(
            uid: span(uid), email: span(email), name: span(name), accountType: word(accountType, in: \.accountTypes),
            status: 0)
        active.append(entry)
    }

    /// Adds an invite.
    public mutating func addInvite(
        email: UnsafeRawBufferPointer, accountType: UnsafeRawBufferPointer, status: UnsafeRawBufferPointer
    ) {
        let nothing = Population.Span(start: 0, count: 0)
        let entry = Population.Entry(
            uid: nothing, email: span(email), name: nothing, accountType: word(accountType, in: \.accountTypes),
            status: word(status, in: \.statuses))
        invited.append(entry)
    }

    /// Everybody who was added; nil if they are more, or of more kinds, than can be told apart: 2 GB of text, 65,536
    /// account types or statuses.
    public consuming func finish() -> Population? { isTooLarge ? nil : Population(self) }

    private mutating func span(_ text: UnsafeRawBufferPointer) -> Population.Span {
        guard let start = text.baseAddress, let first = base.baseAddress else { return copy(text) }
        let offset = start - first
        guard offset >= 0, offset + text.count <= base.count, base.count < Int(Self.spelledMark) else {
            return copy(text)
        }
        return Population.Span(start: UInt32(offset), count: UInt32(text.count))
    }

    private mutating func copy(_ text: UnsafeRawBufferPointer) -> Population.Span {
        guard spelled.count + text.count < Int(Self.spelledMark) else {
            isTooLarge = true
            return Population.Span(start: 0, count: 0)
        }
        defer { spelled.append(contentsOf: text) }
        return Population.Span(start: UInt32(spelled.count) | Self.spelledMark, count: UInt32(text.count))
    }

    private mutating func word(_ text: UnsafeRawBufferPointer, in words: WritableKeyPath<Self, Words>) -> UInt16 {
        if let place = UInt16(exactly: self[keyPath: words].place(of: text)) { return place }
        isTooLarge = true
        return 0
    }
}

extension Population {
    /// The people of a roster.
    ///
    /// nil if there are more kinds of them than can be told apart.
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
