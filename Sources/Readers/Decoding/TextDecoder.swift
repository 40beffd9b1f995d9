import Domain

/// Turns a source's bytes into valid UTF-8 without byte order mark and without NUL.
struct TextDecoder {
    /// Why no more text comes; which line that is only the reader knows.
    enum Fault {
        case invalid, cutShort, nul
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
    private var source: any ByteSource
    /// nil where the bytes are UTF-8 already.
    private let transcoder: Transcoder?
    /// Bytes that were read and are not text yet: the file's beginning, then the first half of a character.
    private var held: [UInt8]
    /// Where a read puts its bytes; kept, because a slow pipe needs it for every few bytes.
    private var piece = [UInt8](repeating: 0, count: 1 << 16)
    private var sourceEnded = false
    /// Comes after the good bytes in front of it have been handed out.
    private var pending: Fault?

    /// Reads the beginning and decides what it is.
    init(source: some ByteSource, encoding name: String?) throws(CSVError) {
        self.source = source
        held = []
        while held.count < 4096, !sourceEnded, pending == nil {
            pending = Self.read(&self.source, by: &piece, into: &held, ended: &sourceEnded)
        }
        try ForeignFormat.refuse(held)
        if let mark = TextEncoding.marked(by: held) {
            encoding = mark.encoding
            held.removeFirst(mark.length)
        } else if let name {
            guard let named = TextEncoding(named: name) else { throw .unknownEncoding(name) }
            encoding = named
        } else {
            try ForeignFormat.refuseUnmarked(held)
            encoding = .utf8
        }
        if encoding == .utf8 {
            transcoder = nil
        } else {
            transcoder = Transcoder(from: encoding.iconvName)
            if transcoder == nil { throw .unknownEncoding(name ?? encoding.name) }
        }
    }

    /// Hands out the next text, which may end in the middle of a character.
    ///
    /// - Parameter room: where it goes; at least ``minimumRoom`` bytes.
    mutating func read(into room: UnsafeMutableRawBufferPointer) -> Result {
        while true {
            if let pending, held.isEmpty { return .fault(pending) }
            let hasMore = !held.isEmpty || !sourceEnded
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
        if held.isEmpty, !sourceEnded, pending == nil, filled < room.count {
            do {
                let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
                sourceEnded = count == 0
                filled += count
            } catch {
                pending = .source(reason: Self.reason(error))
            }
        }
        let (count, verdict) = UTF8Check.validPrefix(of: UnsafeRawBufferPointer(rebasing: room[..<filled]))
        switch verdict {
        case .complete: break
        case .partial where held.isEmpty && (sourceEnded || pending != nil): pending = pending ?? .cutShort
        case .partial: held.insert(contentsOf: room[count..<filled], at: 0)
        case .invalid:
            pending = .invalid
            held = []
        }
        return count
    }

    /// Converts what is held, after reading more where that is little.
    private mutating func transcode(_ transcoder: Transcoder, into room: UnsafeMutableRawBufferPointer) -> Int {
        if held.count < Self.minimumRoom, !sourceEnded, pending == nil {
            pending = Self.read(&source, by: &piece, into: &held, ended: &sourceEnded)
        }
        let (consumed, produced, stop) = transcoder.convert(held, into: room)
        held.removeFirst(consumed)
        switch stop {
        case .done, .full: break
        case .partial where sourceEnded || pending != nil:
            pending = pending ?? .cutShort
            held = []
        case .partial: break
        case .invalid:
            pending = .invalid
            held = []
        }
        return produced
    }

    /// Reads one piece behind what is held; returns what went wrong.
    private static func read(
        _ source: inout any ByteSource, by piece: inout [UInt8], into held: inout [UInt8], ended: inout Bool
    ) -> Fault? {
        do {
            let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
            held.append(contentsOf: piece[..<count])
            ended = count == 0
            return nil
        } catch {
            return .source(reason: reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        if case .unreadable(let reason) = error as? ByteSourceError { return reason }
        return (error as? ByteSourceError)?.sentence ?? "\(error)"
    }
}
