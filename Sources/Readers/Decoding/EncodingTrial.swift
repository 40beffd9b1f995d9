/// An encoding in which every word so far makes sense.
struct EncodingTrial {
    /// The encoding's name.
    var name: String { candidate.encoding.name }
    /// Whether each byte is one character.
    let isSingleByte: Bool
    /// The same number for all trials in which every word so far has the same reading.
    var family = 0

    private let candidate: EncodingCandidate
    private let transcoder: Transcoder
    private let legibility: Legibility
    /// The number of likely words.
    private(set) var likely = 0

    /// nil if iconv does not know the encoding.
    init?(_ candidate: EncodingCandidate) {
        guard let transcoder = Transcoder(from: candidate.tested) else { return nil }
        self.candidate = candidate
        self.transcoder = transcoder
        isSingleByte = transcoder.isSingleByte
        legibility = Legibility(candidate.script)
    }

    /// The reading of the word; nil if it makes no sense.
    func read(_ word: [UInt8]) -> String? {
        transcoder.text(of: word).flatMap { legibility.allows($0) ? $0 : nil }
    }

    mutating func count(_ word: String) {
        if candidate.usual.includes(word) { likely += 1 }
    }

    /// Whether the other one is likelier, not only earlier in the order.
    func isLess(than other: EncodingTrial) -> Bool {
        if likely != other.likely { return likely < other.likely }
        return !candidate.isCommon && other.candidate.isCommon
    }
}
