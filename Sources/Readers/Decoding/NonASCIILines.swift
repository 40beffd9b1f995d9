/// Finds the lines with bytes above 0x7F; the bytes can come in pieces of any size.
///
/// Lines end with CRLF, LF or a lone CR, as for ``RowScanner``.
struct NonASCIILines {
    /// A line, without its end.
    struct Line {
        let number: Int
        let bytes: [UInt8]
        /// Whether the line is longer than the part that is kept.
        let isCut: Bool
    }

    /// The maximum number of bytes that are kept of a line; no name is longer.
    private static let limit = 1 << 16

    /// Whether the unfinished line has such bytes.
    private(set) var isOpen = false
    private var number: Int
    private var bytes: [UInt8] = []
    private var isCut = false
    private var followsCR = false

    init(from number: Int = 1) {
        self.number = number
    }

    /// The next line that ends in the piece, which then begins after that line; nil at the end of the piece.
    mutating func next(in piece: inout ArraySlice<UInt8>) -> Line? {
        while !piece.isEmpty {
            if followsCR, piece.first == 0x0a { piece = piece.dropFirst() }
            followsCR = false
            let end = piece.firstIndex { $0 == 0x0a || $0 == 0x0d } ?? piece.endIndex
            keep(piece[..<end])
            guard end < piece.endIndex else {
                piece = piece[end...]
                return nil
            }
            followsCR = piece[end] == 0x0d
            piece = piece[(end + 1)...]
            if let line = close() { return line }
        }
        return nil
    }

    /// The unfinished line, at the end of the bytes.
    mutating func close() -> Line? {
        defer {
            number += 1
            bytes.removeAll(keepingCapacity: true)
            (isOpen, isCut) = (false, false)
        }
        return isOpen ? Line(number: number, bytes: bytes, isCut: isCut) : nil
    }

    private mutating func keep(_ part: ArraySlice<UInt8>) {
        isOpen = isOpen || part.contains { $0 >= 0x80 }
        let kept = part.prefix(Self.limit - bytes.count)
        bytes.append(contentsOf: kept)
        isCut = isCut || kept.count < part.count
    }
}
