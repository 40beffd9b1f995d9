import Domain
import Hashing

/// The row keys, which bind rows to a review: a fingerprint of each account at the time of the review.
public struct RowKeys: Sendable {
    private let start: SHA256

    /// - Parameters:
    ///   - review: the id of the review.
    ///   - answerSHA256: the SHA-256 of the raw response, 64 hexadecimal characters.
    public init(review: String, answerSHA256: String) {
        var hash = SHA256()
        for text in ["rollcall review row 1", review, answerSHA256] {
            withUnsafeTemporaryAllocation(byteCount: Self.size(text), alignment: 1) { buffer in
                guard var end = buffer.baseAddress else { return }
                Self.add(text, at: &end)
                hash.update(UnsafeRawBufferPointer(buffer))
            }
        }
        start = hash
    }

    /// `r` and 20 hexadecimal characters (80 bits). The letter prevents spreadsheets from reading it as a number.
    public func key(of account: ReviewedAccount) -> String {
        // Local variables, because the closure below would copy the whole account.
        let kind = account.kind.rawValue
        let (uid, email, type) = (account.uid, account.email, account.accountType.rawValue)
        let status = account.status?.rawValue ?? ""
        let occurrence = account.occurrence == 1 ? "1" : String(account.occurrence)
        let size =
            Self.size(kind) + Self.size(uid) + Self.size(email) + Self.size(type) + Self.size(status)
            + Self.size(occurrence)
        var hash = start
        // One call for all texts, because a call costs more than hashing so few bytes.
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
            guard var end = buffer.baseAddress else { return }
            Self.add(kind, at: &end)
            Self.add(uid, at: &end)
            Self.add(email, at: &end)
            Self.add(type, at: &end)
            Self.add(status, at: &end)
            Self.add(occurrence, at: &end)
            hash.update(UnsafeRawBufferPointer(buffer))
        }
        return hash.digest.withUnsafeBytes { digest in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 21) { key in
                key[0] = 0x72
                for place in 0..<10 {
                    key[1 + place * 2] = Hexadecimal.digit(digest[place] >> 4)
                    key[2 + place * 2] = Hexadecimal.digit(digest[place] & 15)
                }
                return String(decoding: key, as: UTF8.self)
            }
        }
    }

    private static func size(_ text: String) -> Int { 8 + text.utf8.count }

    /// Adds a text after its length, so that different lists of texts never have the same bytes.
    ///
    /// - Parameter end: the position to write to, with room for ``size(_:)``; moved behind the text.
    private static func add(_ text: String, at end: inout UnsafeMutableRawPointer) {
        text.withBytes { bytes in
            end.storeBytes(of: UInt64(bytes.count).littleEndian, as: UInt64.self)
            if let start = bytes.baseAddress { (end + 8).copyMemory(from: start, byteCount: bytes.count) }
            end += 8 + bytes.count
        }
    }
}
