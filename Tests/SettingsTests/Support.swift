import Foundation

@testable import Settings

/// A home folder that is there for one test.
final class Home {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "rollcall-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/.config/rollcall/config.yaml" }

    func write(_ text: String, to name: String = ".config/rollcall/config.yaml", mode: Int = 0o600) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
    }

    func settings(
        _ environment: [String: String] = [:], profile: String? = nil
    ) throws(SettingsFailure) -> UserSettings {
        try UserSettings(environment: environment, home: path, profile: profile)
    }
}
