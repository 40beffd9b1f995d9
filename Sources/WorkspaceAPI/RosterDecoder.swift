import Domain
import Foundation

/// Reads answers of the two listings. Account types and statuses are text and survive; extra members are ignored;
/// whatever is missing or of another type makes the whole answer unusable, because a report never invents.
struct RosterDecoder {
    /// The people in an answer of `listUsers`.
    static func roster(_ body: Data) throws(UnusableListing) -> Roster {
        let envelope: Envelope<UsersData> = try decode(body)
        guard let users = envelope.data?.listUsers else { throw .shape("data.listUsers is missing") }
        guard users.ok else { throw .notOK }
        guard let active = users.activeUsers else { throw .shape("data.listUsers.activeUsers is missing") }
        guard let invited = users.invitedUsers else { throw .shape("data.listUsers.invitedUsers is missing") }
        return Roster(
            active: active.map {
                ActiveUser(
                    uid: $0.uid, email: $0.email, name: $0.name,
                    accountType: AccountType(rawValue: $0.accountType))
            },
            invited: invited.map {
                InvitedUser(
                    email: $0.email, accountType: AccountType(rawValue: $0.accountType),
                    status: InviteStatus(rawValue: $0.inviteStatus))
            })
    }

    /// The workspaces in an answer of `listWorkspaces`.
    static func workspaces(_ body: Data) throws(UnusableListing) -> [Workspace] {
        let envelope: Envelope<WorkspacesData> = try decode(body)
        guard let found = envelope.data?.listWorkspaces else { throw .shape("data.listWorkspaces is missing") }
        guard found.ok != false else { throw .notOK }
        return found.workspaces.map { Workspace(uid: $0.uid, name: $0.name) }
    }

    private static func decode<Payload>(_ body: Data) throws(UnusableListing) -> Envelope<Payload> {
        let envelope: Envelope<Payload>
        do {
            envelope = try JSONDecoder().decode(Envelope<Payload>.self, from: body)
        } catch let error as DecodingError {
            // Errors come with `data: null` or half a tree: they say more than what is missing from it.
            if let errors = try? JSONDecoder().decode(ErrorsOnly.self, from: body),
                let found = GraphQLErrors(errors.errors)
            {
                throw .errors(found)
            }
            throw .init(error)
        } catch {
            throw .notJSON
        }
        if let errors = GraphQLErrors(envelope.errors) { throw .errors(errors) }
        return envelope
    }

    private struct ErrorsOnly: Decodable { var errors: JSONValue? }

    private struct Envelope<Payload: Decodable>: Decodable {
        var data: Payload?
        var errors: JSONValue?
    }

    private struct UsersData: Decodable {
        var listUsers: Users?

        struct Users: Decodable {
            var ok: Bool
            // Absent under `ok: false`.
            var activeUsers: [Active]?
            var invitedUsers: [Invited]?
        }

        struct Active: Decodable {
            var uid, email, name, accountType: String
        }

        struct Invited: Decodable {
            var email, accountType, inviteStatus: String
        }
    }

    private struct WorkspacesData: Decodable {
        var listWorkspaces: Workspaces?

        struct Workspaces: Decodable {
            // In the schema, and not in the vendor's own query (FACTS.md).
            var ok: Bool?
            var workspaces: [Entry]
        }

        struct Entry: Decodable {
            var uid, name: String
        }
    }
}

/// Why a 2xx answer is not a listing.
enum UnusableListing: Error {
    /// `ok: false`.
    case notOK
    /// Not JSON, or cut.
    case notJSON
    /// JSON, and not the API's.
    case shape(String)
    /// GraphQL errors.
    case errors(GraphQLErrors)

    /// Names the place: `data.listUsers.activeUsers[3].email is null`.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .shape("\(Self.path(context.codingPath + [key])) is missing")
        case .valueNotFound(_, let context): self = .shape("\(Self.path(context.codingPath)) is null")
        case .typeMismatch(_, let context): self = .shape("\(Self.path(context.codingPath)) is of another type")
        case .dataCorrupted: self = .notJSON
        @unknown default: self = .notJSON
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "the whole answer" }
        var path = ""
        for key in keys {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path
    }
}
