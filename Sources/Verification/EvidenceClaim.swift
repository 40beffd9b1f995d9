import Domain
import Foundation
import Reports

/// What a verification establishes about an evidence folder, for the reader who decides whether to rely on it.
public struct EvidenceClaim: Sendable {
    /// The claims, in the order in which they are shown. A code keeps its meaning.
    public enum Code: String, Sendable, CaseIterable {
        /// No file differs from its checksums.
        case unchanged
        /// Every report agrees with the raw response, the history and the completed files.
        case agreesWithAnswer
        /// The response is of the period that the review is about.
        case inPeriod
        /// The review is closed.
        case complete
        /// A hash from outside the folder covers it.
        case anchored
        /// Somebody who was authorised has signed it.
        case signed
        /// An authority states when it existed.
        case timeStamped
        /// The ledger of this machine has recorded the same hashes.
        case knownToLedger
        /// What nobody can see from the folder.
        case notProvable
    }

    /// Whether a claim holds.
    public enum Result: String, Sendable, CaseIterable {
        case established, notEstablished, failed

        /// The result as shown to users.
        public var words: String {
            switch self {
            case .established: "yes"
            case .notEstablished: "not shown"
            case .failed: "NO"
            }
        }
    }

    /// The claims in the order in which they are shown; those of several folders stay in the order of the folders.
    public static func inOrder(_ claims: [EvidenceClaim]) -> [EvidenceClaim] {
        Code.allCases.flatMap { code in claims.filter { $0.code == code } }
    }

    /// Which claim it is.
    public var code: Code
    /// Whether it holds.
    public var result: Result
    /// What was found, with names and times.
    public var sentence: String
    /// Whether it is about a redacted copy.
    public var isAboutCopy = false

    /// The claim with the name of the folder of a workspace.
    func of(_ folder: String) -> EvidenceClaim {
        var claim = self
        claim.sentence = "\(Terminal.plain(folder)): \(sentence)"
        return claim
    }
}

extension EvidenceClaim.Code {
    /// The claim as shown to users.
    public var title: String {
        switch self {
        case .unchanged: "Unchanged"
        case .agreesWithAnswer: "Agrees with the raw response"
        case .inPeriod: "In the period"
        case .complete: "Complete"
        case .anchored: "Anchored by a given hash"
        case .signed: "Signed"
        case .timeStamped: "Time-stamped"
        case .knownToLedger: "Known to this ledger"
        case .notProvable: "Not provable from this folder"
        }
    }

    /// How it was checked.
    public var method: String {
        switch self {
        case .unchanged: "The SHA-256 of every file was compared with the checksum files, and those with each other."
        case .agreesWithAnswer:
            "Every report was written once more from the raw response, the history and the completed files, and compared."
        case .inPeriod:
            "The times that the records state were compared with each other, with the clock of the API and with the period."
        case .complete: "The final decision and result of every account were derived, and compared with the statement."
        case .anchored: "The SHA-256 of each checksum file was compared with the hash given as --expect."
        case .signed: "ssh-keygen checked the signature of each checksum file against the allowed signers."
        case .timeStamped: "openssl checked the RFC 3161 time stamp of each checksum file against the authorities."
        case .knownToLedger: "The SHA-256 of each checksum file was compared with the ledger of the verifying machine."
        case .notProvable: "It follows from what the other claims rest on."
        }
    }

    /// What an auditor should ask for if the claim is not established.
    public var request: String {
        switch self {
        case .unchanged: "The folder as it was exported, for example from the archive."
        case .agreesWithAnswer: "The folder of the version that wrote it, or a review by the current version."
        case .inPeriod:
            "Why the user list is of another time, and a time stamp or the ticket for the time that is stated."
        case .complete: "The closing statement, or the list of open items (rollcall review status)."
        case .anchored: "The evidence hash in the ticket of the review, and who could change the ticket."
        case .signed: "The file of allowed signers, and who can change it."
        case .timeStamped: "The certificate of the time stamp authority."
        case .knownToLedger: "A verification on the machine that wrote the evidence."
        case .notProvable: "An export of the user list from the product itself, on a sample of accounts."
        }
    }
}

extension EvidenceCheck {
    /// What nobody can see about activity, if the folder has no audit log.
    private func unprovedActivity(of review: EvidenceRecord) -> String {
        guard !review.files.contains(where: { $0.name == ReviewActivity.fileName }) else { return "" }
        guard let absent = review.absentActivity else {
            return "; and whether the audit log was requested, which \(EvidenceRecord.name) does not state"
        }
        return "; and that there is no activity because, as \(EvidenceRecord.name) states, \(absent.words)"
            + (absent.reason.map { " (\(Terminal.plain($0, limit: 500)))" } ?? "")
    }

    /// Derives the claims from the findings.
    mutating func makeClaims(of review: EvidenceRecord) {
        let failed = findings.count { $0.result == .failed }
        claims.append(
            .init(
                code: .unchanged, result: failed == 0 ? .established : .failed,
                sentence: failed == 0
                    ? "no check failed"
                        + (redaction.map {
                            "; \($0.rewritten.count.counted("file has", "files have")) other bytes than the original, as a copy "
                                + "without \($0.words)"
                        } ?? "")
                    : "\(failed.counted("check")) of \(findings.count.grouped) failed; see the checks"))
        let (result, sentence): (EvidenceClaim.Result, String) =
            if failed > 0 {
                (.failed, "something differs; see the checks")
            } else if let redaction {
                (
                    confirmed.values.contains(false) ? .notEstablished : .established,
                    "\(review.users.counted("active user")) and \(review.invites.counted("invitation")) as of "
                        + Terminal.plain(review.takenAt) + "; without \(redaction.words)"
                        + (redaction.lacksCompletedFiles
                            ? "; the decisions were not compared with the completed files, which are left out" : "")
                        + (confirmed.values.contains(false) ? "; some reports only text by text" : "")
                )
            } else if !notRecomputed.isEmpty {
                (
                    .notEstablished,
                    "only the accounts: \(notRecomputed.listed("and")) of an earlier version "
                        + (notRecomputed.count == 1 ? "has no history, and its" : "have no history, and their")
                        + " reports were not written once more"
                )
            } else {
                (
                    .established,
                    "\(review.users.counted("active user")) and \(review.invites.counted("invitation")) as of "
                        + Terminal.plain(review.takenAt)
                )
            }
        claims.append(.init(code: .agreesWithAnswer, result: result, sentence: sentence))
        // Whatever is stated consistently could have been stated otherwise.
        let isAnchored = anchorClaims.contains { $0.result == .established }
        if !isAnchored, periodClaim.result == .established {
            periodClaim.sentence += "; only the folder itself states that time"
        }
        claims += [periodClaim, completeness] + anchorClaims
        claims.append(
            .init(
                code: .notProvable, result: .notEstablished,
                sentence: "that the API has listed every account, and that the persons named have made the decisions "
                    + "themselves"
                    + (isAnchored
                        ? ""
                        : "; and, unless a claim above anchors it: when the response was obtained, that no step was "
                            + "removed as a whole, and that this folder is the one that was written first")
                    + (!notRecomputed.isEmpty && !isAnchored ? "; nor that an earlier version wrote it" : "")
                    + unprovedActivity(of: review)
                    + (redaction.map {
                        "; and \($0.words)\($0.lacksCompletedFiles ? " and the completed files" : ""), which this redacted copy "
                            + "leaves out"
                    } ?? "")
            ))
        for place in claims.indices { claims[place].isAboutCopy = redaction != nil }
        claims = EvidenceClaim.inOrder(claims)
    }
}
