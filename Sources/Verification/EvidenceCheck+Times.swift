import Domain
import Foundation
import Reports
import Reviewing

/// The times that a folder states, compared with each other and with the period that it claims.
extension EvidenceCheck {
    /// Clocks of several machines differ, and are set back. A contradiction is more than that.
    private static let clockTolerance: TimeInterval = 86_400
    /// The ledger may round a time to another millisecond.
    private static let rounding: TimeInterval = 0.0025

    /// Checks that the times of the response agree wherever they are stated, and that the links are in their order.
    mutating func checkTimes(_ record: EvidenceRecord) {
        checkProvenance(record)
        checkOrder(record)
        checkPeriod(record)
    }

    /// Compares the times in the record with those in its provenance, and the clock of the API with the warnings.
    private mutating func checkProvenance(_ record: EvidenceRecord) {
        guard let api = record.provenance?.api else {
            if record.provenance != nil {
                note(.failed, "\(EvidenceRecord.name) does not state which API answered, which every version does")
            } else if record.schemaVersion >= EvidenceRecord.schemaWithHistory {
                note(.notChecked, "\(EvidenceRecord.name) does not state by which program and API it was made")
            }
            return
        }
        let pairs = [(api.requestedAt, record.requestedAt), (api.answeredAt, record.takenAt)]
        let isSame = pairs.allSatisfy { Self.isSame($0, $1) }
        expect(
            isSame && api.host == record.endpointHost,
            "host and times of the response are the same wherever \(EvidenceRecord.name) states them",
            otherwise: "\(EvidenceRecord.name) states several hosts or times of the response: "
                + [api.host, api.requestedAt, api.answeredAt, record.endpointHost, record.requestedAt, record.takenAt]
                .map { Terminal.plain($0, limit: 80) }.joined(separator: ", "))
        if let warning = api.clockWarning, !record.warnings.contains(warning) {
            note(
                .failed,
                "by the clock of \(Terminal.plain(api.host)) the response is of "
                    + "\(Terminal.plain(api.date ?? "")), by \(EvidenceRecord.name) of \(Terminal.plain(record.takenAt)); "
                    + "the program would have reported that in the review")
        }
    }

    /// Checks that the record of a step states one host, and one time of the response after it.
    private mutating func checkResponse(
        _ api: Provenance.API, _ stated: Stated, of link: EvidenceLink, _ record: EvidenceRecord
    ) {
        let taken = stated.takenAt ?? stated.after?.takenAt
        let pairs = [(api.answeredAt, taken), (api.requestedAt, stated.requestedAt)]
        let isSame = pairs.allSatisfy { stated, time in
            guard let time else { return Timestamp.date(stated) != nil }
            return Self.isSame(stated, time)
        }
        let isInOrder = !Self.isClearly(api.requestedAt, after: api.answeredAt)
        if !isSame || !isInOrder || api.host != record.endpointHost {
            note(
                .failed,
                "\(Terminal.plain(link.record(isCompany: false))) states several hosts or times of the response: "
                    + [api.host, api.requestedAt, api.answeredAt, record.endpointHost, taken ?? ""]
                    .map { Terminal.plain($0, limit: 80) }.joined(separator: ", "))
        }
    }

    /// Whether two texts are the same time, as far as the ledger keeps it.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        guard let one = Timestamp.date(one), let other = Timestamp.date(other) else { return false }
        return abs(one.timeIntervalSince(other)) < rounding
    }

    /// The times that the record of a link states.
    private struct Stated: Decodable {
        var requestedAt, takenAt, startedAt, finishedAt, closedAt: String?
        var after: After?
        var provenance: Provenance?

        struct After: Decodable { var takenAt: String? }

        var times: [String] {
            [requestedAt, takenAt, startedAt, finishedAt, after?.takenAt, closedAt].compactMap(\.self)
        }

        /// Whether the record of a step with a response does not state which API sent it.
        func lacksAPI(of link: EvidenceLink) -> Bool {
            guard let provenance, provenance.api == nil else { return false }
            return link.kind == .remediation ? after != nil : link.kind != .review
        }
    }

    /// Checks that nothing precedes the response that it follows from, and that the closing is the last step. The results
    /// of a run that was resumed state when it was started, so that other links are in no order.
    private mutating func checkOrder(_ record: EvidenceRecord) {
        var wrong: [String] = []
        if let closed = record.previous?.closing?.closedAt, Self.isClearly(closed, after: record.takenAt) {
            wrong.append("the previous review was closed at \(Terminal.plain(closed)), after the response")
        }
        let links = EvidenceLink.all(in: folder).map { link in
            let stated = OrdinaryFile.bytes(at: path(link.record(isCompany: false)))
                .flatMap { try? RecordJSON.decode(Stated.self, from: $0) }
            return (link: link, stated: stated)
        }
        for (link, stated) in links where link.kind != .review {
            if stated?.lacksAPI(of: link) == true {
                checkStep(link.stem, of: record, missing: ["which API answered"])
            }
            if let stated, let api = stated.provenance?.api { checkResponse(api, stated, of: link, record) }
        }
        let closing = links.first { $0.link.kind == .closing }?.stated?.times.max()
        for (link, stated) in links {
            for time in stated?.times ?? [] {
                let shown = "\(Terminal.plain(link.manifest)): \(Terminal.plain(time, limit: 80))"
                if Timestamp.date(time) == nil {
                    wrong.append("\(shown) is no time")
                } else if Self.isClearly(record.requestedAt, after: time) {
                    wrong.append("\(shown) is before the response of \(Terminal.plain(record.takenAt))")
                } else if let closing, Self.isClearly(time, after: closing) {
                    wrong.append("\(shown) is after the closing of \(Terminal.plain(closing))")
                }
            }
        }
        expect(
            wrong.isEmpty, "the times in the records do not contradict the chain of evidence",
            otherwise: "times contradict the chain of evidence: " + wrong.prefix(4).joined(separator: "; "))
    }

    private static func isClearly(_ one: String, after other: String) -> Bool {
        guard let one = Timestamp.date(one), let other = Timestamp.date(other) else { return false }
        return one.timeIntervalSince(other) > clockTolerance
    }

    /// A response from before the period shows nothing about it. A later one is only unusual.
    private mutating func checkPeriod(_ record: EvidenceRecord) {
        let (name, time) = (Terminal.plain(record.period, limit: 200), Terminal.plain(record.takenAt))
        guard let period = ReviewPeriod(record.period), let takenAt = Timestamp.date(record.takenAt) else {
            return periodClaim = .init(
                code: .inPeriod, result: .notEstablished,
                sentence: "\"\(name)\" is no period of the calendar; the response is of \(time)")
        }
        let days = "\(name) (\(period.firstDay) to \(period.lastDay))"
        guard !period.isAhead(of: takenAt) else {
            note(.failed, "the response is of \(time), before the period \(days) began: it shows nothing about it")
            return periodClaim = .init(
                code: .inPeriod, result: .failed, sentence: "the response is of \(time), before \(days)")
        }
        guard !period.isOver(at: takenAt) else {
            note(.notChecked, "the response is of \(time), after the end of the period \(days)")
            return periodClaim = .init(
                code: .inPeriod, result: .notEstablished, sentence: "the response is of \(time), after \(days)")
        }
        note(.ok, "the response is of \(time), in the period \(days)")
        periodClaim = .init(
            code: .inPeriod, result: .established, sentence: "the response is of \(time), in \(days)")
    }
}
