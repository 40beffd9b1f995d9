import Foundation
import Hashing

/// A short name of credentials for records: the same credentials have the same one, and it helps nobody to find them.
///
/// It is made of the API key only; its secret is no part of it, so that nothing about the secret can follow from it. A
/// token is a secret itself, so there is none for tokens that somebody may have chosen (``minimumOfToken``): whoever
/// has the record could try all of them. Of a longer random token, 64 bits of a hash do not even decide between two
/// guesses that are equally probable. The hash is an HMAC with a label and the host, so that it equals no other hash of
/// the same key elsewhere.
enum CredentialsFingerprint {
    /// The shortest token with a fingerprint, in characters without its prefix.
    static let minimumOfToken = 24

    /// 16 hexadecimal characters; nil for a token that is too short.
    static func of(_ credentials: Credentials, for endpoint: Endpoint) -> String? {
        let (text, isSecret) = credentials.identity
        let prefix = "prdm_wsp_".count
        guard !isSecret || text.count >= prefix + minimumOfToken else { return nil }
        let label = "rollcall credentials fingerprint 1\0" + endpoint.host
        return String(HMAC.sha256(of: Data(text.utf8), key: Data(label.utf8)).text.prefix(16))
    }
}
