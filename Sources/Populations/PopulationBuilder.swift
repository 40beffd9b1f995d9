/// Creates a population, account by account.
public struct PopulationBuilder {
    let owner: (any AnyObject & Sendable)?
    let base: UnsafeRawBufferPointer
    private(set) var spelled: [UInt8] = []
    private(set) var active: [Population.Entry] = []
    private(set) var invited: [Population.Entry] = []
    private(set) var accountTypes = Words()
    private(set) var statuses = Words()
    private var isTooLarge = false

    /// Marks the offset of a text that is not in the response.
    static let spelledMark: UInt32 = 1 << 31

    /// Creates a builder. Texts within `bytes` are not copied.
    ///
    /// - Parameters:
    ///   - bytes: the response, at most 2 GB.
    ///   - owner: the object that owns the bytes.
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

    /// Adds an invitation.
    public mutating func addInvite(
        email: UnsafeRawBufferPointer, accountType: UnsafeRawBufferPointer, status: UnsafeRawBufferPointer
    ) {
        let nothing = Population.Span(start: 0, count: 0)
        let entry = Population.Entry(
            uid: nothing, email: span(email), name: nothing, accountType: word(accountType, in: \.accountTypes),
            status: word(status, in: \.statuses))
        invited.append(entry)
    }

    /// Returns the population; nil if it exceeds 2 GB of text, or 65,536 account types or statuses.
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
