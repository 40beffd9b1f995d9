import Domain

/// Converts the bytes of a source to valid UTF-8 without byte order mark and without NUL.
struct TextDecoder {
    /// Why the text ends early; only the reader knows the line.
    enum Fault: Error {
        case invalid, cutShort, nul
        /// A line is UTF-8, but another encoding was given.
        case utf8Line
        case source(reason: String)
    }

    /// The result of a read.
    enum Result {
        case bytes(Int)
        case end
        case fault(Fault)
    }

    /// The minimum size of the output buffer, so that any character fits.
    static let minimumRoom = 16

    /// The encoding of the bytes.
    let encoding: TextEncoding
    /// Whether a byte order mark determines it; then the option is ignored.
    let isMarked: Bool
    /// The number of pieces with characters beyond ASCII; counted only for UTF-8.
    private(set) var textsBeyondASCII = 0
    private var supply: ByteSupply
    /// nil if the bytes are already UTF-8.
    private let transcoder: Transcoder?
    /// Bytes that were read but not decoded: the beginning of the file, then the first part of a character.
    private var held: [UInt8]
    /// Reported after the valid bytes before it.
    private var pending: Fault?
    /// Bytes that were read after those that ended the text.
    private var unread: [UInt8] = []
    /// Detects lines that are UTF-8, if a single-byte encoding was given.
    ///
    /// In such an encoding every byte is a letter, so a wrong choice causes no error and `Jörg` becomes `JÃ¶rg`. The
    /// choice applies to lines that are valid in both; a line that is certainly UTF-8 is refused. Encodings with
    /// several bytes for a letter are not checked: they do not accept all bytes, and a short word in them can be valid
    /// UTF-8 by accident.
    private var watch: EncodingSurvey?

    /// Reads the beginning and determines the encoding.
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

    /// Returns the next text, which may end in the middle of a character.
    ///
    /// - Parameter room: the destination; at least ``minimumRoom`` bytes.
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

    /// Copies bytes that are UTF-8, and checks that they are valid.
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

    /// Converts the held bytes; first reads more if there are few.
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

    /// Checks the bytes that were read; a line that is UTF-8 ends the text.
    private mutating func lookForUTF8(from position: Int) {
        if let next = watch?.takeUpToUTF8(held[position...]) {
            unread = Array(held[next...])
            // Without the end of the line, so that it is not taken for a complete one.
            held.removeSubrange((next - 1)...)
            pending = .utf8Line
        } else if supply.isEnded, watch?.takeEnd() == true {
            pending = .utf8Line
        }
    }

    /// Reads the rest of the source, to report what is wrong with the whole file.
    ///
    /// - Parameter survey: examines the rest; nil continues the running survey, if there is one.
    /// - Returns: the survey at the end of the file; nil if there is none.
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
