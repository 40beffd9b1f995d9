/// An encoding that every word so far makes sense in.
struct EncodingTrial {
    /// The encoding's name.
    var name: String { candidate.encoding.name }
    /// Whether each byte is a character.
    let isSingleByte: Bool
    /// The same for all trials in which every word so far reads the same.
    var family = 0

    private let candidate: EncodingCandidate
    private let transcoder: Transcoder
    private let legibility: Legibility
    /// How many words were likely ones.
    private(set) var likely = 0

    /// nil if iconv does not know the encoding.
    init?(_ candidate: EncodingCandidate) {
        guard let transcoder = Transcoder(from: candidate.tested) else { return nil }
        self.candidate = candidate
        self.transcoder = transcoder
        isSingleByte = transcoder.isSingleByte
        legibility = Legibility(candidate.script)
    }

    /// The word; nil if it makes no sense.
    func read(_ word: [UInt8]) -> String? {
        transcoder.text(of: word).flatMap { legibility.allows($0) ? $0 : nil }
    }

    mutating func count(_ word: String) {
        if candidate.usual.includes(word) { likely += 1 }
    }

    /// Whether the other one is likelier, and not only named first.
    func isLess(than other: EncodingTrial) -> Bool {
        if likely != other.likely { return likely < other.likely }
        return !candidate.isCommon && other.candidate.isCommon
    }
}
