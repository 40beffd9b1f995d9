import CNettle
import Foundation

/// Keyed hashes (RFC 2104).
public enum HMAC {
    /// HMAC-SHA-256.
    public static func sha256(of data: Data, key: Data) -> SHA256.Digest {
        var context = hmac_sha256_ctx()
        key.withUnsafeBytes { bytes in
            nettle_hmac_sha256_set_key(&context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        data.withUnsafeBytes { bytes in
            nettle_hmac_sha256_update(&context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        var digest = SHA256.Digest()
        digest.withUnsafeMutableBytes { bytes in
            nettle_hmac_sha256_digest(
                &context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        return digest
    }
}
