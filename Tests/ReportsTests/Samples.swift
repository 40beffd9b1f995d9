import Domain
import Foundation

@testable import Reports

/// Reports to write, and a folder to write them to.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("reports-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    /// What a shell command in the folder prints.
    func shell(_ command: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
}

struct Broken: Error {}

extension Report {
    /// A report with two populations, an extract and an annex.
    ///
    /// - Parameters:
    ///   - users: the users' names; their other cells follow from their place.
    ///   - promised: how many users the table promises; nil for as many as there are.
    static func sample(users: [String] = ["Ann", "Bob"], promised: Int? = nil, failing: Bool = false) -> Report {
        var report = Report(
            kind: .review, title: "Access review 2026-Q4", time: Date(timeIntervalSince1970: 1_769_850_000))
        report.facts = [
            FactGroup(
                key: "source", title: "Source",
                facts: [
                    Fact("workspace", "Workspace", .text("api.acme.io/<x>")), Fact("due", "Due", .empty),
                    Fact("takenAt", "Taken (UTC)", .time(Date(timeIntervalSince1970: 1_769_850_000.25))),
                ])
        ]
        report.tallies = [
            Tally(
                key: "usersByAccountType", title: "Users by type", counts: [("ADMIN", 1), ("OWNER", users.count - 1)],
                isCharted: true)
        ]
        let user = [
            Column("email", "Email", width: 30, help: "Whose."), Column("name", "Name", width: 20, help: "Who."),
            Column("privileged", "Privileged", width: 10, help: "Whether."),
            Column(
                "decision", "Decision", width: 14,
                entry: .decision([.approve, .revoke, .changeRole, .exception, .dontKnow]), help: "What."),
        ]
        let rows: [[Cell]] = users.enumerated().map { place, name in
            [.text("u\(place)@acme.io"), .text(name), .flag(place == 0), .empty]
        }
        report.tables = [
            Table(
                id: "privileged", title: "Privileged", note: "", role: .extract(of: [.init(table: "users", rows: 1)]),
                columns: user, count: min(1, rows.count)
            ) { body in try rows.prefix(1).forEach(body) },
            Table(
                id: "users", title: "Active users", note: "Everybody.", role: .population, columns: user,
                count: promised ?? rows.count
            ) { body in
                for (place, row) in rows.enumerated() {
                    if failing && place == rows.count / 2 { throw Broken() }
                    try body(row)
                }
            },
            Table(
                id: "invites", title: "Invites", note: "", role: .population,
                columns: [user[0], Column("status", "Status", width: 10, help: "How it stands."), user[3]], count: 1
            ) { body in try body([.text("new@acme.io"), .text("BOUNCED"), .empty]) },
            Table(
                id: "changes", title: "Changes", note: "", role: .annex,
                columns: [Column("change", "Change", width: 10, help: "What.")], count: 0
            ) { _ in },
        ]
        return report
    }
}
