import Crypto
import Domain
import Foundation

/// What binds the rows of a review's files to that review: a fingerprint of each account as it was reviewed.
public struct RowKeys: Sendable {
    private let start: SHA256

    /// - Parameters:
    ///   - review: the review's name.
    ///   - answerSHA256: of the raw answer that was reviewed, 64 hexadecimal characters.
    public init(review: String, answerSHA256: String) {
        var hash = SHA256()
        Self.add("rollcall review row 1", to: &hash)
        Self.add(review, to: &hash)
        Self.add(answerSHA256, to: &hash)
        start = hash
    }

    /// `r` and 20 hexadecimal characters: 80 bits, and nothing that a spreadsheet takes for a number.
    public func key(of account: ReviewedAccount) -> String {
        var hash = start
        for text in [
            account.kind.rawValue, account.uid, account.email, account.accountType.rawValue,
            account.status?.rawValue ?? "", String(account.occurrence),
        ] { Self.add(text, to: &hash) }
        var key = "r"
        for byte in hash.finalize().prefix(10) {
            key += byte < 16 ? "0" : ""
            key += String(byte, radix: 16)
        }
        return key
    }

    /// With its length before it, so that no two lists of texts are hashed alike.
    private static func add(_ text: String, to hash: inout SHA256) {
        var text = text
        text.withUTF8 { bytes in
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
    }
}
