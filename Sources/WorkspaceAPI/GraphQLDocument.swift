import Domain

/// The fixed documents that are sent. External values are never inserted into them, but sent as variables
/// (docs/api.md).
public enum GraphQLDocument: String, Sendable, CaseIterable {
    /// Lists users and invitations; its text and hash are evidence in a review.
    case listUsers = """
        query ListUsers {
          listUsers {
            ok
            activeUsers { uid email name accountType }
            invitedUsers { email accountType inviteStatus }
          }
        }
        """
    /// Lists the workspaces that a company token gives access to.
    case listWorkspaces = """
        query ListWorkspaces {
          listWorkspaces {
            workspaces { uid name }
          }
        }
        """
    /// Lists the events of the audit log.
    case getAuditLogs = """
        query GetAuditLogs {
          getAuditLogs {
            auditLogs {
              id createdDttm updatedDttm workspaceId workspaceName actorType actorUserId actorEmail eventSourceId
              eventSource eventId eventType metadataJson
            }
          }
        }
        """
    /// Asks for the audit log without its events: the response is short, and shows whether the credentials permit it.
    case probeAuditLog = """
        query ProbeAuditLog {
          getAuditLogs { __typename }
        }
        """
    /// Invites a person.
    case inviteUser = """
        mutation InviteUser($email: String!, $accountType: UserAccountType!) {
          inviteUser(email: $email, accountType: $accountType) { ok }
        }
        """
    /// Changes the account type of an active user.
    case updateUserAccountType = """
        mutation UpdateUserAccountType($uid: String!, $accountType: UserAccountType!) {
          updateUserAccountType(uid: $uid, accountType: $accountType) { ok }
        }
        """
    /// Disables an active user.
    case disableUser = """
        mutation DisableUser($uid: String!) {
          disableUser(uid: $uid) { ok }
        }
        """

    /// Every text of the query for users that a version has sent; evidence contains one of them.
    public static let everyListUsers = [listUsers.text]

    /// The text, exactly as it is sent.
    public var text: String { rawValue }

    /// The field of `data` with the result, for example `inviteUser`.
    public var field: String {
        switch self {
        case .listUsers: "listUsers"
        case .listWorkspaces: "listWorkspaces"
        case .getAuditLogs, .probeAuditLog: "getAuditLogs"
        case .inviteUser: "inviteUser"
        case .updateUserAccountType: "updateUserAccountType"
        case .disableUser: "disableUser"
        }
    }

    /// The body of the request, without variables: `{"query": …}`.
    var body: [UInt8] { RequestBody.of(text, []) }
}

/// The body of a request: `{"query": …, "variables": …}`.
enum RequestBody {
    /// Encodes a query and its variables, in their order.
    static func of(_ query: String, _ variables: [(name: String, value: String)]) -> [UInt8] {
        var bytes = Array("{\"query\":".utf8)
        bytes.reserveCapacity(query.utf8.count + 64 + variables.count * 48)
        JSONText.append(query, to: &bytes)
        bytes += Array(",\"variables\":{".utf8)
        for (place, variable) in variables.enumerated() {
            if place > 0 { bytes.append(0x2c) }
            JSONText.append(variable.name, to: &bytes)
            bytes.append(0x3a)
            JSONText.append(variable.value, to: &bytes)
        }
        bytes += [0x7d, 0x7d]
        return bytes
    }
}

extension WorkspaceChange {
    /// The document for the operation.
    var document: GraphQLDocument {
        switch kind {
        case .invite: .inviteUser
        case .changeRole: .updateUserAccountType
        case .disable: .disableUser
        }
    }

    /// The arguments of the document: name, type in the schema, value.
    var arguments: [(name: String, type: String, value: String)] {
        let whose =
            switch account {
            case .address(let email): ("email", "String!", email.text)
            case .uid(let uid): ("uid", "String!", uid)
            }
        return [whose] + (accountType.map { [("accountType", "UserAccountType!", $0.rawValue)] } ?? [])
    }
}
