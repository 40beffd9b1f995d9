import Domain

/// Turns a source's bytes into valid UTF-8 without byte order mark and without NUL.
struct TextDecoder {
    /// Why no more text comes; which line that is only the reader knows.
    enum Fault: Error {
        case invalid, cutShort, nul
        /// A line is UTF-8, where another encoding was given.
        case utf8Line
        case source(reason: String)
    }

    /// What a read came to.
    enum Result {
        case bytes(Int)
        case end
        case fault(Fault)
    }

    /// The least room that a read needs, so that any one character fits.
    static let minimumRoom = 16

    /// What the bytes turned out to be.
    let encoding: TextEncoding
    /// Whether a byte order mark says so; then no option changes it.
    let isMarked: Bool
    /// How many of the texts that were handed out are not ASCII alone; counted where the bytes are UTF-8.
    private(set) var textsBeyondASCII = 0
    private var supply: ByteSupply
    /// nil where the bytes are UTF-8 already.
    private let transcoder: Transcoder?
    /// Bytes that were read and are not text yet: the file's beginning, then the first half of a character.
    private var held: [UInt8]
    /// Comes after the good bytes in front of it have been handed out.
    private var pending: Fault?
    /// Bytes that were read and not handed out, behind those that ended the text.
    private var unread: [UInt8] = []
    /// Looks for lines that are UTF-8, where the encoding was given and is one of single bytes.
    ///
    /// In such an encoding every byte is some letter, so that a wrong choice is seen nowhere and `Jörg` becomes `JÃ¶rg`.
    /// The choice counts for a line that can be read both ways; one that is UTF-8 beyond doubt is refused. Encodings of
    /// several bytes a letter are not watched: they do not take just any byte, and in them a short word can be valid
    /// UTF-8 by accident.
    private var watch: EncodingSurvey?

    /// Reads the beginning and decides what it is.
    init(source: some ByteSource, encoding name: String?) throws(CSVError) {
        supply = ByteSupply(source)
        held = []
        while held.count < ForeignFormat.window, !supply.isEnded, pending == nil {
            pending = supply.append(to: &held)
        }
        try ForeignFormat.refuse(held)
        if let mark = TextEncoding.marked(by: held) {
            encoding = mark.encoding
            isMarked = true
            held.removeFirst(mark.length)
        } else {
            encoding = try Self.encoding(named: name, of: held)
            isMarked = false
        }
        try ForeignFormat.refuseText(held)
        if encoding == .utf8 {
            transcoder = nil
        } else {
            transcoder = Transcoder(from: encoding.iconvName)
            if transcoder == nil { throw .unknownEncoding(name ?? encoding.name) }
        }
        if let transcoder, !isMarked, transcoder.isSingleByte {
            watch = EncodingSurvey()
            lookForUTF8(from: 0)
        }
    }

    private static func encoding(named name: String?, of beginning: [UInt8]) throws(CSVError) -> TextEncoding {
        guard let name else {
            try ForeignFormat.refuseUnmarked(beginning)
            return .utf8
        }
        guard let named = TextEncoding(named: name) else { throw .unknownEncoding(name) }
        return named
    }

    /// Hands out the next text, which may end in the middle of a character.
    ///
    /// - Parameter room: where it goes; at least ``minimumRoom`` bytes.
    mutating func read(into room: UnsafeMutableRawBufferPointer) -> Result {
        while true {
            if let pending, held.isEmpty { return .fault(pending) }
            let hasMore = !held.isEmpty || !supply.isEnded
            let produced = transcoder.map { transcode($0, into: room) } ?? passOn(into: room)
            let clean = room[..<produced].firstIndex(of: 0) ?? produced
            if clean < produced {
                pending = .nul
                held = []
            }
            if clean > 0 { return .bytes(clean) }
            if pending == nil, !hasMore { return .end }
        }
    }

    /// Copies bytes that are UTF-8 as they are, and checks that they are.
    private mutating func passOn(into room: UnsafeMutableRawBufferPointer) -> Int {
        var filled = min(held.count, room.count)
        room.copyBytes(from: held[..<filled])
        held.removeFirst(filled)
        if held.isEmpty, !supply.isEnded, pending == nil, filled < room.count {
            switch supply.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...])) {
            case .success(let count): filled += count
            case .failure(let fault): pending = fault
            }
        }
        let (count, verdict, isASCII) = UTF8Check.validPrefix(of: UnsafeRawBufferPointer(rebasing: room[..<filled]))
        if !isASCII { textsBeyondASCII += 1 }
        switch verdict {
        case .complete: break
        case .partial where held.isEmpty && (supply.isEnded || pending != nil): pending = pending ?? .cutShort
        case .partial: held.insert(contentsOf: room[count..<filled], at: 0)
        case .invalid:
            unread = Array(room[count..<filled]) + held
            pending = .invalid
            held = []
        }
        return count
    }

    /// Converts what is held, after reading more where that is little.
    private mutating func transcode(_ transcoder: Transcoder, into room: UnsafeMutableRawBufferPointer) -> Int {
        if held.count < Self.minimumRoom, !supply.isEnded, pending == nil {
            let known = held.count
            pending = supply.append(to: &held)
            lookForUTF8(from: known)
        }
        let (consumed, produced, stop) = transcoder.convert(held, into: room)
        held.removeFirst(consumed)
        switch stop {
        case .done, .full: break
        case .partial where supply.isEnded || pending != nil:
            pending = pending ?? .cutShort
            held = []
        case .partial: break
        case .invalid:
            pending = .invalid
            held = []
        }
        return produced
    }

    /// Looks at what was read; a line that is UTF-8 is where the text ends.
    private mutating func lookForUTF8(from position: Int) {
        if let next = watch?.takeUpToUTF8(held[position...]) {
            unread = Array(held[next...])
            // Without the line's end, so that nobody takes the line for a whole one.
            held.removeSubrange((next - 1)...)
            pending = .utf8Line
        } else if supply.isEnded, watch?.takeEnd() == true {
            pending = .utf8Line
        }
    }

    /// Reads the rest of the source, to say what is wrong with the file as a whole.
    ///
    /// - Parameter survey: what looks at the rest; nil continues the watch, where there is one.
    /// - Returns: the survey at the end of the file; nil where there is none.
    mutating func surveyRest(by survey: EncodingSurvey?) -> EncodingSurvey? {
        guard var survey = survey ?? watch else { return nil }
        survey.take(unread[...])
        unread = []
        while !supply.isEnded {
            var more: [UInt8] = []
            if supply.append(to: &more) != nil {
                survey.stopGuessing()
                break
            }
            survey.take(more[...])
        }
        _ = survey.takeEnd()
        return survey
    }
}
