/// The API's schema: schema.graphql, written from FACTS.md.
enum WorkspaceSchema {
    static let text = """
        enum UserAccountType {
          ADMIN
          DEVELOPER
          BUSINESS
          BILLING_ADMIN
          SECURITY_ADMIN
          WORKSPACE_SETTINGS_ADMIN
          WORKSPACE_ADMIN
          ANALYST
          SANDBOX_USER
        }

        type ActiveUser { uid: String!  email: String!  name: String!  accountType: String! }
        type InvitedUser { email: String!  accountType: String!  inviteStatus: String! }
        type ListUsers { ok: Boolean!  activeUsers: [ActiveUser!]!  invitedUsers: [InvitedUser!]! }
        type Workspace { uid: String!  name: String! }
        type ListWorkspaces { ok: Boolean!  workspaces: [Workspace!]! }
        type Done { ok: Boolean! }

        type Query {
          listUsers: ListUsers!
          listWorkspaces: ListWorkspaces!
        }

        type Mutation {
          inviteUser(email: String!, accountType: UserAccountType!): Done!
          updateUserAccountType(uid: String!, accountType: UserAccountType!): Done!
          disableUser(uid: String!): Done!
        }
        """
}
