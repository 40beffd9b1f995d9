import Foundation
import Testing

/// An API whose workspace tests can edit at any time; see workspace_server.py.
final class WorkspaceServer {
    private struct Workspace: Codable {
        struct User: Codable { var uid, email, name, accountType: String }
        struct Invite: Codable { var email, accountType, inviteStatus: String }
        var activeUsers: [User] = []
        var invitedUsers: [Invite] = []
        var refuse: [String] = []
        var clockAhead = 0
        var auditLog = ""
        var auditLogStatus = 200
        /// 0 to announce the length of what is sent.
        var auditLogStatedLength = 0
    }

    private let running: Running
    private let file: URL

    /// - Parameters:
    ///   - users: `ada@acme.io ADMIN`; the uid is the name of the address, and so is the display name.
    ///   - invites: `eve@acme.io DEVELOPER EXPIRED`
    init(_ rollcall: Rollcall, users: [String], invites: [String] = []) throws {
        file = rollcall.folder.appendingPathComponent("workspace.json")
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("workspace_server.py").path
        try JSONEncoder().encode(Workspace()).write(to: file)
        running = try Running(
            [program, file.path], of: URL(fileURLWithPath: "/usr/bin/python3"), folder: rollcall.folder,
            environment: ["PATH": rollcall.environment["PATH"] ?? ""], input: nil)
        let port = try running.firstLine()
        rollcall.environment["PARADIME_API_ENDPOINT"] = "http://127.0.0.1:\(port)/"
        rollcall.environment["PARADIME_API_KEY"] = "key"
        rollcall.environment["PARADIME_API_SECRET"] = "secret"
        for user in users { try add(user) }
        for text in invites { try invite(text) }
    }

    /// Adds an invitation.
    func invite(_ text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        try edit { $0.invitedUsers.append(.init(email: words[0], accountType: words[1], inviteStatus: words[2])) }
    }

    deinit {
        running.signal(SIGKILL)
        running.process.waitUntilExit()
    }

    private func edit(_ body: (inout Workspace) -> Void) throws {
        var space = try JSONDecoder().decode(Workspace.self, from: Data(contentsOf: file))
        body(&space)
        try JSONEncoder().encode(space).write(to: file)
    }

    /// Adds a user, or replaces the one with this uid.
    ///
    /// - Parameter uid: nil for the name of the address.
    func add(_ text: String, uid: String? = nil) throws {
        let words = text.split(separator: " ").map(String.init)
        let name = String(words[0].prefix { $0 != "@" })
        let user = Workspace.User(uid: uid ?? name, email: words[0], name: name.capitalized, accountType: words[1])
        try edit { space in
            space.activeUsers.removeAll { $0.uid == user.uid }
            space.activeUsers.append(user)
        }
    }

    /// Removes whatever has an address.
    func remove(_ email: String) throws {
        try edit { space in
            space.activeUsers.removeAll { $0.email == email }
            space.invitedUsers.removeAll { $0.email == email }
        }
    }

    /// Declines changes of these uids and addresses from now on.
    func refuse(_ subjects: [String]) throws { try edit { $0.refuse = subjects } }

    /// Sets the response of getAuditLogs; by default the API does not know the query.
    ///
    /// - Parameter statedLength: the `Content-Length`; 0 for the length of the response.
    func setAuditLog(_ response: String, status: Int = 200, statedLength: Int = 0) throws {
        try edit { space in
            (space.auditLog, space.auditLogStatus, space.auditLogStatedLength) = (response, status, statedLength)
        }
    }

    /// The response of getAuditLogs.
    func auditLog() throws -> String {
        try JSONDecoder().decode(Workspace.self, from: Data(contentsOf: file)).auditLog
    }

    /// Sets the clock of the API wrong by a number of seconds.
    func setClock(ahead seconds: Int) throws { try edit { $0.clockAhead = seconds } }

    /// The account types of the active users, by address.
    func types() throws -> [String: String] {
        let space = try JSONDecoder().decode(Workspace.self, from: Data(contentsOf: file))
        return Dictionary(space.activeUsers.map { ($0.email, $0.accountType) }, uniquingKeysWith: { $1 })
    }

    /// The status of each invitation, by address.
    func invites() throws -> [String: String] {
        let space = try JSONDecoder().decode(Workspace.self, from: Data(contentsOf: file))
        return Dictionary(space.invitedUsers.map { ($0.email, $0.inviteStatus) }, uniquingKeysWith: { $1 })
    }

    /// The uids of the active users, by address.
    func uids() throws -> [String: String] {
        let space = try JSONDecoder().decode(Workspace.self, from: Data(contentsOf: file))
        return Dictionary(space.activeUsers.map { ($0.email, $0.uid) }, uniquingKeysWith: { $1 })
    }
}
