import Foundation
import Hashing
import Testing

@Suite struct SHA256Tests {
    /// The examples that NIST gives for FIPS 180, and nothing at all.
    private static let examples = [
        (Data(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (Data("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            Data("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            Data(repeating: 0x61, count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test(arguments: examples) func `the standard's examples`(bytes: Data, text: String) {
        #expect(SHA256Text.of(bytes) == text)
        #expect(SHA256.hash(bytes).text == text)
        #expect(Data(base64Encoded: SHA256.hash(bytes).base64)?.first == UInt8(text.prefix(2), radix: 16))
    }

    @Test(arguments: [1, 55, 56, 63, 64, 65, 1000]) func `pieces of any size are the whole`(size: Int) throws {
        let bytes = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0) })
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { hash.update($0) }
            // Asking in between changes nothing.
            _ = hash.digest
        }
        #expect(hash.digest.text == SHA256Text.of(bytes))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try bytes.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try SHA256Text.ofFile(file.path) == SHA256Text.of(bytes))
    }

    @Test func `a copy goes on by itself`() {
        var one = SHA256()
        Data("ab".utf8).withUnsafeBytes { one.update($0) }
        var two = one
        Data("c".utf8).withUnsafeBytes { one.update($0) }
        Data("x".utf8).withUnsafeBytes { two.update($0) }
        #expect(one.digest.text == SHA256Text.of(Data("abc".utf8)))
        #expect(two.digest.text == SHA256Text.of(Data("abx".utf8)))
    }

    @Test func `a file that is not there is told`() {
        #expect(throws: (any Error).self) { try SHA256Text.ofFile("/nowhere/at/all") }
    }
}
