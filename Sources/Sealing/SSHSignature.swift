import Domain
import Foundation
import Settings

/// A signature by `ssh-keygen -Y sign`.
public struct SSHSignature: Sendable {
    /// Its text form.
    public let bytes: Data

    /// The maximum length in bytes; that of the largest RSA key is a tenth of it.
    private static let longest = 65_536
    private static let program = HelperProgram("ssh-keygen", package: "openssh-client", limit: .seconds(60))
    /// The maximum number of names that are tried.
    private static let mostPrincipals = 20

    /// Whether a signature fits to bytes.
    public enum Fit: Sendable {
        /// It fits; the kind of the key and its fingerprint: `ED25519 key SHA256:…`.
        case fits(key: String)
        /// It does not; the reason.
        case differs(String)
    }

    /// Who has signed.
    public enum Signer: Sendable {
        /// The names that the file of allowed signers has for the key, valid at the time of the signature.
        case authorised([String])
        /// The file has no such key for this time and this namespace; the reason, if it states one.
        case unauthorised(String?)
    }

    /// Takes a signature; nil if it is not one.
    public init?(_ bytes: Data) {
        guard bytes.count <= Self.longest, bytes.starts(with: Data("-----BEGIN SSH SIGNATURE-----".utf8)) else {
            return nil
        }
        self.bytes = bytes
    }

    /// Checks that it is a signature of these bytes in the program's namespace, by any key.
    public func fit(to data: Data) async throws(SealFailure) -> Fit {
        let finished = try await run(
            ["-Y", "check-novalidate", "-n", SSHSigner.namespace], input: data)
        guard finished.status == 0,
            let match = finished.text.firstMatch(of: #/with (\S{1,40}) key (SHA256:[A-Za-z0-9+\/]{43})/#)
        else { return .differs(Self.reason(finished.errors.first) ?? "ssh-keygen does not accept it") }
        return .fits(key: "\(Terminal.plain(String(match.output.1))) key \(match.output.2)")
    }

    /// Finds out who has signed.
    ///
    /// - Parameters:
    ///   - data: the signed bytes.
    ///   - allowed: who may sign.
    ///   - time: the time of the signature.
    public func signer(
        of data: Data, among allowed: AllowedSigners, at time: Date
    ) async throws(SealFailure) -> Signer {
        let moment = "-Overify-time=" + Self.moment(time)
        let found = try await run(["-Y", "find-principals", "-f", allowed.path, moment])
        let names = found.text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isEmpty }
        guard found.status == 0, !names.isEmpty else { return .unauthorised(allowed.reason(in: found.errors)) }
        var authorised: [String] = []
        var reason: String?
        for name in names.prefix(Self.mostPrincipals) {
            let verify = ["-Y", "verify", "-f", allowed.path, "-I", name, "-n", SSHSigner.namespace, moment]
            let verified = try await run(verify, input: data)
            guard verified.status == 0 else {
                reason = allowed.reason(in: verified.errors)
                continue
            }
            // A second time, because ssh-keygen does not say that a key is revoked.
            if let revoked = allowed.revoked, try await run(verify + ["-r", revoked], input: data).status != 0 {
                reason = "the key is revoked by \(Terminal.plain(revoked, limit: 1000))"
                continue
            }
            authorised.append(name)
        }
        return authorised.isEmpty ? .unauthorised(reason) : .authorised(authorised)
    }

    /// Runs ssh-keygen with the signature in a file of its own.
    private func run(_ arguments: [String], input: Data? = nil) async throws(SealFailure) -> HelperProgram.Finished {
        do {
            return try await ScratchFolder.with { scratch in
                try await Self.program.run(arguments + ["-s", scratch.add("signature", bytes)], input: input)
            }
        } catch let failure as HelperProgram.Failure {
            throw SealFailure(failure)
        } catch {
            throw SealFailure("no temporary file could be written")
        }
    }

    /// `20261128091500Z`, as ssh-keygen reads times.
    static func moment(_ time: Date) -> String {
        time.formatted(
            .iso8601.year().month().day().dateSeparator(.omitted).time(includingFractionalSeconds: false)
                .timeSeparator(.omitted).timeZone(separator: .omitted)
        ).replacing("T", with: "")
    }

    private static func reason(_ line: String?) -> String? {
        guard let line else { return nil }
        // "Couldn't verify signature: namespace does not match"
        return Terminal.plain(line.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? line, limit: 200)
    }
}

/// A file of allowed signers (ssh-keygen(1), *ALLOWED SIGNERS*).
public struct AllowedSigners: Hashable, Sendable {
    /// Its path.
    public let path: String
    /// A file of revoked keys: public keys, or a list by `ssh-keygen -k`.
    public let revoked: String?
    /// Where the path comes from, if it was not given: `gpg.ssh.allowedSignersFile of git`.
    public let origin: String?

    /// Takes paths.
    public init(path: String, revoked: String?, origin: String? = nil) {
        self.path = path
        self.revoked = revoked
        self.origin = origin
    }

    /// The file that git uses, by the configuration of the user or of the system; nil if there is none.
    ///
    /// The configuration of a repository does not count: a folder of evidence may be one, and would then name its own
    /// signers.
    public static func ofGit() async -> AllowedSigners? {
        guard let path = await gitPath("gpg.ssh.allowedSignersFile") else { return nil }
        return AllowedSigners(
            path: path, revoked: await gitPath("gpg.ssh.revocationFile"), origin: "gpg.ssh.allowedSignersFile of git")
    }

    private static func gitPath(_ key: String) async -> String? {
        let git = HelperProgram("git", package: "git", limit: .seconds(10))
        for scope in ["--global", "--system"] {
            guard let finished = try? await git.run(["config", scope, "--type=path", "--get", key]) else { return nil }
            let path = finished.text.trimmingCharacters(in: .newlines)
            if finished.status == 0, path.hasPrefix("/") { return path }
        }
        return nil
    }

    /// The path, and where it comes from, for a message.
    public var words: String { Terminal.plain(path, limit: 1000) + (origin.map { " (\($0))" } ?? "") }

    /// What ssh-keygen says about a line of the file: `allowed_signers:3: key has expired: …`; nil if it says nothing.
    func reason(in errors: [String]) -> String? {
        guard let line = errors.last(where: { $0.hasPrefix(path + ":") }) else { return nil }
        return Terminal.plain(String(line.dropFirst(path.count + 1).replacing(#/^\d+: /#, with: "")), limit: 200)
    }
}
