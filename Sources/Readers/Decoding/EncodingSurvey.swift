/// Looks at the lines of a file that hold bytes above 0x7F, to say what encodings they are in.
struct EncodingSurvey {
    /// What one line can be.
    private enum Kind {
        case utf8
        case other
        /// Valid as UTF-8, and nothing that anybody writes: another encoding may have such a line by accident.
        case doubtful
    }

    private var lines: NonASCIILines
    private var utf8: LineNumbers
    private var others: LineNumbers
    /// nil where the encoding was given, and is not to be guessed.
    private var guess: EncodingGuess?

    /// Looks at all lines of a file that is said to be in another encoding than UTF-8.
    init() {
        lines = NonASCIILines()
        utf8 = LineNumbers()
        others = LineNumbers()
        guess = nil
    }

    /// Goes on where a file turned out not to be UTF-8.
    ///
    /// - Parameters:
    ///   - line: the line of the first byte that is to be looked at.
    ///   - broken: the line that is not UTF-8.
    ///   - utf8: lines before it that are.
    init(from line: Int, broken: Int, utf8: LineNumbers, guess: EncodingGuess?) {
        lines = NonASCIILines(from: line)
        self.utf8 = utf8
        others = LineNumbers([broken])
        self.guess = guess
    }

    /// Takes the next bytes.
    mutating func take(_ piece: ArraySlice<UInt8>) {
        var piece = piece
        while let line = lines.next(in: &piece) { _ = take(line) }
    }

    /// Takes the next bytes up to the first line that is UTF-8.
    ///
    /// - Returns: where the piece goes on behind that line and its end; nil if there is no such line.
    mutating func takeUpToUTF8(_ piece: ArraySlice<UInt8>) -> Int? {
        var piece = piece
        while let line = lines.next(in: &piece) {
            if take(line) == .utf8 { return piece.startIndex }
        }
        return nil
    }

    /// Takes the end of the file.
    ///
    /// - Returns: whether the line that ends there is UTF-8.
    mutating func takeEnd() -> Bool {
        lines.close().map { take($0) } == .utf8
    }

    /// Gives up guessing, because part of the file is missing.
    mutating func stopGuessing() {
        guess = nil
    }

    /// What is wrong with the file as a whole.
    ///
    /// - Parameters:
    ///   - line: the line that could not be read.
    ///   - encoding: what it was read in.
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
        // What is kept of the line is all right, and of the rest nothing is known.
        case .partial where line.isCut, .complete where line.isCut: .doubtful
        case .partial: .other
        case .complete: Legibility.utf8.allows(String(decoding: line.bytes, as: UTF8.self)) ? .utf8 : .doubtful
        }
    }
}
