import Foundation
import Testing

/// `tls_server.py` while it runs, with a certificate of its own.
final class TLSServer {
    /// Whether python3 and openssl are here to make one.
    static let isAvailable =
        (try? shell("python3 -c 'import ssl' && openssl version", in: "/").contains("OpenSSL")) ?? false

    let url: String
    let port: Int
    /// A file with its certificate.
    let certificate: String
    private let folder: URL
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ mode: String) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appendingPathComponent("c.pem").path
        try Self.shell(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout k.pem -out c.pem "
                + "-days 2 -subj /CN=localhost -addext subjectAltName=DNS:slow-lookup.example,DNS:stuck-lookup.example,IP:127.0.0.1 2>/dev/null",
            in: folder.path)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("tls_server.py")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, "c.pem", "k.pem", mode]
        process.currentDirectoryURL = folder
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        port = try #require(Int(Self.line(of: output)))
        url = "https://127.0.0.1:\(port)/graphql"
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Lets it go on.
    func signal() throws { try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

    /// Waits until it has printed this line, and says what it printed until then.
    @discardableResult
    func lines(until last: String) throws -> [String] {
        var lines: [String] = []
        while lines.last != last {
            let line = try Self.line(of: output)
            try #require(!line.isEmpty, "the TLS server has ended")
            lines.append(line)
        }
        return lines
    }

    private static func line(of pipe: Pipe) throws -> String {
        var line = Data()
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8), !byte.isEmpty {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }

    @discardableResult
    private static func shell(_ command: String, in folder: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
