/// Reads a source piece by piece, and converts its errors to faults of the text.
struct ByteSupply {
    /// Whether the end was reached.
    private(set) var isEnded = false
    private var source: any ByteSource
    /// The buffer for a read; kept, because a slow pipe returns only few bytes for each read.
    private var piece = [UInt8](repeating: 0, count: 1 << 16)

    init(_ source: some ByteSource) {
        self.source = source
    }

    /// Reads the next bytes into the buffer, and returns their number.
    mutating func read(into room: UnsafeMutableRawBufferPointer) -> Result<Int, TextDecoder.Fault> {
        do {
            let count = try source.read(into: room)
            isEnded = count == 0
            return .success(count)
        } catch {
            return .failure(.source(reason: Self.reason(error)))
        }
    }

    /// Appends one piece; returns the fault if reading failed.
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
