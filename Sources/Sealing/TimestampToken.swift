import Domain
import Foundation
import Reports
import Settings

/// The reply of a time stamp authority (RFC 3161, `application/timestamp-reply`).
public struct TimestampToken: Sendable {
    /// The reply, as it was received.
    public let bytes: Data

    /// The maximum length of a reply in bytes.
    public static let longest = 1 << 20
    static let program = HelperProgram("openssl", package: "openssl", limit: .seconds(60))

    /// Takes a reply.
    public init(_ bytes: Data) { self.bytes = bytes }

    /// What a reply states.
    public struct Statement: Sendable {
        /// The time, by the clock of the authority.
        public var time: Date
        /// The name that it states for itself; empty if it states none.
        public var authority: String
    }

    /// What a reply is checked against.
    enum Subject {
        /// A request: its hash and its number.
        case query(Data)
        /// The SHA-256 of the stamped bytes, 64 hexadecimal characters.
        case digest(String)
    }

    /// Checks that it is a time stamp of these bytes, and that the certificate in it has signed it. This does not show
    /// whose certificate it is.
    ///
    /// - Parameter sha256: the hash of the bytes, 64 hexadecimal characters.
    /// - Throws: ``SealFailure``.
    public func fit(to sha256: String) async throws(SealFailure) -> Statement {
        try await check(.digest(sha256), at: nil)
    }

    /// Checks it, with the certificates in it.
    ///
    /// - Parameter moment: the time at which its certificates have to be valid; nil for the time that it states.
    func check(_ subject: Subject, at moment: Date?) async throws(SealFailure) -> Statement {
        try await inScratch { scratch, reply in
            let token = scratch.place("token")
            do {
                try await openssl(["ts", "-reply", "-in", reply, "-token_out", "-out", token])
            } catch {
                // A refusal has no token, and verifying it tells its reason.
                try await verify(subject, reply, in: scratch, [])
                throw error
            }
            let statement = try Self.statement(
                try await openssl(["ts", "-reply", "-in", token, "-token_in", "-text"]))
            let certificates = try scratch.add(
                "certificates",
                try await openssl(["pkcs7", "-inform", "DER", "-in", token, "-print_certs"]).output)
            try await verify(
                subject, reply, in: scratch,
                [
                    "-CAfile", certificates, "-partial_chain", "-attime", Self.seconds(moment ?? statement.time),
                ])
            return statement
        }
    }

    /// Checks that an authority has signed it, whose certificates were valid at the time that it states.
    ///
    /// - Parameters:
    ///   - sha256: the hash of the stamped bytes, 64 hexadecimal characters.
    ///   - authorities: a file with the certificates of trusted authorities (PEM).
    /// - Throws: ``SealFailure``.
    public func verify(_ sha256: String, by authorities: String, _ statement: Statement) async throws(SealFailure) {
        try await inScratch { scratch, reply in
            try await verify(
                .digest(sha256), reply, in: scratch,
                ["-CAfile", authorities, "-attime", Self.seconds(statement.time)])
        }
    }

    private func verify(
        _ subject: Subject, _ reply: String, in scratch: ScratchFolder, _ options: [String]
    ) async throws {
        let against =
            switch subject {
            case .query(let bytes): ["-queryfile", try scratch.add("query", bytes)]
            case .digest(let sha256): ["-digest", sha256]
            }
        try await openssl(["ts", "-verify", "-in", reply] + against + options)
    }

    @discardableResult
    private func openssl(_ arguments: [String]) async throws -> HelperProgram.Finished {
        let finished = try await Self.program.run(arguments)
        guard finished.status == 0 else { throw SealFailure(Self.reason(finished.errors)) }
        return finished
    }

    private func inScratch<Value>(
        _ body: (ScratchFolder, String) async throws -> Value
    ) async throws(SealFailure) -> Value {
        do {
            return try await ScratchFolder.with { try await body($0, $0.add("reply", bytes)) }
        } catch let failure as SealFailure {
            throw failure
        } catch let failure as HelperProgram.Failure {
            throw SealFailure(failure)
        } catch {
            throw SealFailure("no temporary file could be written")
        }
    }

    /// The last part of openssl's error, which says why: `…:message imprint mismatch:../crypto/ts/…:508:`.
    private static func reason(_ errors: [String]) -> String {
        let errors = errors.filter { $0.contains(":error:") }
        guard let last = errors.last else { return "openssl does not accept it" }
        // thread:error:code:library:function:reason:file:line:details
        let parts = last.split(separator: ":", maxSplits: 8, omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 5 else { return "openssl does not accept it" }
        let details = parts.count > 8 ? parts[8].trimmingCharacters(in: .whitespaces) : ""
        let words = [parts[5], details].filter { !$0.isEmpty }.joined(separator: ": ")
        return Terminal.plain(words.replacing("Verify error:", with: ""), limit: 200)
    }

    private static func seconds(_ time: Date) -> String { String(Int(time.timeIntervalSince1970)) }

    /// Reads openssl's text about a token. What it prints about the reply around the token is not signed.
    private static func statement(_ finished: HelperProgram.Finished) throws(SealFailure) -> Statement {
        let lines = finished.text.split(whereSeparator: \.isNewline).map(String.init)
        let value = { (name: String) in
            lines.first { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
        }
        guard let time = value("Time stamp: ").flatMap(time) else {
            throw SealFailure("its time cannot be read")
        }
        let authority = value("TSA: ").map { $0.replacing("DirName:", with: "") } ?? ""
        return Statement(time: time, authority: authority == "unspecified" ? "" : Terminal.plain(authority, limit: 200))
    }

    /// `Nov 28 12:24:45 2026 GMT`, also with a fraction of the second.
    static func time(_ text: String) -> Date? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let form = #/([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT/#
        guard let match = text.wholeMatch(of: form), let month = months.firstIndex(of: String(match.output.1)),
            let day = Int(match.output.2)
        else { return nil }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return Timestamp.date("\(match.output.4)-\(two(month + 1))-\(two(day))T\(match.output.3)Z")
    }
}
