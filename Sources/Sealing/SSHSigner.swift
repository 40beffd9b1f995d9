import Domain
import Foundation
import Settings

/// Signs files with a key of OpenSSH, as `ssh-keygen -Y sign` does.
public struct SSHSigner: Sendable {
    /// The namespace of the signatures, so that none of them is valid for anything else (PROTOCOL.sshsig of OpenSSH).
    public static let namespace = "rollcall"
    /// The path of a private key, or of a public key whose private key is in ssh-agent.
    public let key: String

    /// The limit is long, because somebody may have to type a passphrase or touch a security key.
    private static let program = HelperProgram("ssh-keygen", package: "openssh-client", limit: .seconds(300))

    /// Takes the path of a key.
    public init(key: String) { self.key = key }

    /// Signs bytes.
    ///
    /// - Returns: the signature, which has been checked against the bytes, and the key: `ED25519 key SHA256:…`.
    /// - Throws: ``SealFailure`` with the reason.
    public func sign(_ data: Data) async throws(SealFailure) -> (signature: SSHSignature, key: String) {
        let finished: HelperProgram.Finished
        do {
            // The message is read from standard input, so that its path cannot be taken for an option.
            finished = try await Self.program.run(
                ["-q", "-Y", "sign", "-n", Self.namespace, "-f", key], input: data, showsErrors: true)
        } catch {
            throw SealFailure(error)
        }
        let shown = ShellWord.path(key)
        guard finished.status == 0, let signature = SSHSignature(finished.output) else {
            let reason = finished.errors.last.map { ": " + Terminal.plain($0, limit: 300) } ?? ""
            throw SealFailure("ssh-keygen could not sign with \(shown)\(reason)")
        }
        guard case .fits(let used) = try await signature.fit(to: data) else {
            throw SealFailure("the signature that ssh-keygen made with \(shown) does not fit")
        }
        return (signature, used)
    }
}

/// Why there is no signature or time stamp.
public struct SealFailure: ExplainedError, Hashable {
    /// The reason, to be embedded in a message.
    public let sentence: String
    /// Whether a program is not installed.
    public let isMissingProgram: Bool
    /// The general code.
    public var code: ErrorCode { .needsAttention }

    /// - Parameter reason: a sentence.
    public init(reason: String) { self.init(reason) }

    init(_ sentence: String) {
        self.sentence = sentence
        isMissingProgram = false
    }

    init(_ failure: HelperProgram.Failure) {
        sentence = failure.sentence
        isMissingProgram = if case .notInstalled = failure { true } else { false }
    }
}
