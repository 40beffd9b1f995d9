import Domain
import Foundation
import Settings
import WorkspaceAPI

/// A time stamp authority (RFC 3161) with an address for requests by HTTP.
public struct TimestampAuthority: Sendable {
    /// The address, as given.
    public let address: String
    private let post: ForeignPost
    private let timeout: Duration

    /// Takes an address; nothing is sent.
    ///
    /// - Parameters:
    ///   - timeout: the timeout of a request.
    ///   - version: the version of this program.
    /// - Throws: ``SealFailure`` if it is no address.
    public init(_ address: String, timeout: Duration, version: String) throws(SealFailure) {
        self.address = address
        self.timeout = timeout
        do throws(ForeignPost.Failure) {
            post = try ForeignPost(
                address, contentType: "application/timestamp-query", accept: "application/timestamp-reply",
                version: version, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw SealFailure(error.sentence)
        }
    }

    /// Checks that openssl is installed, which makes the requests.
    public func check() async throws(SealFailure) {
        _ = try await query(sha256: String(repeating: "0", count: 64))
    }

    /// Gets a time stamp, and checks it: that it is granted, is for this hash and this request, and is signed.
    ///
    /// - Parameter sha256: the hash of the bytes, 64 hexadecimal characters.
    public func stamp(_ sha256: String) async throws(SealFailure) -> (TimestampToken, TimestampToken.Statement) {
        let query = try await query(sha256: sha256)
        let reply: Data
        do throws(ForeignPost.Failure) {
            reply = try await post.send(query, timeout: timeout, maxBytes: TimestampToken.longest)
        } catch {
            throw SealFailure("\(Terminal.plain(address, limit: 300)) sent no time stamp: \(error.sentence)")
        }
        let token = TimestampToken(reply)
        do {
            return (token, try await token.check(.query(query), at: Date()))
        } catch {
            throw SealFailure(
                "the reply of \(Terminal.plain(address, limit: 300)) is not a valid time stamp: \(error.sentence)")
        }
    }

    private func query(sha256: String) async throws(SealFailure) -> Data {
        let finished: HelperProgram.Finished
        do {
            finished = try await TimestampToken.program.run(["ts", "-query", "-digest", sha256, "-sha256", "-cert"])
        } catch {
            throw SealFailure(error)
        }
        guard finished.status == 0, !finished.output.isEmpty else {
            throw SealFailure("openssl could not make a request for a time stamp")
        }
        return finished.output
    }
}
