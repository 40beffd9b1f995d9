/// What is asked for to seal evidence; a run that applies a review keeps it for its resume.
public struct SealRequest: Codable, Hashable, Sendable {
    /// The path of the key to sign with; nil to not sign.
    public var key: String?
    /// The address of the time stamp authority; nil for no time stamp.
    public var timestampURL: String?

    /// Creates a request.
    public init(key: String? = nil, timestampURL: String? = nil) {
        self.key = key
        self.timestampURL = timestampURL
    }

    /// Whether anything is asked for.
    public var isEmpty: Bool { key == nil && timestampURL == nil }

    /// The options that ask for it, to be pasted.
    public var options: String {
        [key.map { "--sign " + ShellWord.path($0) }, timestampURL.map { "--timestamp " + ShellWord.quoted($0) }]
            .compactMap(\.self).joined(separator: " ")
    }
}
