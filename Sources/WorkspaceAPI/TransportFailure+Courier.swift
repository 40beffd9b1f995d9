import CCourier
import Foundation

extension TransportFailure {
    /// Sorts what became of a request without an answer. Nothing was sent where no connection was ready for it;
    /// whatever happens from then on may have happened after it arrived.
    init(_ result: courier_result, to endpoint: Endpoint, through proxy: Proxy?, timeout: Duration) {
        guard result.began == 0 else {
            self =
                switch result.end {
                case courier_timed_out: .timedOut(after: timeout)
                // After the request or, in a race, just before it; nobody can say which.
                case courier_closed: .lost(reason: "the server closed the connection without an answer")
                case courier_reset: .lost(reason: "the connection was reset")
                default: .lost(reason: "the connection broke before the whole answer was there")
                }
            return
        }
        self = .neverSent(reason: Self.reason(result, endpoint, proxy))
    }

    private static func reason(_ result: courier_result, _ endpoint: Endpoint, _ proxy: Proxy?) -> String {
        switch result.end {
        case courier_no_name: "the name \(endpoint.host) was not found (DNS)"
        case courier_no_proxy_name: "the name of the proxy, \(proxy?.host ?? ""), was not found (DNS)"
        case courier_timed_out: "connecting took too long"
        case courier_proxy_refused where result.proxy_status == 407:
            "the proxy asks for a user name and password (407)"
        case courier_proxy_refused: "the proxy refused to connect"
        case courier_untrusted:
            "no TLS connection: the certificate is not trusted: \(certificate(result.certificate_error))"
        case courier_no_certificates:
            "no TLS connection: the file of certificates that SSL_CERT_FILE names cannot be read"
        case courier_wrong_host: "no TLS connection: the certificate is not for this host"
        case courier_no_tls: "no TLS connection: the handshake failed"
        case courier_no_connection: connection(result.system_error, endpoint)
        case courier_spoke_first: "the server sent data before the request; is this an HTTP endpoint?"
        case courier_closed_first: "the server closed the connection before the request was sent"
        case courier_not_made: result.problem.map { String(cString: $0) } ?? "the connection could not be made"
        default: "the connection could not be made"
        }
    }

    /// OpenSSL's numbers (x509_vfy.h) in words.
    private static func certificate(_ error: Int32) -> String {
        switch error {
        case 9: "it is not valid yet; look at this machine's clock"
        case 10: "it has expired; if it is new, look at this machine's clock"
        case 18, 19: "it is signed by itself or by an authority of your own; SSL_CERT_FILE names certificates to trust"
        case 2, 20, 21: "nobody who is trusted here has signed it; SSL_CERT_FILE names certificates to trust"
        case 23: "it was revoked"
        default: "OpenSSL's error \(error)"
        }
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
