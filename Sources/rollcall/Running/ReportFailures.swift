import Domain
import Foundation
import Ledger
import Reports
import WorkspaceAPI

/// Runs what makes a report; its failures become the command's: no report was written.
func writing<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as WriteFailure {
        throw CommandFailure(.nothingSent, error.sentence)
    } catch let error as TemplateFailure {
        throw CommandFailure(.nothingSent, error.sentence)
    } catch let error as LedgerError {
        throw CommandFailure(.nothingSent, error.sentence)
    } catch let error as RowCountMismatch {
        throw CommandFailure(
            .needsAttention,
            "\(error.table) has \(error.written.counted("row")) and \(error.promised.grouped) were promised; no report "
                + "was written")
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
