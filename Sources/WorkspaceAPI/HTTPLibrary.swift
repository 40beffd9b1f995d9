import CCourier

/// The loaded HTTP library, which may differ from the one that the program was built with.
public enum HTTPLibrary {
    /// The names and versions of the library and its TLS library: `libcurl/7.88.1 OpenSSL/3.0.17`.
    public static var version: String {
        String(cString: courier_library()).split(separator: " ").prefix(2).joined(separator: " ")
    }

    /// Why it cannot be used, and what to do; nil if it can.
    public static var problem: String? {
        let loaded = courier_loaded_library()
        return problem(
            of: Facts(
                version: String(cString: loaded.version), number: loaded.number, hasTLS: loaded.has_tls != 0,
                hasBackgroundLookups: loaded.has_background_lookups != 0))
    }

    /// The properties of a libcurl.
    struct Facts {
        /// `7.88.1`.
        var version: String
        /// The same as a number: `0x075801`.
        var number: UInt32
        var hasTLS = true
        /// Whether it resolves names with c-ares or on a separate thread (`AsynchDNS`).
        var hasBackgroundLookups = true
    }

    /// The oldest libcurl with all functions that `CCourier` relies on.
    ///
    /// `CURLOPT_PREREQFUNCTION` (7.80) prevents a request from being sent twice; older libraries ignore it.
    /// `CURLOPT_PROTOCOLS_STR` (7.85) restricts it to HTTP. `CURLOPT_QUICK_EXIT` (7.87) allows closing during a hanging
    /// name lookup, which otherwise blocks every request. `CURLOPT_MAXAGE_CONN` (7.65), `curl_multi_wakeup` (7.68) and
    /// `CURLE_PROXY` (7.73) are older.
    static let minimum = (number: UInt32(0x075700), version: "7.87.0")

    static func problem(of library: Facts) -> String? {
        let install = "install a current libcurl (Debian 12, Ubuntu 24.04 or later: apt-get install libcurl4)"
        guard library.number >= minimum.number else {
            return """
                libcurl \(library.version) is too old: with it a request could be sent twice or block all others. \
                Version \(minimum.version) or later is needed; \(install)
                """
        }
        guard library.hasTLS else {
            return "libcurl \(library.version) was built without TLS, so it cannot use HTTPS; \(install)"
        }
        guard library.hasBackgroundLookups else {
            return """
                libcurl \(library.version) was built without background name lookups (AsynchDNS), so one slow lookup \
                would block all requests; \(install)
                """
        }
        return nil
    }
}
