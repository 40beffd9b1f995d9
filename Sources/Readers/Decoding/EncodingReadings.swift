import Domain

/// The readings of words of a file in its possible encodings, so that the user can see which is correct.
public struct EncodingReadings: Equatable, Sendable {
    /// One encoding.
    public struct Reading: Equatable, Sendable {
        /// Its name, as used with `--encoding`.
        public let encoding: String
        /// The words; the same number for each encoding.
        public let words: [String]
    }

    /// The lines that the words are on.
    public let lines: LineNumbers
    /// At least one reading; the likeliest first, no two alike.
    public let all: [Reading]

    /// nil if there is no reading.
    init?(lines: LineNumbers, _ readings: [Reading]) {
        guard !readings.isEmpty else { return nil }
        self.lines = lines
        all = readings
    }

    /// For example `line 4 reads "Jörg" with --encoding windows-1252; use this option if that is correct`.
    var sentence: String {
        let readings = all.map { reading in
            let words = reading.words.map { "\"\(Terminal.plain($0, limit: 40))\"" }.joined(separator: ", ")
            return "\(words) with --encoding \(reading.encoding)"
        }
        return "\(lines) \(lines.first.count > 1 ? "read" : "reads") \(readings.joined(separator: ", or "))"
            + (all.count > 1 ? "; use the option that is correct" : "; use this option if that is correct")
    }
}
