import Domain
import Foundation
import Hashing
import Ledger
import Reports
import WorkspaceAPI

/// Runs what makes a report; its failures become the command's: no report was written.
func asReportFailure<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch {
        throw CommandFailure(ofReport: error) ?? error
    }
}

extension CommandFailure {
    /// Why there is no report; nil for an error that says nothing about one.
    init?(ofReport error: any Error) {
        switch error {
        case let error as WriteFailure: self.init(.nothingSent, error.sentence)
        case let error as TemplateFailure: self.init(.nothingSent, error.sentence)
        case let error as LedgerError: self.init(.nothingSent, error.sentence)
        case let error as RowCountMismatch:
            self.init(
                .needsAttention,
                "\(error.table) has \(error.written.counted("row")) and \(error.promised.grouped) were promised; no "
                    + "report was written")
        default: return nil
        }
    }
}

extension ReviewContext {
    /// A context whose facts about the source come from the connection.
    init(
        id: String, period: String, due: String? = nil, reviewer: String? = nil, approver: String? = nil,
        preparer: String, domains: [String], connection: Connection, firstSnapshotAt: Date
    ) {
        let query = GraphQLDocument.listUsers.text
        self.init(
            id: id, period: period, due: due, reviewer: reviewer, approver: approver, preparer: preparer,
            domains: domains, endpointHost: connection.host, query: query,
            querySHA256: SHA256Text.of(Data(query.utf8)), version: programVersion, firstSnapshotAt: firstSnapshotAt)
    }
}
