import Domain
import Foundation

/// Results as one JSON document: about the run, then `rows`, then `counts`. Text is raw, without the CSV guard.
struct ResultsJSONWriter: ResultsWriter {
    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
    private var isFirst = true

    private struct Head: Encodable {
        var schemaVersion = 1
        var run: Int64
        var operation: String
        var workspace: String
        var input: String
        var inputSHA256: String
        var state: String
        var startedAt: String
        var finishedAt: String?
        var rollcallVersion: String
    }

    private struct Line: Encodable {
        var line: Int
        var operation: String
        var email: String
        var uid: String?
        var accountType: String
        var outcome: String
        var reason: String?
        var attempts: Int
        var startedAt: String?
        var finishedAt: String?
    }

    mutating func head(of run: RunRecord) throws -> String {
        let head = Head(
            run: run.number, operation: run.header.kind.rawValue, workspace: run.header.workspace,
            input: run.header.input, inputSHA256: run.header.inputSHA256, state: run.state.rawValue,
            startedAt: Timestamp.text(run.startedAt), finishedAt: run.finishedAt.map(Timestamp.text),
            rollcallVersion: run.header.version)
        // The document is written in pieces, because a run may have more rows than memory: the head's own closing
        // brace waits for the foot.
        return try json(head).dropLast() + ",\"rows\":["
    }

    mutating func line(for row: ResultRow) throws -> String {
        let line = Line(
            line: row.line, operation: row.kind.rawValue, email: row.email, uid: row.uid.isEmpty ? nil : row.uid,
            accountType: row.accountType, outcome: row.outcome.kind.rawValue, reason: row.outcome.reason,
            attempts: row.attempts, startedAt: row.startedAt.map(Timestamp.text),
            finishedAt: row.finishedAt.map(Timestamp.text))
        defer { isFirst = false }
        return (isFirst ? "\n" : ",\n") + (try json(line))
    }

    mutating func foot(counts: [Outcome.Kind: Int]) throws -> String {
        let all = Dictionary(uniqueKeysWithValues: Outcome.Kind.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
        return "\n],\"counts\":" + (try json(all)) + "}\n"
    }

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
