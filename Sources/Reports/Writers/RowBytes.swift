/// A buffer for the bytes of rows: one block of memory that is filled and emptied repeatedly.
///
/// An array of bytes takes three times as long, because it checks at every append whether it is shared, and its length.
struct RowBytes: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// The number of bytes.
    private(set) var count = 0

    /// Creates an empty buffer.
    ///
    /// - Parameter capacity: the number of bytes before the buffer must grow; at least one.
    init(capacity: Int) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// Appends a byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(for: 1) }
        start[count] = byte
        count &+= 1
    }

    /// Appends bytes.
    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        append(source, bytes.count)
    }

    /// Appends bytes.
    @inline(__always)
    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Appends constant text.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Appends text in UTF-8, without escaping.
    mutating func append(text: String) {
        text.withBytes { append($0) }
    }

    /// Appends the decimal digits of a number.
    mutating func append(decimal number: Int) {
        guard number < 0 || number > 9 else { return append(0x30 + UInt8(number)) }
        append(text: String(number))
    }

    /// Removes the last bytes.
    mutating func removeLast(_ number: Int) { count -= min(number, count) }

    /// Removes all bytes and keeps the memory.
    mutating func removeAll() { count = 0 }

    /// Passes all bytes to `body`.
    borrowing func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: start, count: count))
    }

    @inline(__always)
    private mutating func append(_ source: UnsafePointer<UInt8>, _ number: Int) {
        if number > capacity - count { grow(for: number) }
        (start + count).update(from: source, count: number)
        count &+= number
    }

    @inline(never)
    private mutating func grow(for number: Int) {
        capacity = max(capacity * 2, count + number)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}

extension String {
    /// Creates the text that `append` writes.
    init(_ append: (inout RowBytes) -> Void) {
        var bytes = RowBytes(capacity: 64)
        append(&bytes)
        self = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Passes the bytes of the text in UTF-8 to `body`, without a copy.
    @inline(__always)
    func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        guard utf8.withContiguousStorageIfAvailable(body) == nil else { return }
        // Only texts from Objective-C are not stored as UTF-8.
        var copy = self
        copy.withUTF8(body)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes in a range.
    @inline(__always)
    func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: self[range]) }
}
