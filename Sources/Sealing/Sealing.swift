import Domain
import Foundation
import Hashing
import Reports
import TerminalIO

/// Seals links of the chain of evidence: signs their checksums, and gets time stamps for them.
public struct Sealing: Sendable {
    /// What is asked for.
    public let request: SealRequest
    private let signer: SSHSigner?
    private let authority: TimestampAuthority?

    /// Prepares what is asked for, and finds out whether it is possible: it signs a message with the key, which may ask
    /// for a passphrase.
    ///
    /// - Parameters:
    ///   - timeout: the timeout of a request for a time stamp.
    ///   - consequence: ends the message of a failure: `nothing was sent`.
    /// - Returns: nil if nothing is asked for.
    /// - Throws: ``CommandFailure``.
    public static func prepared(
        _ request: SealRequest, timeout: Duration = .seconds(30), otherwise consequence: String
    ) async throws -> Sealing? {
        guard !request.isEmpty else { return nil }
        do throws(SealFailure) {
            let sealing = try Sealing(request, timeout: timeout)
            _ = try await sealing.signer?.sign(Data("rollcall: this checks that the key can sign\n".utf8))
            try await sealing.authority?.check()
            return sealing
        } catch {
            throw CommandFailure(.nothingSent, error.sentence + "; " + consequence)
        }
    }

    private init(_ request: SealRequest, timeout: Duration) throws(SealFailure) {
        self.request = request
        signer = request.key.map(SSHSigner.init)
        authority = try request.timestampURL.map { address throws(SealFailure) in
            try TimestampAuthority(address, timeout: timeout, version: programVersion)
        }
    }

    /// A link, with the folder that contains it.
    public struct Place: Hashable, Sendable {
        /// The evidence folder.
        public var folder: String
        /// The link.
        public var link: EvidenceLink

        /// Creates a place.
        public init(_ folder: String, _ link: EvidenceLink) {
            self.folder = folder
            self.link = link
        }

        /// The path of a file beside the checksums.
        func path(_ name: String) -> String { folder + "/" + name }
    }

    /// What was done for a link, for programs.
    private struct Seal: Encodable {
        /// The path of the checksums.
        var file: String
        /// The key that has signed; nil if nothing was signed now.
        var signedWith: String?
        /// The time of the stamp; nil if there is no new one.
        var stampedAt: String?
    }

    /// Seals links that have no seal yet. A link that was not written is left out.
    ///
    /// - Parameter member: the member of the JSON document that lists the seals.
    /// - Throws: ``CommandFailure`` with the command that seals them later; the evidence itself is complete.
    public func seal(_ places: [Place], member: String = "seals", on console: Console) async throws {
        var failures: [(place: Place, sentence: String)] = []
        var seals: [Seal] = []
        for place in places {
            guard let bytes = OrdinaryFile.bytes(at: place.path(place.link.manifest)) else { continue }
            var seal = Seal(file: place.path(place.link.manifest))
            do {
                seal.signedWith = try await sign(bytes, place, console)
                seal.stampedAt = try await stamp(bytes, place, console)
            } catch let error as any ExplainedError {
                failures.append((place, error.sentence))
            }
            seals.append(seal)
        }
        try console.output.add(JSONMember(member, seals))
        guard let failure = failures.first else { return }
        let name = Terminal.plain(failure.place.link.manifest)
        let others = failures.count > 1 ? " (and \((failures.count - 1).counted("other"))" + ")" : ""
        throw CommandFailure(
            .needsAttention,
            "\(name)\(others) is complete but not sealed: \(failure.sentence); to seal it: rollcall review seal "
                + "\(ShellWord.path(Self.root(of: failures.map(\.place.folder)))) \(request.options)")
    }

    /// Writes links, and seals them even if `body` ends with a failure, because some are written nevertheless.
    ///
    /// - Parameters:
    ///   - places: the links that `body` may have written.
    ///   - folder: the folder in which `body` may write links of other names, too.
    public static func sealing(
        _ places: [Place], newIn folder: String? = nil, with sealing: Sealing?, on console: Console,
        _ body: () async throws -> Void
    ) async throws {
        guard let sealing else { return try await body() }
        let before = folder.map { EvidenceLink.all(in: $0) } ?? []
        let written = { () -> [Place] in
            let now = folder.map { folder in
                EvidenceLink.all(in: folder).filter { !before.contains($0) }.map { Place(folder, $0) }
            }
            return places + (now ?? []).filter { !places.contains($0) }
        }
        do {
            try await body()
        } catch {
            // If nothing was sent, the links of this name belong to another run.
            let failure = CommandFailure(anything: error)
            if ![.nothingSent, .usage].contains(failure.status) {
                do {
                    try await sealing.seal(written(), on: console)
                } catch let other {
                    // The first failure is what the command ends with.
                    console.fail(CommandFailure(anything: other))
                }
            }
            throw error
        }
        try await sealing.seal(written(), on: console)
    }

    /// - Returns: the key that signed; nil if nothing was signed.
    private func sign(_ bytes: Data, _ place: Place, _ console: Console) async throws -> String? {
        let path = place.path(place.link.signature)
        guard let signer, FileStatus(path: path, followsLinks: false) == nil else { return nil }
        let (signature, key) = try await signer.sign(bytes)
        try WholeFile.write(signature.bytes, to: path)
        console.say("Signed: \(Terminal.plain(path, limit: 1000)) (\(key))")
        return key
    }

    /// - Returns: the time of the stamp; nil if there was nothing to do.
    private func stamp(_ bytes: Data, _ place: Place, _ console: Console) async throws -> String? {
        let path = place.path(place.link.timestamp)
        guard let authority, FileStatus(path: path, followsLinks: false) == nil else { return nil }
        let (token, statement) = try await console.during(StageCounter("Getting a time stamp")) {
            try await authority.stamp(SHA256Text.of(bytes))
        }
        try WholeFile.write(token.bytes, to: path)
        let time = Timestamp.text(statement.time, toSeconds: true)
        console.say("Time stamp: \(Terminal.plain(path, limit: 1000)) (\(time))")
        let difference = Date().timeIntervalSince(statement.time)
        if abs(difference) > Provenance.API.tolerance {
            let seconds = Int(min(abs(difference), 1e9).rounded())
            console.warn(
                "The local clock is \(Duration.seconds(seconds).inUnits) \(difference > 0 ? "ahead of" : "behind") the "
                    + "time stamp; one of them is wrong.")
        }
        return time
    }

    /// The folder that `review seal` takes for links in several folders: a company's, around those of its workspaces.
    private static func root(of folders: [String]) -> String {
        folders.min { $0.count < $1.count } ?? ""
    }
}
