import Domain

/// How words of a file read in the encodings that it can be in, so that a person sees which one is right.
public struct EncodingReadings: Equatable, Sendable {
    /// One encoding.
    public struct Reading: Equatable, Sendable {
        /// Its name, as `--encoding` takes it.
        public let encoding: String
        /// The words, as many for each encoding.
        public let words: [String]
    }

    /// The lines that the words are on.
    public let lines: LineNumbers
    /// At least one; the likeliest first, no two alike.
    public let all: [Reading]

    /// nil without a reading.
    init?(lines: LineNumbers, _ readings: [Reading]) {
        guard !readings.isEmpty else { return nil }
        self.lines = lines
        all = readings
    }

    /// For example `line 4 reads "Jörg" with --encoding windows-1252; give it if that is right`.
    var sentence: String {
        let readings = all.map { reading in
            let words = reading.words.map { "\"\(Terminal.plain($0, limit: 40))\"" }.joined(separator: ", ")
            return "\(words) with --encoding \(reading.encoding)"
        }
        return "\(lines) \(lines.first.count > 1 ? "read" : "reads") \(readings.joined(separator: ", or "))"
            + (all.count > 1 ? "; give the one that is right" : "; give it if that is right")
    }
}
