import Domain
import Reports

/// A kept answer of `listUsers`, as programs read it.
enum SnapshotCells {
    static let keys = ["snapshot", "takenAt", "users", "invites", "workspace"]

    /// The titles for people.
    static let titles = ["Snapshot", "Listed (UTC)", "Users", "Invitations", "Workspace"]

    static func cells(of snapshot: Snapshot) -> [Cell] {
        [
            Cell(snapshot.number), .time(snapshot.takenAt), .number(snapshot.active), .number(snapshot.invited),
            .text(snapshot.workspace),
        ]
    }
}

/// Where accounts come from: the snapshot that they are of.
struct SnapshotSource: Encodable {
    var workspace: String
    var snapshot: Int64
    var takenAt: String
    var users: Int
    var invites: Int

    init(_ snapshot: Snapshot) {
        workspace = snapshot.workspace
        self.snapshot = snapshot.number
        takenAt = Timestamp.text(snapshot.takenAt)
        users = snapshot.active
        invites = snapshot.invited
    }
}
