/// Finds the encodings in which all non-ASCII words of a file that is not UTF-8 make sense.
struct EncodingGuess {
    /// The maximum number of encodings in a message.
    private static let most = 3
    /// The maximum number of words that are remembered; most names of a long list have occurred by then.
    private static let mostJudged = 100_000

    /// A word and its reading in each of the encodings, by their names.
    private struct Sample {
        let line: Int
        let readings: [String: String]
    }

    private let delimiter: UInt8
    private var trials: [EncodingTrial]
    /// The first word of several letters, and words that distinguish encodings which no earlier word did.
    private var samples: [Sample] = []
    /// Words that were examined before.
    private var judged: Set<[UInt8]> = []
    /// Whether a word of several letters was found: a single letter makes sense in every encoding.
    private var hasWord = false

    init(delimiter: Delimiter) {
        self.delimiter = delimiter.byte
        trials = EncodingCandidate.all.compactMap(EncodingTrial.init)
    }

    /// Processes a line that is not UTF-8.
    mutating func take(_ line: NonASCIILines.Line) {
        // An incomplete line may end in the middle of a character.
        if line.isCut { trials = [] }
        guard !trials.isEmpty else { return }
        for cell in cells(of: line.bytes) where !cell.allSatisfy({ $0 < 0x80 }) {
            // A wrongly guessed address may belong to someone else, so nothing is guessed for addresses. In some
            // encodings the byte can also be the second half of a letter; then nothing is guessed either.
            if cell.contains(0x40) { trials = [] }
            for word in cell.split(whereSeparator: Self.separatesWords) where !word.allSatisfy({ $0 < 0x80 }) {
                take(Array(word), on: line.number)
            }
        }
    }

    /// The readings of the words that distinguish the likeliest encodings; nil if no encoding is left, or too many are.
    var readings: EncodingReadings? {
        guard hasWord else { return nil }
        let names = likeliest.map(\.name)
        let shown = telling(names)
        return EncodingReadings(
            lines: LineNumbers(shown.map(\.line)),
            names.map { name in .init(encoding: name, words: shown.compactMap { $0.readings[name] }) })
    }

    /// One of each family, the likeliest first; all are likelier than the ones left out.
    private var likeliest: ArraySlice<EncodingTrial> {
        let order = trials.indices.sorted { (trials[$1].likely, $0) < (trials[$0].likely, $1) }
        var families: Set<Int> = []
        let all = order.map { trials[$0] }.filter { families.insert($0.family).inserted }
        var shown = all.prefix(Self.most)
        while let last = shown.last, shown.count < all.count, !all[shown.count].isLess(than: last) {
            shown.removeLast()
        }
        return shown
    }

    /// The smallest number of words that distinguish the encodings.
    private func telling(_ names: [String]) -> [Sample] {
        let difference = { (samples: [Sample]) in
            Set(names.map { name in samples.map { $0.readings[name] } }).count
        }
        var shown: [Sample] = []
        while shown.isEmpty || difference(shown) < names.count {
            guard let best = samples.max(by: { difference(shown + [$0]) < difference(shown + [$1]) }),
                shown.isEmpty || difference(shown + [best]) > difference(shown)
            else { break }
            shown.append(best)
        }
        return shown.sorted { $0.line < $1.line }
    }

    private mutating func take(_ word: [UInt8], on line: Int) {
        guard !judged.contains(word) else { return }
        if judged.count < Self.mostJudged { judged.insert(word) }
        let holdsUTF8 = Self.holdsUTF8(word)
        var readings: [String: String] = [:]
        trials = trials.filter { trial in
            // In a single-byte encoding these would be two or more odd letters instead of one.
            if holdsUTF8, trial.isSingleByte { return false }
            readings[trial.name] = trial.read(word)
            return readings[trial.name] != nil
        }
        let before = Set(trials.map(\.family)).count
        let hadWord = hasWord
        var families: [String: Int] = [:]
        for index in trials.indices {
            let text = readings[trials[index].name] ?? ""
            trials[index].count(text)
            trials[index].family = Self.number(of: "\(trials[index].family) \(text)", in: &families)
            hasWord = hasWord || text.unicodeScalars.count(where: \.properties.isAlphabetic) > 1
        }
        let sample = Sample(line: line, readings: readings)
        if hasWord, !hadWord {
            samples.insert(sample, at: 0)
        } else if families.count > before {
            samples.append(sample)
        }
    }

    private static func number(of key: String, in numbers: inout [String: Int]) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count
        return numbers.count - 1
    }

    /// Whether a sequence of bytes above 0x7F forms characters of UTF-8.
    private static func holdsUTF8(_ word: [UInt8]) -> Bool {
        word.split { $0 < 0x80 }.contains { run in
            run.withUnsafeBytes { UTF8Check.validPrefix(of: $0).verdict } == .complete
        }
    }

    /// Whether a byte separates words and is never part of another character, in any of the encodings.
    private static func separatesWords(_ byte: UInt8) -> Bool {
        byte < 0x40 && !(0x30...0x39).contains(byte) && !"'-.".utf8.contains(byte)
    }

    /// The cells of a line; a quoted cell that spans lines is processed in parts.
    private func cells(of line: [UInt8]) -> [ArraySlice<UInt8>] {
        var isQuoted = false
        return line.split { byte in
            if byte == 0x22 { isQuoted.toggle() }
            return byte == delimiter && !isQuoted
        }
    }
}
