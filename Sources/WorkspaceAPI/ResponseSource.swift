import Foundation
import Hashing

/// What a response shows about its sender: the time of its clock, and its certificate.
public struct ResponseSource: Hashable, Sendable {
    /// The time of the response by the sender's clock (`Date` header), in whole seconds; nil if it is not stated.
    public var date: Date?
    /// The SHA-256 of its TLS certificate (DER), 64 hexadecimal characters; nil without TLS.
    public var certificateSHA256: String?

    /// Nothing is known.
    public init() {}

    init(_ response: TransportResponse) {
        date = response.header("Date").flatMap { RetryAfter.date($0, now: Date()) }
        certificateSHA256 = response.certificate.flatMap(Self.sha256(ofPEM:))
    }

    /// The hash of a certificate in PEM (RFC 7468); nil for any other text.
    static func sha256(ofPEM text: String) -> String? {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let begin = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let end = lines[begin...].firstIndex(of: "-----END CERTIFICATE-----"),
            let der = Data(base64Encoded: lines[(begin + 1)..<end].joined())
        else { return nil }
        return SHA256Text.of(der)
    }
}
