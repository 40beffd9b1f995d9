import Domain
import JSONReading

/// Resolves operations from the state of a workspace.
struct WorkspaceRoot: RootSource {
    /// The response instead of a listing or a change.
    enum Refusal { case notOK, error }

    let state: WorkspaceState
    var refusal: Refusal?
    /// Whether to show the initial state of the workspace.
    var isStale = false

    func resolve(_ field: String, _ arguments: [String: JSONValue]) -> Resolved {
        switch field {
        case "listUsers":
            return .object(
                refusal == nil ? RosterItem(roster: isStale ? state.original : state.roster) : RosterItem.refused)
        case "listWorkspaces":
            return .object(refusal == nil ? WorkspacesItem() : WorkspacesItem.refused)
        case "getAuditLogs":
            return refusal == nil ? .object(state.auditLogs) : .failure("Internal error, please try again")
        default: break
        }
        switch refusal {
        case .notOK: return .object(Done(ok: false))
        case .error: return .failure("Internal error, please try again")
        case nil: break
        }
        let type = AccountType(rawValue: arguments["accountType"]?.text ?? "")
        let uid = arguments["uid"]?.text ?? ""
        switch field {
        case "inviteUser":
            do {
                try state.invite(arguments["email"]?.text ?? "", type)
                return .object(Done(ok: true))
            } catch {
                return .failure(error.message)
            }
        case "updateUserAccountType": return .object(Done(ok: state.update(uid, to: type)))
        case "disableUser": return .object(Done(ok: state.disable(uid)))
        default: return .null
        }
    }
}

private struct Done: FieldSource {
    var ok: Bool
    func value(of field: String) -> Resolved { .boolean(ok) }
}

private struct RosterItem: FieldSource {
    /// The schema requires lists even with `ok: false`.
    static let refused = RosterItem(ok: false, roster: Roster(active: [], invited: []))

    var ok = true
    var roster: Roster
    func value(of field: String) -> Resolved {
        switch field {
        case "ok": .boolean(ok)
        case "activeUsers": .list(roster.active.map(ActiveItem.init(user:)))
        case "invitedUsers": .list(roster.invited.map(InvitedItem.init(user:)))
        default: .null
        }
    }
}

private struct ActiveItem: FieldSource {
    var user: ActiveUser
    func value(of field: String) -> Resolved {
        switch field {
        case "uid": .string(user.uid)
        case "email": .string(user.email)
        case "name": .string(user.name)
        case "accountType": .string(user.accountType.rawValue)
        default: .null
        }
    }
}

private struct InvitedItem: FieldSource {
    var user: InvitedUser
    func value(of field: String) -> Resolved {
        switch field {
        case "email": .string(user.email)
        case "accountType": .string(user.accountType.rawValue)
        case "inviteStatus": .string(user.status.rawValue)
        default: .null
        }
    }
}

private struct WorkspacesItem: FieldSource {
    static let refused = WorkspacesItem(ok: false)

    var ok = true
    func value(of field: String) -> Resolved {
        field == "ok" ? .boolean(ok) : .list(ok ? SandboxCompany.workspaces : [])
    }
}

/// One of the workspaces of the company.
struct WorkspaceItem: FieldSource {
    var uid: String
    var name: String
    func value(of field: String) -> Resolved { .string(field == "uid" ? uid : name) }
}
