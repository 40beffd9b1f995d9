import Foundation

/// Addresses of IPv6 (RFC 4291), which can be written in many ways.
public enum IPv6Address {
    /// The short form (RFC 5952) of an address without brackets: `::1`; nil if the text is not an address.
    public static func canonical(_ text: String) -> String? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        var bytes = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &bytes, socklen_t(bytes.count)) != nil else { return nil }
        return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
