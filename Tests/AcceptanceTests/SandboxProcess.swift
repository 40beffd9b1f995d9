import Foundation
import Testing

/// `rollcall sandbox` as a process of its own, with counters that tests can read.
final class SandboxProcess {
    let url: String
    private let running: Running

    convenience init(_ rollcall: Rollcall, _ arguments: String..., port: Int = 0) throws {
        try self.init(rollcall, arguments: arguments, port: port)
    }

    init(_ rollcall: Rollcall, arguments: [String], port: Int = 0) throws {
        running = try rollcall.start(["sandbox", "--port", String(port)] + arguments)
        let address = try running.firstLine()
        url = address
        rollcall.environment["PARADIME_API_ENDPOINT"] = url
        rollcall.environment["PARADIME_API_KEY"] = "sandbox-key"
        rollcall.environment["PARADIME_API_SECRET"] = "sandbox-secret"
    }

    /// How many requests came for an operation of the API.
    func requests(_ operation: String) throws -> Int { try requests()[operation] ?? 0 }

    /// How many requests came that change something.
    func changes() throws -> Int { try requests().filter { $0.key != "listUsers" }.values.reduce(0, +) }

    /// How many requests came whose credentials were refused.
    func refusals() throws -> Int { try counts()["credentialsRefused"] as? Int ?? 0 }

    private func requests() throws -> [String: Int] { try counts()["operations"] as? [String: Int] ?? [:] }

    private func counts() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: page("/__sandbox/requests")) as? [String: Any] ?? [:]
    }

    /// What a page of the sandbox says.
    ///
    /// It is fetched by this thread alone. Foundation would fetch it with the help of dispatch's threads, and when other
    /// tests keep all cores busy these come seconds later, when what the test waited to see is over.
    private func page(_ path: String) throws -> Data {
        let port = try #require(URL(string: url)?.port.flatMap(UInt16.init(exactly:)))
        #if os(Linux)
            let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let connection = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        let file = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Failure(text: "nobody listens at \(url)") }
        try file.write(contentsOf: Data("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
        let answer = try file.readToEnd() ?? Data()
        let head = try #require(answer.range(of: Data("\r\n\r\n".utf8)))
        try #require(answer.starts(with: Data("HTTP/1.1 200".utf8)))
        return answer[head.upperBound...]
    }

    struct Failure: Error { var text: String }

    deinit {
        running.signal(SIGKILL)
        running.process.waitUntilExit()
    }

    /// How often each address was invited, as the server counted.
    func invites() throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: page("/__sandbox/invites"))
    }
}
