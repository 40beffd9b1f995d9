import CNettle
import Foundation

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece. A copy continues independently.
public struct SHA256: Sendable {
    private var state = sha256_ctx()

    /// Creates a hash of no bytes.
    public init() { nettle_sha256_init(&state) }

    /// Adds the next piece.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        nettle_sha256_update(&state, bytes.count, start.assumingMemoryBound(to: UInt8.self))
    }

    /// The hash of all pieces so far; more can be added afterwards.
    public var digest: Digest {
        var state = state
        var digest = Digest()
        digest.withUnsafeMutableBytes { bytes in
            nettle_sha256_digest(&state, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        return digest
    }

    /// The hash of bytes in memory.
    public static func hash(_ data: Data) -> Digest {
        var hash = Self()
        data.withUnsafeBytes { hash.update($0) }
        return hash.digest
    }

    /// 32 bytes.
    public struct Digest: Sendable {
        fileprivate var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

        mutating func withUnsafeMutableBytes(_ body: (UnsafeMutableRawBufferPointer) -> Void) {
            Swift.withUnsafeMutableBytes(of: &bytes, body)
        }

        /// Passes the bytes to `body`.
        public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            Swift.withUnsafeBytes(of: bytes) { body($0) }
        }

        /// 64 hexadecimal characters in lower case.
        public var text: String {
            withUnsafeBytes { bytes in
                bytes.map { byte in
                    let digits = String(byte, radix: 16)
                    return byte < 16 ? "0" + digits : digits
                }.joined()
            }
        }

        /// Base64 with 44 characters (RFC 4648, section 4).
        public var base64: String { withUnsafeBytes { Data($0).base64EncodedString() } }
    }
}

/// SHA-256 as 64 hexadecimal characters in lower case.
public enum SHA256Text {
    /// The hash of bytes in memory.
    public static func of(_ data: Data) -> String { SHA256.hash(data).text }

    /// The hash of a file, which is read piece by piece.
    ///
    /// - Throws: an error if the file cannot be opened or read.
    public static func ofFile(_ path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hash = SHA256()
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            piece.withUnsafeBytes { hash.update($0) }
        }
        return hash.digest.text
    }
}
