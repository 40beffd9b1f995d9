import CCourier
import Domain
import Foundation

/// The settings of a courier.
struct CourierSetUp {
    let endpoint: Endpoint
    let headers: [(name: String, value: String)]
    let proxy: Proxy?
    let connections: Int
    let certificates: TrustedCertificates
    let idleSeconds: Int
    let log: LogLine?

    /// Creates a courier, or returns why it failed: no request may be sent without one of its headers, its proxy or its
    /// certificates.
    func make() -> (courier: OpaquePointer?, problem: String?) {
        let texts = CTexts()
        let text = { (text: String) in UnsafePointer(texts.pointer(text)) }
        // With an empty `Expect` header, libcurl does not wait for `100 Continue` (RFC 9110 section 10.1.1).
        let lines = headers.map { "\($0.name): \($0.value)" } + ["Expect:"]
        let pointers = lines.map(text) + [nil]
        var settings = courier_settings()
        settings.url = text(endpoint.url)
        settings.connections = connections
        settings.idle_seconds = idleSeconds
        settings.proxy = proxy.flatMap { text("http://\($0)") }
        settings.no_proxy = proxy.flatMap { text($0.exceptions) }
        settings.proxy_user = proxy?.user.flatMap(text)
        settings.proxy_password = proxy?.password.flatMap(text)
        settings.certificates = certificates.file.flatMap(text)
        settings.certificate_folder = certificates.folder.flatMap(text)
        if let log {
            settings.context = Unmanaged.passUnretained(log).toOpaque()
            settings.log = { context, text, count in LogLine.at(context)?.write(text, count) }
        }
        guard !texts.isIncomplete else { return (nil, "not enough memory for the settings of a connection") }
        return pointers.withUnsafeBufferPointer { lines in
            settings.headers = lines.baseAddress
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(courier_problem_room)) { words in
                if let courier = courier_new(&settings, words.baseAddress) { return (courier, nil) }
                let said = words.baseAddress.map { String(cString: $0) } ?? ""
                return (nil, said.isEmpty ? "not enough memory, or no thread, for connections" : said)
            }
        }
    }
}

/// Receives log lines about the connections.
final class LogLine: Sendable {
    private let log: @Sendable (String) -> Void

    init(_ log: @escaping @Sendable (String) -> Void) { self.log = log }

    static func at(_ context: UnsafeMutableRawPointer?) -> LogLine? {
        context.map { Unmanaged<LogLine>.fromOpaque($0).takeUnretainedValue() }
    }

    func write(_ text: UnsafePointer<CChar>?, _ count: Int) {
        guard let text else { return }
        log(String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self))
    }
}
