/// The sign-off cells of a completed review, as they were filled in.
///
/// The names may have been proposed by the export; only a date or a signature shows that a person has signed.
public struct CompletedSignOff: Codable, Hashable, Sendable {
    /// One line of the sign-off.
    public struct Entry: Codable, Hashable, Sendable {
        /// The name.
        public var name: String
        /// The date: as written, or `2026-12-31` if the cell contains a date.
        public var date: String
        /// The signature cell.
        public var signature: String

        /// Creates an entry.
        public init(name: String, date: String, signature: String) {
            self.name = name
            self.date = date
            self.signature = signature
        }

        /// Whether it has a date or a signature.
        public var isSigned: Bool { !date.isEmpty || !signature.isEmpty }
    }

    /// The person who prepared the review.
    public var prepared: Entry?
    /// The person who reviewed it.
    public var reviewed: Entry?
    /// The person who approved it.
    public var approved: Entry?

    /// The lines that somebody has signed, each with what the signature stands for.
    public var signed: [(role: String, entry: Entry)] {
        [("prepared", prepared), ("reviewed", reviewed), ("approved", approved)].compactMap { role, entry in
            entry.flatMap { $0.isSigned ? (role, $0) : nil }
        }
    }

    /// Creates a sign-off without entries.
    public init() {}
}
