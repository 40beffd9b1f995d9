import Domain
import Foundation
import Hashing
import Reports
import Sealing

/// Checks the signatures and time stamps of the links of an evidence folder, offline.
public struct SealCheck {
    /// Who is trusted.
    public struct Trust: Sendable {
        /// Who may sign; nil if that is not known.
        public var signers: AllowedSigners?
        /// A file with the certificates of time stamp authorities (PEM); nil if they are not known.
        public var authorities: String?

        /// Creates a trust in signers and authorities.
        public init(signers: AllowedSigners?, authorities: String?) {
            self.signers = signers
            self.authorities = authorities
        }

        /// Whether a link without a signature fails. A file of git is there for other purposes.
        var needsSignatures: Bool { signers.map { $0.origin == nil } ?? false }
    }

    private let folder: String
    private let trust: Trust
    /// Called with a description of each step before it starts.
    public var onFile: (String) -> Void = { _ in }
    /// The findings so far.
    public private(set) var findings: [EvidenceCheck.Finding] = []

    /// What the findings establish about each folder.
    public private(set) var claims: [EvidenceClaim] = []

    /// Creates a check of an evidence folder, or of a folder with the reviews of several workspaces.
    public init(folder: String, trust: Trust) {
        self.folder = folder
        self.trust = trust
    }

    /// Runs all checks, also those of the folders of workspaces.
    public mutating func run() async {
        await runHere()
        guard let data = OrdinaryFile.bytes(at: path(CompanyRecord.name)),
            let record = try? RecordJSON.decode(CompanyRecord.self, from: data)
        else { return }
        for name in record.workspaces.compactMap(\.folder) where !name.contains("/") && ![".", ".."].contains(name) {
            var check = SealCheck(folder: path(name), trust: trust)
            check.onFile = onFile
            await check.runHere()
            claims += check.claims.map { $0.of(name) }
            findings += check.findings.map { $0.of(name) }
        }
    }

    private mutating func runHere() async {
        let links = EvidenceLink.all(in: folder)
        var signed: Set<EvidenceLink> = []
        var stamped: Set<EvidenceLink> = []
        var wrong: Set<EvidenceClaim.Code> = []
        for link in links {
            // As the program has written it: what was signed does not depend on how a mail program ends lines.
            guard let manifest = Manifest(at: path(link.manifest), subfolder: EvidenceFolder.attachmentsName) else {
                continue
            }
            let bytes = Data(manifest.text.utf8)
            let stated = Stated(link, in: folder)
            if let warning = stated.provenance?.api?.clockWarning {
                note(.notChecked, "\(link.manifest): \(warning) The times that it states are not certain.")
            }
            onFile("Checking the seals of \(link.manifest)")
            let failed = failures
            let stamp = await checkTimestamp(link, bytes)
            if failures > failed { wrong.insert(.timeStamped) }
            if stamp.isValid { stamped.insert(link) }
            let time =
                stamp.time ?? stated.time.map { SigningTime($0, "as it states") }
                ?? SigningTime(Date(), "now, because it states no time")
            let before = failures
            if await checkSignature(link, bytes, at: time) { signed.insert(link) }
            if failures > before { wrong.insert(.signed) }
        }
        noteMissing("signed", \.signature, signed, links, isNeeded: trust.needsSignatures)
        noteMissing("time-stamped", \.timestamp, stamped, links, isNeeded: trust.authorities != nil)
        claim(.signed, signed, links, isChecked: trust.signers != nil, isWrong: wrong.contains(.signed))
        claim(.timeStamped, stamped, links, isChecked: trust.authorities != nil, isWrong: wrong.contains(.timeStamped))
    }

    private var failures: Int { findings.count { $0.result == .failed } }

    private mutating func claim(
        _ code: EvidenceClaim.Code, _ sealed: Set<EvidenceLink>, _ links: [EvidenceLink], isChecked: Bool, isWrong: Bool
    ) {
        let names = links.filter(sealed.contains).map { Terminal.plain($0.manifest) }.joined(separator: ", ")
        let words = code == .signed ? "signature" : "time stamp"
        let (result, sentence): (EvidenceClaim.Result, String) =
            if isWrong {
                (.failed, "a \(words) does not hold; see the checks")
            } else if sealed.isEmpty {
                (.notEstablished, "there is no \(words)")
            } else if !isChecked {
                (.notEstablished, "\(names); nobody was named whose \(words) counts")
            } else {
                (.established, names)
            }
        claims.append(.init(code: code, result: result, sentence: sentence))
    }

    /// The time of a signature, and where it comes from.
    private struct SigningTime {
        var time: Date
        var source: String

        init(_ time: Date, _ source: String) {
            self.time = time
            self.source = source
        }

        var words: String { "\(Timestamp.text(time, toSeconds: true)) (\(source))" }
    }

    private func path(_ name: String) -> String { folder + "/" + name }

    private mutating func note(_ result: EvidenceCheck.Finding.Result, _ sentence: String) {
        findings.append(.init(result: result, sentence: sentence))
    }

