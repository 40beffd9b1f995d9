import Domain
import Foundation

/// One state of an account in a block, and the snapshots in which it is valid.
///
/// Its texts are valid as long as the block. ``AccountState`` is the same with strings.
struct StateRecord {
    /// The uid of a user, or the key of the address of an invitation.
    var account: UnsafeRawBufferPointer
    /// 1, or more if a listing contains the same account again.
    var occurrence: Int64
    /// The first snapshot with this state.
    var first: Int64
    /// The first snapshot without this state; 0 while it is current.
    var gone: Int64
    var email: UnsafeRawBufferPointer
    var name: UnsafeRawBufferPointer
    var accountType: UnsafeRawBufferPointer
    var status: UnsafeRawBufferPointer

    /// Whether the snapshot contains the state.
    func isShown(at snapshot: Int64) -> Bool { first <= snapshot && (gone == 0 || gone > snapshot) }

    /// Whether it is the same account and occurrence.
    func isSameAccount(as other: StateRecord) -> Bool {
        occurrence == other.occurrence && Self.isEqual(account, other.account)
    }

    /// Whether all data of the account is the same.
    func isSameState(as other: StateRecord) -> Bool {
        Self.isEqual(email, other.email) && Self.isEqual(name, other.name)
            && Self.isEqual(accountType, other.accountType) && Self.isEqual(status, other.status)
    }

    /// Appends the record: eight numbers (LEB128), then five texts.
    func append(to bytes: inout [UInt8]) {
        Self.append(UInt64(occurrence), to: &bytes)
        Self.append(UInt64(first), to: &bytes)
        Self.append(UInt64(gone), to: &bytes)
        Self.append(UInt64(account.count), to: &bytes)
        Self.append(UInt64(email.count), to: &bytes)
        Self.append(UInt64(name.count), to: &bytes)
        Self.append(UInt64(accountType.count), to: &bytes)
        Self.append(UInt64(status.count), to: &bytes)
        bytes.append(contentsOf: account)
        bytes.append(contentsOf: email)
        bytes.append(contentsOf: name)
        bytes.append(contentsOf: accountType)
        bytes.append(contentsOf: status)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    static func isEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        guard one.count == other.count else { return false }
        guard let start = one.baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, one.count) == 0
    }

    /// Compares bytes, as SQLite does for texts.
    static func isLess(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        order(one, other) < 0
    }

    /// Below 0 if `one` is less, 0 if both are equal, otherwise above 0.
    static func order(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Int {
        let shared = min(one.count, other.count)
        if shared > 0, let start = one.baseAddress, let otherStart = other.baseAddress {
            let order = memcmp(start, otherStart, shared)
            if order != 0 { return Int(order) }
        }
        return one.count - other.count
    }
}

extension UnsafeRawBufferPointer {
    /// Valid UTF-8 as a string.
    var text: String { String(decoding: self, as: UTF8.self) }
}
