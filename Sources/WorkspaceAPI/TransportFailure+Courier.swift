import CCourier
import Foundation

extension TransportFailure {
    /// Classifies a request without a response. If no connection was ready, nothing was sent; any later failure may
    /// have happened after the request arrived.
    init(_ result: courier_result, to endpoint: Endpoint, through proxy: Proxy?, timeout: Duration) {
        guard result.began == 0 else {
            self =
                switch result.end {
                case courier_timed_out: .timedOut(after: timeout)
                // This may have happened just before the request was sent; there is no way to know.
                case courier_closed: .lost(reason: "the server closed the connection without a response")
                case courier_reset: .lost(reason: "the connection was reset")
                default: .lost(reason: "the connection was closed before the response was complete")
                }
            return
        }
        self = .neverSent(reason: Self.reason(result, endpoint, proxy))
    }

    private static func reason(_ result: courier_result, _ endpoint: Endpoint, _ proxy: Proxy?) -> String {
        switch result.end {
        case courier_no_name: "host \(endpoint.host) not found (DNS)"
        case courier_no_proxy_name: "the name of the proxy, \(proxy?.host ?? ""), was not found (DNS)"
        case courier_timed_out: "connection timed out"
        case courier_proxy_refused where result.proxy_status == 407:
            "the proxy requires a user name and password (407)"
        case courier_proxy_refused: "the proxy refused to connect"
        case courier_untrusted:
            "no TLS connection: \(certificate(result))"
        case courier_no_certificates:
            "no TLS connection: the certificate file in SSL_CERT_FILE cannot be read"
        case courier_wrong_host:
            "no TLS connection: the certificate is not for \(endpoint.host)\(names(result)); check the endpoint"
        case courier_no_tls: "no TLS connection: the handshake failed" + words(result, before: " (", after: ")")
        case courier_no_connection: connection(result.system_error, endpoint)
        case courier_spoke_first: "the server sent data before the request; is this an HTTP endpoint?"
        case courier_closed_first: "the server closed the connection before the request was sent"
        case courier_not_made:
            result.problem.map { String(cString: $0) }
                ?? "not enough memory for the request, or the connections are being closed"
        default: "the connection could not be made"
        }
    }

    /// The error codes of OpenSSL (x509_vfy.h) in words; libcurl describes the rare ones.
    private static func certificate(_ result: courier_result) -> String {
        let trust = "to trust it, set SSL_CERT_FILE or SSL_CERT_DIR to the certificate of its issuer"
        return switch result.certificate_error {
        case 9: "the certificate is not valid yet; check the clock of this machine"
        case 10: "the certificate has expired; check the clock of this machine, or request a new certificate"
        case 18: "the certificate is self-signed; \(trust)"
        case 19: "the issuer of the certificate is self-signed and not trusted here; \(trust)"
        case 2, 20, 21: "the issuer of the certificate is unknown; \(trust)"
        case 23: "the certificate was revoked; request a new one"
        default: "the certificate is not trusted" + words(result, before: ": ", after: "")
        }
    }

    /// libcurl's description of the problem, if it has one.
    private static func words(_ result: courier_result, before: String, after: String) -> String {
        result.problem.map { before + String(cString: $0) + after } ?? ""
    }

    /// `, but for a.example, b.example and 2 more`, about 80 characters; empty if the names are not known.
    private static func names(_ result: courier_result) -> String {
        guard let text = result.certificate_names.map({ String(cString: $0) }) else { return "" }
        let names = text.components(separatedBy: ", ").map { name in
            ["DNS:", "IP Address:", "CN = "].first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) }
                ?? name
        }
        var shown: [String] = []
        for name in names where (shown + [name]).joined(separator: ", ").count <= 60 { shown.append(name) }
        guard !shown.isEmpty else { return "" }
        let more = names.count - shown.count
        return ", but for \(shown.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "")
    }

    private static func connection(_ error: Int32, _ endpoint: Endpoint) -> String {
        switch error {
        case ECONNREFUSED: "connection refused"
        case EMFILE, ENFILE: "too many open files"
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN: "no route to the host"
        default: "no connection to \(endpoint.host)"
        }
    }
}
