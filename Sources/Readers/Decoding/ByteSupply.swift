/// What a source gives, piece by piece, with its failure as a fault of the text.
struct ByteSupply {
    /// Whether all has been read.
    private(set) var isEnded = false
    private var source: any ByteSource
    /// Where a read puts its bytes; kept, because a slow pipe needs it for every few bytes.
    private var piece = [UInt8](repeating: 0, count: 1 << 16)

    init(_ source: some ByteSource) {
        self.source = source
    }

    /// Reads the next bytes into the room, and says how many.
    mutating func read(into room: UnsafeMutableRawBufferPointer) -> Result<Int, TextDecoder.Fault> {
        do {
            let count = try source.read(into: room)
            isEnded = count == 0
            return .success(count)
        } catch {
            return .failure(.source(reason: Self.reason(error)))
        }
    }

    /// Reads one piece behind what is held; returns what went wrong.
    mutating func append(to held: inout [UInt8]) -> TextDecoder.Fault? {
        do {
            let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
            held.append(contentsOf: piece[..<count])
            isEnded = count == 0
            return nil
        } catch {
            return .source(reason: Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        if case .unreadable(let reason) = error as? ByteSourceError { return reason }
        return (error as? ByteSourceError)?.sentence ?? "\(error)"
    }
}
