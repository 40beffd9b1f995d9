/// Examines the lines with bytes above 0x7F, to report their encodings.
struct EncodingSurvey {
    /// The encoding of one line.
    private enum Kind {
        case utf8
        case other
        /// Valid UTF-8 but not meaningful text: a line in another encoding can be valid by accident.
        case doubtful
    }

    private var lines: NonASCIILines
    private var utf8: LineNumbers
    private var others: LineNumbers
    /// nil if the encoding was given, so that nothing is guessed.
    private var guess: EncodingGuess?

    /// Examines all lines of a file whose encoding was given as another than UTF-8.
    init() {
        lines = NonASCIILines()
        utf8 = LineNumbers()
        others = LineNumbers()
        guess = nil
    }

    /// Continues at the point where a file turned out not to be UTF-8.
    ///
    /// - Parameters:
    ///   - line: the line of the first byte to examine.
    ///   - broken: the line that is not UTF-8.
    ///   - utf8: earlier lines that are UTF-8.
    init(from line: Int, broken: Int, utf8: LineNumbers, guess: EncodingGuess?) {
        lines = NonASCIILines(from: line)
        self.utf8 = utf8
        others = LineNumbers([broken])
        self.guess = guess
    }

    /// Processes the next bytes.
    mutating func take(_ piece: ArraySlice<UInt8>) {
        var piece = piece
        while let line = lines.next(in: &piece) { _ = take(line) }
    }

    /// Processes the next bytes up to the first line that is UTF-8.
    ///
    /// - Returns: the position after that line and its end; nil if there is no such line.
    mutating func takeUpToUTF8(_ piece: ArraySlice<UInt8>) -> Int? {
        var piece = piece
        while let line = lines.next(in: &piece) {
            if take(line) == .utf8 { return piece.startIndex }
        }
        return nil
    }

    /// Processes the end of the file.
    ///
    /// - Returns: whether the line that ends there is UTF-8.
    mutating func takeEnd() -> Bool {
        lines.close().map { take($0) } == .utf8
    }

    /// Stops guessing, because part of the file is missing.
    mutating func stopGuessing() {
        guess = nil
    }

    /// What is wrong with the file as a whole.
    ///
    /// - Parameters:
    ///   - line: the line that could not be read.
    ///   - encoding: the encoding that was used.
    func error(on line: Int, in encoding: TextEncoding) -> CSVError {
        if !utf8.first.isEmpty, !others.first.isEmpty { return .mixedEncodings(utf8: utf8, others: others) }
        if !utf8.first.isEmpty { return .alreadyUTF8(utf8, given: encoding.name) }
        if let readings = guess?.readings { return .otherEncoding(line: line, readings) }
        return .undecodable(line: line, encoding: encoding.name)
    }

    private mutating func take(_ line: NonASCIILines.Line) -> Kind {
        let kind = Self.kind(of: line)
        switch kind {
        case .utf8: utf8.append(line.number)
        case .other: others.append(line.number)
        case .doubtful: break
        }
        if kind != .utf8 { guess?.take(line) }
        return kind
    }

    private static func kind(of line: NonASCIILines.Line) -> Kind {
        switch line.bytes.withUnsafeBytes({ UTF8Check.validPrefix(of: $0).verdict }) {
        case .invalid: .other
        // The kept part of the line is valid; nothing is known about the rest.
        case .partial where line.isCut, .complete where line.isCut: .doubtful
        case .partial: .other
        case .complete: Legibility.utf8.allows(String(decoding: line.bytes, as: UTF8.self)) ? .utf8 : .doubtful
        }
    }
}