    /// - Returns: whether there is a time stamp that passed every check that was possible, and its time if it fits.
    private mutating func checkTimestamp(
        _ link: EvidenceLink, _ bytes: Data
    ) async -> (isValid: Bool, time: SigningTime?) {
        guard let data = reading(link.timestamp) else { return (false, nil) }
        let sha256 = SHA256Text.of(bytes)
        do throws(SealFailure) {
            guard data.count <= TimestampToken.longest else { throw .tooLong }
            let token = TimestampToken(data)
            let statement = try await token.fit(to: sha256)
            let time = Timestamp.text(statement.time, toSeconds: true)
            let by = statement.authority.isEmpty ? "" : " by \(statement.authority)"
            guard let authorities = trust.authorities else {
                note(
                    .notChecked,
                    "\(link.manifest): time stamp of \(time)\(by); to check whose it is, name the certificates of the "
                        + "authority: --tsa-ca FILE")
                return (true, SigningTime(statement.time, "time stamp, not checked"))
            }
            do throws(SealFailure) {
                try await token.verify(sha256, by: authorities, statement)
            } catch {
                note(
                    .failed,
                    "\(link.manifest): the time stamp of \(time)\(by) is not by an authority of "
                        + "\(Terminal.plain(authorities, limit: 1000)): \(error.sentence)")
                return (false, nil)
            }
            note(
                .ok,
                "\(link.manifest): existed at \(time); time stamp\(by), checked with "
                    + Terminal.plain(authorities, limit: 1000))
            return (true, SigningTime(statement.time, "time stamp"))
        } catch {
            note(
                error.isMissingProgram && trust.authorities == nil ? .notChecked : .failed,
                "\(link.manifest): the time stamp "
                    + (error.isMissingProgram ? "was not checked" : "is not one of this file") + ": \(error.sentence)")
            return (false, nil)
        }
    }

    /// - Returns: whether there is a signature that passed every check that was possible.
    private mutating func checkSignature(_ link: EvidenceLink, _ bytes: Data, at time: SigningTime) async -> Bool {
        guard let data = reading(link.signature) else { return false }
        let name = link.manifest
        guard let signature = SSHSignature(data) else {
            note(.failed, "\(name): \(link.signature) is not a signature of ssh-keygen")
            return false
        }
        do throws(SealFailure) {
            let key: String
            switch try await signature.fit(to: bytes) {
            case .fits(let used): key = used
            case .differs(let reason):
                note(.failed, "\(name): the signature is not one of this file: \(reason)")
                return false
            }
            guard let allowed = trust.signers else {
                note(
                    .notChecked,
                    "\(name): signed with \(key); to check who signed, name the allowed signers: --allowed-signers FILE"
                )
                return true
            }
            switch try await signature.signer(of: bytes, among: allowed, at: time.time) {
            case .authorised(let names):
                let who = names.map { Terminal.plain($0, limit: 254) }.joined(separator: ", ")
                note(
                    .ok, "\(name): signed by \(who) with \(key), authorised at \(time.words) by \(allowed.words)")
                return true
            case .unauthorised(let reason):
                note(
                    .failed,
                    "\(name): signed with \(key), which \(allowed.words) does not authorise at \(time.words)"
                        + (reason.map { ": " + $0 } ?? ""))
                return false
            }
        } catch {
            note(
                error.isMissingProgram && !trust.needsSignatures ? .notChecked : .failed,
                "\(name): the signature was not checked: \(error.sentence)")
            return false
        }
    }

    /// A file that seals a link; nil if there is none. An unreadable one is a finding.
    private mutating func reading(_ name: String) -> Data? {
        guard FileStatus(path: path(name), followsLinks: false) != nil else { return nil }
        if let data = OrdinaryFile.bytes(at: path(name)) { return data }
        note(.failed, "\(name) cannot be read")
        return nil
    }

    /// Notes links without a seal. A later link with one covers those that its checksums name.
    private mutating func noteMissing(
        _ word: String, _ file: KeyPath<EvidenceLink, String>, _ sealed: Set<EvidenceLink>, _ links: [EvidenceLink],
        isNeeded: Bool
    ) {
        guard isNeeded || !sealed.isEmpty else { return }
        for link in links where FileStatus(path: path(link[keyPath: file]), followsLinks: false) == nil {
            let hash = OrdinaryFile.sha256(at: path(link.manifest))
            let cover = links.last { later in
                sealed.contains(later) && later.named(in: folder).contains { $0.link == link && $0.sha256 == hash }
            }
            if let cover {
                note(.ok, "\(link.manifest): not \(word) itself; \(cover.manifest), which is, contains its hash")
            } else {
                note(isNeeded ? .failed : .notChecked, "\(link.manifest) is not \(word)")
            }
        }
    }
}

extension SealFailure {
    fileprivate static var tooLong: SealFailure { SealFailure(reason: "the file is too long") }
}

/// What the record of a link states, whatever its kind is.
private struct Stated: Decodable {
    var closedAt, finishedAt, addedAt, takenAt, startedAt: String?
    var after: After?
    var provenance: Provenance?

    struct After: Decodable { var takenAt: String? }

    /// Reads the record; nothing is stated if it cannot be read, which other checks report.
    init(_ link: EvidenceLink, in folder: String) {
        let isCompany = OrdinaryFile.isOne(folder + "/" + CompanyRecord.name)
        let data = OrdinaryFile.bytes(at: folder + "/" + link.record(isCompany: isCompany)) ?? Data()
        self = (try? RecordJSON.decode(Stated.self, from: data)) ?? Stated()
    }

    private init() {}

    /// The time of the link: its end, as far as it is stated.
    var time: Date? {
        [closedAt, finishedAt, addedAt, after?.takenAt, takenAt, startedAt].lazy.compactMap {
            $0.flatMap(Timestamp.date)
        }
        .first
    }
}
