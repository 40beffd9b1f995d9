import Domain
import Foundation

/// The fixed texts that are sent. Nothing from outside is ever put into one: values travel as variables (FACTS.md).
public enum GraphQLDocument: String, Sendable, CaseIterable {
    /// Everybody in the workspace; its text and its hash are evidence in a review.
    case listUsers = """
        query ListUsers {
          listUsers {
            ok
            activeUsers { uid email name accountType }
            invitedUsers { email accountType inviteStatus }
          }
        }
        """
    /// The workspaces that a company token can reach.
    case listWorkspaces = """
        query ListWorkspaces {
          listWorkspaces {
            workspaces { uid name }
          }
        }
        """
    /// Asks somebody in.
    case inviteUser = """
        mutation InviteUser($email: String!, $accountType: UserAccountType!) {
          inviteUser(email: $email, accountType: $accountType) { ok }
        }
        """
    /// Gives an active user another account type.
    case updateUserAccountType = """
        mutation UpdateUserAccountType($uid: String!, $accountType: UserAccountType!) {
          updateUserAccountType(uid: $uid, accountType: $accountType) { ok }
        }
        """
    /// Takes an active user's access away.
    case disableUser = """
        mutation DisableUser($uid: String!) {
          disableUser(uid: $uid) { ok }
        }
        """

    /// The text, byte for byte as it is sent.
    public var text: String { rawValue }

    /// The field of `data` that holds the answer, for example `inviteUser`.
    public var field: String {
        switch self {
        case .listUsers: "listUsers"
        case .listWorkspaces: "listWorkspaces"
        case .inviteUser: "inviteUser"
        case .updateUserAccountType: "updateUserAccountType"
        case .disableUser: "disableUser"
        }
    }

    /// The request's body: `{"query": …, "variables": …}`.
    func body(_ variables: [String: String] = [:]) -> Data {
        struct Request: Encodable {
            var query: String
            var variables: [String: String]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings always encode: an empty body cannot happen, and the API would refuse it.
        return (try? encoder.encode(Request(query: text, variables: variables))) ?? Data()
    }
}

extension Domain.Operation {
    /// The document that carries the operation out.
    var document: GraphQLDocument {
        switch self {
        case .invite: .inviteUser
        case .changeRole: .updateUserAccountType
        case .disable: .disableUser
        }
    }

    /// The document's arguments.
    var variables: [String: String] {
        switch self {
        case .invite(let email, let type): ["email": email.text, "accountType": type.rawValue]
        case .changeRole(let uid, let type): ["uid": uid, "accountType": type.rawValue]
        case .disable(let uid): ["uid": uid]
        }
    }
}
