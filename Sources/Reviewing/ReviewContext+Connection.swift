import Connections
import Domain
import Foundation
import Hashing
import Reports
import WorkspaceAPI

extension ReviewContext {
    /// Creates a context with the facts about the source from the connection.
    public init(
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
