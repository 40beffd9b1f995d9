import Foundation
import Testing

/// `tls_server.py` while it runs, with a certificate of its own.
final class TLSServer {
    /// What kind of certificate it has.
    enum Kind: Sendable {
        /// Self-signed, for this server and for what tests call it.
        case good
        /// Self-signed, for other hosts.
        case otherHosts
        /// Self-signed, in order until 2021, or from 2090 on.
        case expired, future
        /// Signed by an authority of its own, whose certificate the server sends along or not.
        case issued, issuedWithChain
    }

    /// Whether python3 and openssl are here to make one.
    static let isAvailable =
        (try? shell("python3 -c 'import ssl' && openssl version", in: "/").contains("OpenSSL")) ?? false

    let url: String
    let port: Int
    /// A file with its certificate, or with its issuer's.
    let certificate: String
    private let folder: URL
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ mode: String, _ kind: Kind = .good) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.shell(Self.commands(for: kind), in: folder.path)
        certificate = folder.appendingPathComponent(kind.hasIssuer ? "ca.pem" : "c.pem").path
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

    /// A name of its own: OpenSSL takes the first certificate with the issuer's name, whether or not it fits.
    private static var name: String { UUID().uuidString }
    private static let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    private static let names =
        "-addext subjectAltName=DNS:slow-lookup.example,DNS:stuck-lookup.example,DNS:tunnel.example,IP:127.0.0.1"

    /// What makes `c.pem` and `k.pem`, and `ca.pem` where there is an issuer.
    private static func commands(for kind: Kind) -> String {
        let request = "openssl req -new \(key) -keyout k.pem -out r.pem -subj /CN=\(name) \(names)"
        let commands =
            switch kind {
            case .good: "openssl req -x509 \(key) -keyout k.pem -out c.pem -days 2 -subj /CN=\(name) \(names)"
            case .otherHosts:
                "openssl req -x509 \(key) -keyout k.pem -out c.pem -days 2 -subj /CN=\(name) "
                    + "-addext subjectAltName=DNS:a.example,IP:192.0.2.1"
            case .expired: request + dated("20200101000000Z", "20210101000000Z")
            case .future: request + dated("20900101000000Z", "20910101000000Z")
            case .issued, .issuedWithChain:
                "openssl req -x509 \(key) -keyout cak.pem -out ca.pem -days 2 -subj /CN=Authority && \(request) && "
                    + "openssl x509 -req -in r.pem -CA ca.pem -CAkey cak.pem -days 2 -copy_extensions copy -out c.pem"
                    + (kind == .issuedWithChain ? " && cat ca.pem >> c.pem" : "")
            }
        return "{ \(commands); } 2>/dev/null"
    }

    /// Signs a request by itself, from one date to another; only `openssl ca` takes dates.
    private static func dated(_ start: String, _ end: String) -> String {
        let settings =
            #"[ca]\ndefault_ca=x\n[x]\ndatabase=i\nserial=s\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n"#
            + #"copy_extensions=copy\n[p]\ncommonName=supplied\n"#
        return
            " && printf '\(settings)' > ca.cnf && touch i && echo 01 > s && openssl ca -config ca.cnf -batch -notext "
            + "-selfsign -keyfile k.pem -in r.pem -out c.pem -startdate \(start) -enddate \(end)"
    }

    /// A folder with its certificate under the name that OpenSSL looks for.
    func certificateFolder() throws -> String {
        try Self.shell("mkdir trusted && cp '\(certificate)' trusted && openssl rehash trusted", in: folder.path)
        return folder.appendingPathComponent("trusted").path
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

extension TLSServer.Kind {
    fileprivate var hasIssuer: Bool { self == .issued || self == .issuedWithChain }
}
