import Domain
import Hashing

/// What binds the rows of a review's files to that review: a fingerprint of each account as it was reviewed.
public struct RowKeys: Sendable {
    private let start: SHA256

    /// - Parameters:
    ///   - review: the review's name.
    ///   - answerSHA256: of the raw answer that was reviewed, 64 hexadecimal characters.
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

    /// `r` and 20 hexadecimal characters: 80 bits, and nothing that a spreadsheet takes for a number.
    public func key(of account: ReviewedAccount) -> String {
        // Taken out of the account first: the closure below would copy all of it.
        let kind = account.kind.rawValue
        let (uid, email, type) = (account.uid, account.email, account.accountType.rawValue)
        let status = account.status?.rawValue ?? ""
        let occurrence = account.occurrence == 1 ? "1" : String(account.occurrence)
        let size =
            Self.size(kind) + Self.size(uid) + Self.size(email) + Self.size(type) + Self.size(status)
            + Self.size(occurrence)
        var hash = start
        // All of it at once: a hash of so few bytes costs less than the way to it.
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

    /// With its length before it, so that no two lists of texts are hashed alike.
    ///
    /// - Parameter end: where it goes, and then where the next one goes; there is room for ``size(_:)``.
    private static func add(_ text: String, at end: inout UnsafeMutableRawPointer) {
        text.withBytes { bytes in
            end.storeBytes(of: UInt64(bytes.count).littleEndian, as: UInt64.self)
            if let start = bytes.baseAddress { (end + 8).copyMemory(from: start, byteCount: bytes.count) }
            end += 8 + bytes.count
        }
    }
}
